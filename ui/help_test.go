package ui

import (
	"strings"
	"testing"
	"time"

	"amptui/views"
)

// The help of every view says what its marks mean, behind its keys.
func TestEveryViewSaysWhatItsMarksMean(t *testing.T) {
	args := map[string][]string{"funnel": {"Checkout Started", "Purchase"}, "users": {"ada@example.com"}, "chart": {"plays7d"}}
	for _, spec := range catalog() {
		if len(spec.Marks) == 0 {
			t.Errorf("%s says nothing of its marks", spec.Name)
			continue
		}
		story(t, demoServer(), func(d *driver) {
			d.Resize(200, 100)
			d.Press(":")
			d.Type(views.Link{View: spec.Name, Args: args[spec.Name]}.Line())
			d.Press("enter")
			d.Wait(time.Second)
			d.Press("?")
			d.Sees("? explain")
			d.Press("?")
			d.Sees("What the marks mean", strings.Join(strings.Fields(spec.Marks[0])[:4], " "), "as of 12:00")
			d.Press("esc")
			d.SeesNot("What the marks mean")
		})
	}
}
