package views

import (
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

func TestWhatTellsWhoAUserIsStaysInMemory(t *testing.T) {
	for name, want := range map[string]bool{
		"platform": true, "country": true, "event:$revenue": true,
		"user_id": false, "city": false, "gp:plan": false, "gp:email": false, "event:genre": false,
		"ip_address": false,
	} {
		p, err := query.ParseProperty(name, false)
		if err != nil { // no filter may have it, an answer might
			p = api.Property{Key: text.New(name)}
		}
		by := []api.Property{p}
		for what, q := range map[string]api.Question{
			"segmentation": api.SegmentationQuery{By: by}, "in an event": api.SegmentationQuery{Event: api.Event{By: by}},
			"in the second": api.SegmentationQuery{Second: &api.Event{By: by}},
			"funnel":        api.FunnelQuery{By: by}, "in a step": api.FunnelQuery{Steps: []api.Event{{}, {By: by}}},
			"retention": api.RetentionQuery{By: by}, "in its return": api.RetentionQuery{Return: api.Event{By: by}},
			"revenue": api.RevenueQuery{By: by},
		} {
			if got := MayKeep(q); got != want {
				t.Errorf("%s grouped by %s may be kept: %v; want %v", what, name, got, want)
			}
		}
	}
	if !MayKeep(api.EventListQuery{}) || MayKeep(api.UserSearchQuery{}) || MayKeep(api.ActivityQuery{}) {
		t.Error("the list of events may be kept, look-ups may not")
	}
}
