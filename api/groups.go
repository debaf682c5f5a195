package api

import "slices"

// Groups are the properties whose values stand in an answer: none in the list of
// events.
func (EventListQuery) Groups() []Property { return nil }

// Groups are the properties whose values stand in the answer.
func (q SegmentationQuery) Groups() []Property {
	groups := slices.Concat(q.By, q.Event.By)
	if q.Second != nil {
		groups = append(groups, q.Second.By...)
	}
	return groups
}

// Groups are the properties whose values stand in the answer.
func (q FunnelQuery) Groups() []Property {
	groups := slices.Clone(q.By)
	for _, step := range q.Steps {
		groups = append(groups, step.By...)
	}
	return groups
}

// Groups are the properties whose values stand in the answer.
func (q RetentionQuery) Groups() []Property { return slices.Concat(q.By, q.Start.By, q.Return.By) }

// Groups are the properties whose values stand in the answer.
func (q RevenueQuery) Groups() []Property { return slices.Clone(q.By) }
