package views

import "testing"

func TestTheHintOfGroupsHasNamesOfTheLog(t *testing.T) {
	some := func() []string { return []string{"event:hour", "event:files", "platform"} }
	for _, c := range []struct {
		env      Env
		ofEvents bool
		want     string
	}{
		{Env{}, true, "country, gp:plan (custom user property), event:genre (event property)"},
		{Env{Properties: some}, false, "country, gp:plan (custom user property)"}, // there may be more of a project
		{Env{Inside: true, Properties: some}, true, "country, event:hour (event property)"},
		{Env{Inside: true, Properties: some}, false, "country"},
	} {
		if got := c.env.GroupHint(c.ofEvents); got != c.want {
			t.Errorf("%+v: %q, want %q", c, got, c.want)
		}
	}
}
