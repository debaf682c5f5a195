package api

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"amptui/api/text"
)

const annotationsEndpoint = "/api/3/annotations"

// AnnotationsQuery asks GET /api/3/annotations for all that the project has.
type AnnotationsQuery struct{}

// Endpoint is where the question is asked.
func (AnnotationsQuery) Endpoint() string { return annotationsEndpoint }

// Values are none.
func (AnnotationsQuery) Values() url.Values { return nil }

// Groups are the properties whose values stand in the answer: none.
func (AnnotationsQuery) Groups() []Property { return nil }

// Annotation is what somebody has written at a date of the project, such as a
// release.
type Annotation struct {
	Start    time.Time // in the client's zone
	End      time.Time // zero where it is about a moment
	Label    text.Raw
	Details  text.Raw
	Category text.Raw
	Chart    text.Raw // of this saved chart only; empty is of all
}

// Annotations are all of a project, the oldest first.
type Annotations struct {
	All  []Annotation
	Meta Meta
}

// Annotations asks for what is written at dates of the project.
func (c *Client) Annotations(ctx context.Context) (Annotations, error) {
	q := AnnotationsQuery{}
	got, err := c.get(ctx, q)
	if err != nil {
		return Annotations{}, err
	}
	a, err := c.decodeAnnotations(got.body)
	c.judge(q, got, &a.Meta, err)
	return a, err
}

func (c *Client) decodeAnnotations(body []byte) (Annotations, error) {
	data, meta, err := c.open(annotationsEndpoint, body)
	if err != nil {
		return Annotations{}, err
	}
	if data[0] != '[' {
		return Annotations{}, c.undecodable(annotationsEndpoint, "its data are no list")
	}
	var wire list[struct {
		Start    word `json:"start"`
		Date     word `json:"date"` // of the endpoint before this one
		End      word `json:"end"`
		Label    word `json:"label"`
		Details  word `json:"details"`
		Chart    word `json:"chart_id"`
		Category struct {
			Name     word `json:"name"`
			Category word `json:"category"`
		} `json:"category"`
	}]
	if err := c.decode(annotationsEndpoint, data, &wire); err != nil {
		return Annotations{}, err
	}
	out := Annotations{Meta: meta}
	for _, w := range wire {
		one := Annotation{Label: w.Label.Raw, Details: w.Details.Raw, Category: w.Category.Category.Raw, Chart: w.Chart.Raw}
		if one.Category.IsZero() {
			one.Category = w.Category.Name.Raw
		}
		var ok bool
		if one.Start, ok = c.annotated(w.Start.Raw); !ok {
			if one.Start, ok = c.annotated(w.Date.Raw); !ok {
				continue // of no date: there is no place for it
			}
		}
		one.End, _ = c.annotated(w.End.Raw)
		out.All = append(out.All, one)
	}
	slices.SortStableFunc(out.All, func(a, b Annotation) int { return a.Start.Compare(b.Start) })
	return out, nil
}

// annotated is when an annotation begins or ends. Midnight in UTC is how the API
// sends a date that was chosen without a time: it is that day of the project,
// wherever that is.
func (c *Client) annotated(w text.Raw) (time.Time, bool) {
	if date, ok := strings.CutSuffix(w.Exact(), "T00:00:00+00:00"); ok {
		return day(date, time.Time{}, c.options.Zone)
	}
	return day(w.Exact(), time.Time{}, c.options.Zone)
}
