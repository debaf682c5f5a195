package api

import (
	"context"
	"net/url"

	"amptui/api/text"
)

const cohortsEndpoint = "/api/3/cohorts"

// CohortListQuery asks GET /api/3/cohorts; there is nothing to choose.
type CohortListQuery struct{}

// Endpoint is where the question is asked.
func (CohortListQuery) Endpoint() string { return cohortsEndpoint }

// Values are none.
func (CohortListQuery) Values() url.Values { return nil }

// SavedCohort is a set of users that the project has saved under a name.
type SavedCohort struct {
	ID       text.Raw
	Name     text.Raw
	Size     float64 // NaN while it was not computed
	Archived bool
	Hidden   bool
}

// CohortList is every cohort that the project has saved.
type CohortList struct {
	All  []SavedCohort
	Meta Meta
}

// Cohorts lists the project's cohorts. The answer names its owners and is never
// written to disk: there are no Groups in the question.
func (c *Client) Cohorts(ctx context.Context) (CohortList, error) {
	q := CohortListQuery{}
	got, err := c.get(ctx, q)
	if err != nil {
		return CohortList{}, err
	}
	l, err := c.decodeCohorts(got.body)
	c.judge(q, got, &l.Meta, err)
	return l, err
}

func (c *Client) decodeCohorts(body []byte) (CohortList, error) {
	var wire struct {
		Cohorts *list[struct {
			ID       word    `json:"id"`
			Name     word    `json:"name"`
			Size     *number `json:"size"`
			Archived flag    `json:"archived"`
			Hidden   flag    `json:"hidden"`
		}] `json:"cohorts"`
	}
	if err := c.decode(cohortsEndpoint, body, &wire); err != nil {
		return CohortList{}, err
	}
	if wire.Cohorts == nil {
		return CohortList{}, c.undecodable(cohortsEndpoint, "it has no cohorts")
	}
	out := CohortList{}
	for _, w := range *wire.Cohorts {
		if w.ID.IsZero() {
			continue
		}
		out.All = append(out.All, SavedCohort{w.ID.Raw, w.Name.Raw, value(w.Size), bool(w.Archived), bool(w.Hidden)})
	}
	return out, nil
}

// CohortIDs are the ids of the cohorts that a question is about.
func CohortIDs(q Question) []text.Raw {
	var segments []Segment
	switch q := q.(type) {
	case SegmentationQuery:
		segments = q.Segments
	case FunnelQuery:
		segments = q.Segments
	case RetentionQuery:
		segments = q.Segments
	case RevenueQuery:
		segments = q.Segments
	case CountsQuery:
		segments = q.Segments
	}
	var ids []text.Raw
	for _, s := range segments {
		for _, c := range s {
			if c.Cohort != nil {
				ids = append(ids, c.Cohort.ID)
			}
		}
	}
	return ids
}
