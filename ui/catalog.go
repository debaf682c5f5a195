package ui

import (
	"amptui/views"
	"amptui/views/events"
	"amptui/views/funnel"
	"amptui/views/retention"
	"amptui/views/revenue"
	"amptui/views/segment"
	"amptui/views/users"
)

// catalog lists the views, in the order of their keys.
func catalog() []views.Spec {
	return []views.Spec{
		events.Spec(),
		segment.Spec(),
		funnel.Spec(),
		retention.Spec(),
		users.Spec(),
		revenue.Spec(),
	}
}
