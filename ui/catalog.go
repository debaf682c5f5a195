package ui

import (
	"amptui/views"
	"amptui/views/active"
	"amptui/views/chart"
	"amptui/views/composition"
	"amptui/views/events"
	"amptui/views/funnel"
	"amptui/views/realtime"
	"amptui/views/retention"
	"amptui/views/revenue"
	"amptui/views/segment"
	"amptui/views/sessions"
	"amptui/views/users"
)

// catalog lists the views, in the order of their keys; those behind the sixth stand
// under one key together.
func catalog() []views.Spec {
	return []views.Spec{
		events.Spec(),
		segment.Spec(),
		funnel.Spec(),
		retention.Spec(),
		users.Spec(),
		revenue.Spec(),
		active.Spec(),
		sessions.Spec(),
		composition.Spec(),
		realtime.Spec(),
		chart.Spec(),
	}
}
