package ui

import (
	"strings"
	"testing"
	"time"

	"amptui/views"
)

// open opens a link as a query line that is typed does.
func (d *driver) open(view string, args ...string) {
	d.t.Helper()
	d.run(d.app.goTo(views.Link{View: view, Args: args}, true))
	d.take(nil)
	d.app.follow()
	d.Wait(time.Second)
}

// What was seen before the mask was put on is masked on the way back too.
func TestTheTrailShowsNothingThatTheMaskHides(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.open("segment", "Purchase", "--by", "country", "--last", "14d")
		d.Sees("United States")
		d.open("segment", "Purchase", "--where", "country is Germany")
		d.Sees("Germany")
		steps := len(d.app.trail.steps)
		d.Press("X")
		if got := len(d.app.trail.steps); got != steps {
			t.Errorf("the mask has made %d steps of %d", got, steps)
		}
		d.SeesNot("Germany")
		d.Press("H")
		d.Sees("--by country", "place-")
		d.SeesNot("United States", "Germany")
		d.Press("L")
		d.Sees("country is place-")
		d.Press("H", ":")
		d.Type("Purchase")
		d.Sees("country is place-")
		d.SeesNot("Germany")
		d.Press("esc", "X", "L")
		d.Sees("country is Germany")
	})
}

// A view that was left before the mask was put on has not heard of it.
func TestAViewThatWasLeftComesBackMasked(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.open("segment", "Purchase", "--by", "country", "--last", "14d")
		d.Sees("United States")
		d.Press("esc") // leaves the view, which is not live then
		d.Press("X", "H")
		d.Sees("--by country", "place-")
		d.SeesNot("United States")
	})
}

// However a line about users is typed, it is not remembered for the next run.
func TestNoSpellingOfAUsersLineIsRemembered(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		for _, line := range []string{
			" users ada", "'users' ada", "amptui  users ada", `amptui "users" ada`, "users ada 'unclosed",
			"segment _active --where 'gp:user_id is ada'", `segment _active --where="gp:user_id is ada"`,
			"segment _active --where 'gp:ip is 10.0.0.ada'", "segment '_active[event:user_email is ada]'",
			"segment _active --segment 'gp:Phone is ada; country is Germany'",
			"events ada@example.com", "retention 'Sign Up[event:email is ada]' _active", "at yesterday",
			"segment Purchase --by gp:user_id --hide ada", "segment 'Purchase[by event:friend]' --hide ada",
		} {
			d.app.chosen(line)
			if got := strings.Join(d.app.recent, "\n"); got != "" {
				t.Errorf("%s: remembered %q", line, got)
				d.app.recent = nil
			}
		}
		d.app.chosen(`segment "Email Sent" --where 'gp:plan is free' --by country`)
		d.app.chosen("segment Purchase --by platform --hide Web")
		if len(d.app.recent) != 2 {
			t.Errorf("only %q are remembered", d.app.recent)
		}
	})
}

// A change that is taken back leaves the cursor where it was, asks nothing again,
// and leaves the way back.
func TestTakingAChangeBackKeepsTheCursorAndTheWayBack(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("enter", "h", "h", "h", "h")
		before := d.Frame()
		d.Press("t", "H")
		if got := d.Frame(); got != before {
			t.Errorf("it was\n%s\nand is\n%s", before, got)
		}
		d.Press("m", "H", "L", "H")
		if got := d.Frame(); withoutBudget(got) != withoutBudget(before) {
			t.Errorf("it was\n%s\nand is\n%s", before, got)
		}
		d.Press("esc")
		d.Sees("this week")
	})
}

// withoutBudget is a frame without its first line, which says what was spent.
func withoutBudget(frame string) string {
	_, rest, _ := strings.Cut(frame, "\n")
	return rest
}

// u takes back steps and H any change: one does not take back the other.
func TestUndoOfStepsAndTheTrailAgree(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.open("funnel", "Store Opened", "Checkout Started", "Purchase")
		d.Press("j", "d")
		d.Sees(`funnel "Store Opened" Purchase`)
		d.Press("H")
		d.Sees(`funnel "Store Opened" "Checkout Started" Purchase`)
		d.Press("u")
		d.Sees("no step was changed", `funnel "Store Opened" "Checkout Started" Purchase`)
		d.Press("L", "u")
		d.Sees(`funnel "Store Opened" "Checkout Started" Purchase`)
	})
}

// The way through prompts and the form is the same trail.
func TestChangesOfPromptsAndOfTheFormAreTakenBack(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.open("segment", "Purchase")
		d.Press("d")
		d.Type("14d")
		d.Press("enter")
		d.Sees("segment Purchase --last 14d")
		d.Press("H")
		d.SeesNot("--last")
		d.Press("e")
		d.Type("Search")
		d.Press("enter")
		d.Sees("segment Search")
		d.Press("H")
		d.Sees("segment Purchase")
		d.Press("L")
		d.Sees("segment Search")
	})
}

func TestWhatGoesAlongIsEachThatTheViewKnows(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.open("segment", "Purchase[event:currency is EUR][by event:currency]", "--last", "14d", "--where", "country is Germany", "--by", "platform", "--by", "country")
		for view, want := range map[string]string{
			// Of two groups retention takes the first; the group inside the event stays.
			"funnel":    `funnel "Purchase[event:currency is EUR]" --by platform --where "country is Germany" --last 14d`,
			"retention": `retention _new "Purchase[event:currency is EUR]" --last 14d --by platform --where "country is Germany"`,
			"revenue":   `revenue --by platform --where "country is Germany" --last 14d`,
		} {
			spec, _ := d.app.spec(view)
			v, err := spec.New(d.app.env, d.app.carried(spec))
			if err != nil {
				t.Errorf("%s: %v", view, err)
				continue
			}
			got := v.Link()
			for _, word := range strings.Split(want, " --") {
				if !strings.Contains(got.Line()+" ", strings.TrimPrefix(word, view+" ")) {
					t.Errorf("%s goes on with %s; want %s in it", view, got.Line(), word)
				}
			}
		}
	})
}

// Dates that a view cannot ask stay behind; all else goes along.
func TestDatesThatAreTooLongStayBehind(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.open("segment", "Purchase", "--last", "36mo", "--interval", "month", "--by", "platform")
		spec, _ := d.app.spec("retention")
		v, err := spec.New(d.app.env, d.app.carried(spec))
		if err != nil || v.Link().Line() != "retention _new Purchase --by platform" {
			t.Errorf("%v, %v", v.Link().Line(), err)
		}
	})
}

func TestTheEventUnderTheCursorGoesAlong(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("/")
		d.Type("purch")
		d.Press("enter", "2")
		d.Sees("segment Purchase")
		d.Press("1", "esc", "6", "1", "4")
		d.Sees(" retention  ") // nobody has put the cursor anywhere
		d.Press("1", "j", ":")
		d.Type("carry over to Retention")
		d.Press("enter")
		d.Sees(`retention _new "App Opened"`)
	})
}

// A view that stands at a question of its own takes another along when it is told to.
func TestAnOpenedViewTakesTheQuestionAlongWhenTold(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.open("retention", "_new", "Search")
		d.open("segment", "Purchase", "--last", "14d")
		d.Press("4")
		d.Sees("retention _new Search")
		d.Press("2", ":")
		d.Type("carry over to Retention")
		d.Press("enter")
		d.Sees("retention _new Purchase --last 14d")
		d.Press("esc")
		d.Sees("segment Purchase")
	})
}
