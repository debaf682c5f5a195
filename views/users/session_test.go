package users

import (
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/charts"
)

// A session at the edge of what is loaded may have more events than are there: its head,
// the ticket and those who listen say so.
func TestASessionAtTheEdgeOfWhatIsLoadedIsOpenThere(t *testing.T) {
	began := noon().UnixMilli()
	three := []api.UserEvent{sent("A", 9, began, ""), sent("B", 8, began, ""), sent("C", 7, began, "")}
	for name, c := range map[string]struct {
		offset, total int
		events        []api.UserEvent
		when, many    string
	}{
		"all is loaded":      {0, 3, three, "Tue 24 Nov 12:07 to 12:09 (2m)", "3 events"},
		"older ones are not": {0, 9, three, "Tue 24 Nov 12:07 or before to 12:09 (≥ 2m)", "≥ 3 events"},
		"newer ones are not": {6, 9, three, "Tue 24 Nov 12:07 to 12:09 or after (≥ 2m)", "≥ 3 events"},
		"neither are":        {2, 9, three, "Tue 24 Nov 12:07 or before to 12:09 or after (≥ 2m)", "≥ 3 events"},
		"how many is not known": {
			0, -1, three, "Tue 24 Nov 12:07 or before to 12:09 (≥ 2m)", "≥ 3 events",
		},
		"it begins at the edge": {0, 9, []api.UserEvent{sent("A", 9, began, ""), sent("B", 0, began, "")}, "Tue 24 Nov 12:00 to 12:09 (9m)", "2 events"},
		"one event":             {0, 9, three[:1], "Tue 24 Nov 12:09 and before", "≥ 1 event"},
		"out of sessions":       {0, 9, []api.UserEvent{sent("A", 9, 0, "")}, "Tue 24 Nov 12:09 and before", "≥ 1 event"},
	} {
		h := newHistory()
		h.add(load(c.offset, api.Activity{User: api.User{Events: float64(c.total)}, Events: c.events}))
		s := sessionsOf(h, 0)[0]
		if when, many := s.when(noon())+s.lasts("≥ "), s.many(len(s.events), "≥ "); when != c.when || many != c.many {
			t.Errorf("%s: %s · %s, want %s · %s", name, when, many, c.when, c.many)
		}
	}
	v := soldTo(three...)
	v.person.history.counted = 9
	v.tell()
	if got, want := v.listen(v.shown()).row(0, -1), "Session of Tue 24 Nov 12:07 or before to 12:09, at least 3 events. A at 12:09:00"; got != want {
		t.Errorf("read out is %q, want %q", got, want)
	}
	if got, want := strings.Join(v.ticket(), "\n"), "12:07 or before to 12:09 (at least 2m), at least 3 events, the last first: "; !strings.Contains(got, want) {
		t.Errorf("the ticket lacks %q:\n%s", want, got)
	}
}

// Who reads some events only hears how many there are beside them, and of no silence
// where something happened.
func TestWhatIsLeftOutIsReadAsLeftOut(t *testing.T) {
	v := soldTo(
		sent("A", 2, 4, ""), sent("B", 1, 4, ""), sent("B", -60*10, 3, ""), sent("C", -60*10-1, 3, ""),
		sent("A", -60*20, 2, ""), sent("A", -60*30, 1, ""),
	)
	v.state.Only = v.person.history.spans[0].events[0].name
	h := v.listen(v.shown())
	for i, want := range []string{
		"Session of Tue 24 Nov 12:01 to 12:02, 1 of 2 events. A at 12:02:00",
		"Then 20h 1m with 2 events of 1 session not shown. Session of Mon 23 Nov 16:00, 1 event. A at 16:00:00",
		"Nothing for 10h. Session of Mon 23 Nov 06:00, 1 event. A at 06:00:00",
	} {
		if got := h.row(i, i-1); got != want {
			t.Errorf("event %d is %q, want %q", i, got, want)
		}
	}
	if from, _ := h.in[h.events[0].spot].session().ends(time.UTC); !from.Equal(noon().Add(time.Minute)) {
		t.Errorf("the session begins at %v, not with the event that is left out", from)
	}
}

// What the row under the cursor says is cut between words, where there is room for the first.
func TestTheReadoutEndsWithAWholeWord(t *testing.T) {
	v := soldTo(sent("A", 2, 4, ""), sent("A", 1, 4, ""))
	v.tell()
	v.cursor.At = 1
	all := v.readout(200)
	if want := "Tue 24 Nov 2026 12:02:00.000 UTC · "; !strings.HasPrefix(all, want) || !strings.HasSuffix(all, "since 12:01:00") {
		t.Fatalf("the readout is %q", all)
	}
	for w := range 200 {
		got := v.readout(w)
		rest, whole := strings.CutPrefix(all, got)
		if charts.Width(got) > w || w >= len("Tue 24 Nov 2026 12:02:00.000 UTC") && (!whole || rest != "" && !strings.HasPrefix(rest, " · ")) {
			t.Errorf("in %d cells the readout is %q", w, got)
		}
	}
}
