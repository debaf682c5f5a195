package ui

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/charts/golden"
	"amptui/charts/theme"
	"amptui/keys"
	"amptui/views"
	viewform "amptui/views/form"
	"amptui/views/query"
)

// formLines are questions of every view, with all sorts of fields.
func formLines() []string {
	return []string{
		`events purch --sort delta --changed`,
		`segment "Song Played[event:source is push]" Purchase --metric formula --formula 'UNIQUES(B)/UNIQUES(A)' --last 12w --interval week`,
		`segment _active --where 'country is Germany, "a, b"' --where 'os is iOS' --segment 'platform is iOS; paying is true' --segment 'platform is Web' --vs prev --hide Web --log`,
		`funnel "Sign Up" "Song Played" Purchase --within 7d --order any --users new --by platform --limit 7`,
		`retention _new "Song Played" --brackets 0,1-7 --from 2026-10-01 --to 2026-11-01`,
		`users ada@example.com --mute A --mute 'B "c"' --funnel '"Checkout Started" Purchase --within 1d'`,
		`revenue --metric arppu --interval month --by country --last 6mo`,
	}
}

// Whatever the question, the form that is opened and taken as it is asks the same.
func TestTheFormOfAnyQuestionIsThatQuestion(t *testing.T) {
	for _, line := range formLines() {
		spec, args, err := lineSpec(line)
		if err != nil {
			t.Fatal(err)
		}
		v, err := spec.New(views.Env{}, args)
		if err != nil {
			t.Fatal(err)
		}
		f, err := viewform.New(spec, v.Link().Args)
		if err != nil {
			t.Fatal(err)
		}
		f.Open()
		if got, want := f.Line(), v.Link().Line(); got != want {
			t.Errorf("the form of\n%s asks\n%s", want, got)
		}
	}
}

func TestTheFormEditsEveryFieldAndSaysWhatIsWrong(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		d.Press("enter", "e")
		d.Sees(`segment "Song Played"`, "metric", "interval", "costs")
		d.Type("check")
		d.Sees("tab: Checkout Started")
		d.Press("enter")
		d.Sees(`segment "Checkout Started"`, "uniques per day")
		d.Press("e")
		d.toField("metric")
		d.Tap("right")
		d.Sees("--metric totals", "| sums |")
		d.toField("last")
		for range 3 {
			d.Tap("backspace")
		}
		d.Type("soon")
		d.Sees("soon is not a length of time")
		d.Press("enter") // it stays open
		d.Sees("soon is not a length of time")
		for range 4 {
			d.Tap("backspace")
		}
		d.Type("14d")
		d.Sees("costs 13 of the 1,000 in 5 minutes")
		d.Press("enter")
		d.Sees(`segment "Checkout Started" --metric totals --last 14d`)
		d.Press("e")
		d.toField("where")
		d.Type("count")
		d.Press("tab")
		d.Type("Germany")
		d.Press("enter")
		d.Sees(`--where "country is Germany"`)
		d.Press("e", "down")
		d.Type("q2Q?:XeBH")
		if d.quit {
			t.Fatal("a letter typed in the form quit the program")
		}
		d.Press("esc")
		d.Sees(`--metric totals --where`)
	})
}

func TestTheFormOfAMaskedUserShowsNoId(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.lookUp("ada@example.com")
		d.Press("X", "e")
		d.SeesNot("ada@")
		d.Press("enter")
		d.Wait(time.Second)
		d.Sees("1,000 of")
		d.Press("X")
		d.Sees("users ada@example.com")
	})
}

func TestFormScreens(t *testing.T) {
	for _, line := range formLines() {
		words, err := query.Split(line)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range [][2]int{{80, 24}, {120, 36}, {60, 15}} {
			name := fmt.Sprintf("%s-%d-%dx%d", words[0], slices.Index(formLines(), line), size[0], size[1])
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					d := start(t, demoServer(), size[0], size[1], views.Link{View: words[0], Args: words[1:]})
					d.Wait(time.Second)
					d.Press("e", "down", "down")
					golden.Equal(t, d.Frame()+"\n")
					for _, w := range []int{1, 40, 41, 200} {
						for _, h := range []int{1, 10, 11, 60} {
							d.Resize(w, h)
							d.Frame()
						}
					}
					d.end()
				})
			})
		}
	}
}

func TestNoSentenceOfTheFormSaysWhatTheMaskHides(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 40)
		d.Press(":")
		d.Type(`segment Purchase --where "gp:email is ada@example.com"`)
		d.Press("enter", "X", "e")
		masked := d.app.view().Link().Args[2]
		if strings.Contains(masked, "ada") {
			t.Fatalf("the mask shows %s", masked)
		}
		for _, typed := range []string{masked, strings.Replace(masked, "is", "=", 1), strings.Replace(masked, " is ", " iss ", 1), masked + ","} {
			d.toField("where")
			d.Press("down") // the one behind the filter that stands
			d.Tap("ctrl+u")
			d.Type(typed)
			d.Press("enter")
			d.SeesNot("ada@")
			d.Sees("cannot be asked: see where")
			d.Tap("ctrl+u")
		}
		d.toField("metric")
		d.Press("right", "enter")
		d.SeesNot("ada@")
		d.Press("X")
		d.Sees(`--metric totals --where "gp:email is ada@example.com"`)
	})
}

// toField moves the cursor of the form to the field of that name.
func (d *driver) toField(name string) {
	d.t.Helper()
	pointer := d.app.env.Theme.Glyphs.Pointer + " "
	for range 60 {
		for line := range strings.SplitSeq(d.Frame(), "\n") {
			if rest, ok := strings.CutPrefix(line, pointer); ok && strings.HasPrefix(rest, name+" ") {
				return
			}
		}
		d.Tap("down")
	}
	d.t.Fatalf("there is no field %s:\n%s", name, d.Frame())
}

// Each view's question is changed by typing into its form.
func TestTheFormOfEachViewAsksWhatIsTyped(t *testing.T) {
	for _, c := range []struct{ line, field, typed, want string }{
		{"events", "word", "purch", "events purch"},
		{"segment", "event 1", "checkout st", `segment "Checkout Started"`},
		{"segment", "event 2", "purchase", "segment _active Purchase"},
		{"segment Purchase", "by", "country", "segment Purchase --by country"},
		{`funnel "Sign Up" Purchase`, "event 3", "song pl", `funnel "Sign Up" Purchase "Song Played"`},
		{`funnel "Sign Up" Purchase`, "within", "7d", `funnel "Sign Up" Purchase --within 7d`},
		{"retention", "return", "purchase", "retention _new Purchase"},
		{"retention", "brackets", "0,1-7", "retention --mode bracket --brackets 0,1-7"},
		{"users ada@example.com", "only", "purchase", "users ada@example.com --only Purchase"},
		{"revenue", "metric", "t", "revenue --metric total"},
		{"revenue", "from", "last monday", `revenue --from "last monday"`},
	} {
		t.Run(c.line+" "+c.field, func(t *testing.T) {
			story(t, demoServer(), func(d *driver) {
				d.Resize(120, 40)
				d.Press(":")
				d.Type(c.line)
				d.Press("enter", "e")
				d.toField(c.field)
				d.Tap("ctrl+u")
				d.Type(c.typed)
				d.Press("enter")
				d.Wait(time.Second)
				if got := d.app.view().Link().Line(); got != c.want || d.app.over != nothing {
					t.Errorf("asks %s; want %s\n%s", got, c.want, d.Frame())
				}
			})
		})
	}
}

func TestAWrongValueIsSaidUnderItsField(t *testing.T) {
	for _, c := range []struct{ line, field, typed, want string }{
		{"events", "sort", "", ""},
		{"segment", "limit", "many", "many is not a whole number"},
		{"segment", "by", "contry", "did you mean country?"},
		{"segment", "formula", "UNIQUES(A)", "a formula needs --metric formula"},
		{`funnel "Sign Up" Purchase`, "within", "soon", "soon is not a conversion window"},
		{"retention", "brackets", "7-1", "write 1-7"},
		{"users ada@example.com", "at", "one day", "one day is not a moment"},
		{"revenue", "to", "yesterday", "a last date needs a first one"},
	} {
		if c.typed == "" {
			continue // nothing can be typed that is wrong: the words are chosen
		}
		story(t, demoServer(), func(d *driver) {
			d.Resize(60, 15)
			d.Press(":")
			d.Type(c.line)
			d.Press("enter")
			was := d.app.view().Link().Line()
			d.Press("e")
			d.toField(c.field)
			d.Tap("ctrl+u")
			d.Type(c.typed)
			d.Press("up", "enter")
			lines := strings.Split(d.Frame(), "\n")
			at := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, " "+c.field+" ") && strings.Contains(l, c.typed) })
			if at < 0 || !strings.Contains(strings.Join(strings.Fields(strings.Join(lines[at+1:at+4], " ")), " "), c.want) {
				t.Errorf("%s: %q is not under %s:\n%s", c.line, c.want, c.field, d.Frame())
			}
			d.Press("esc")
			if got := d.app.view().Link().Line(); got != was || d.app.over != nothing {
				t.Errorf("esc leaves %s; was %s", got, was)
			}
		})
	}
}

func TestNoKeyOfTheFormReachesTheView(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("enter")
		was := d.app.view().Link().Line()
		d.Press("e")
		d.toField("formula")
		for _, k := range d.app.env.Keys.All() {
			for _, name := range k.Keys() {
				switch name {
				case "enter", "esc", "ctrl+c", "ctrl+z":
				default:
					d.Tap(name)
				}
			}
		}
		d.Wait(time.Second)
		if d.app.over != formOver || d.quit || d.app.view().Link().Line() != was {
			t.Errorf("the form is left, or the view changed to %s:\n%s", d.app.view().Link().Line(), d.Frame())
		}
		d.Press("ctrl+c")
		if !d.quit || d.app.view().Link().Line() != was {
			t.Errorf("ctrl+c does not quit, or leaves %s", d.app.view().Link().Line())
		}
	})
}

func TestAPasteIsTextOfOneField(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("enter", "e")
		d.take(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("Purchase\nq\x1b[31m"), Paste: true})
		d.Wait(time.Second)
		d.Sees("event 1          Purchase q")
		if d.quit || d.app.over != formOver {
			t.Error("a pasted line break left the form")
		}
		d.toField("metric")
		d.take(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("totls"), Paste: true})
		d.Sees("did you mean totals?")
		d.Tap("backspace")
		d.Sees("▸ metric           uniques")
	})
}

// What stands on the screen stays there until there is another answer, and a
// question that was not changed is not asked again.
func TestTheFormChangesTheViewWhereItStands(t *testing.T) {
	var asked atomic.Int64
	h := slow(counting(demoServer(), &asked), func(*http.Request) time.Duration { return 2 * time.Second })
	story(t, h, func(d *driver) {
		d.Wait(3 * time.Second)
		d.Press("enter")
		d.Wait(5 * time.Second)
		was, before := d.app.view(), asked.Load()
		d.Press("e", "enter")
		d.Wait(5 * time.Second)
		if d.app.view() != was || asked.Load() != before {
			t.Errorf("the same question was asked again, %d times", asked.Load()-before)
		}
		d.Press("e")
		d.toField("metric")
		d.Press("right", "enter")
		d.Sees("--metric totals", "┤")
		d.Wait(5 * time.Second)
		if d.app.view() != was || asked.Load() == before {
			t.Errorf("another view, or nothing asked: %d", asked.Load()-before)
		}
		d.Press("H")
		d.Wait(5 * time.Second)
		d.SeesNot("--metric totals")
		d.Press("esc")
		d.Sees("events")
	})
}

func TestPropertiesThatWereSeenAreOffered(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 40)
		d.lookUp("ada@example.com")
		seen := d.app.properties()
		custom := slices.IndexFunc(seen, func(p string) bool { return strings.HasPrefix(p, "gp:") })
		if custom < 0 || !slices.ContainsFunc(seen, query.IsEventFilter) {
			t.Fatalf("seen are %v", seen)
		}
		d.Press("2", "e")
		d.toField("by")
		d.Type(seen[custom][:len(seen[custom])-1])
		d.Press("tab")
		d.Sees("--by " + seen[custom])
		d.Press("esc", "b")
		d.Type(seen[custom])
		d.Press("enter")
		d.Sees("--by " + seen[custom])
	})
}

func TestEveryFlagIsAField(t *testing.T) {
	for _, spec := range catalog() {
		form, err := viewform.New(spec, nil)
		if err != nil {
			t.Fatal(err)
		}
		form.Open()
		drawn := form.Draw(100, 100, theme.Plain(), keys.Default())
		fs := pflag.NewFlagSet("", pflag.ContinueOnError)
		spec.Bind(fs)
		fs.VisitAll(func(flag *pflag.Flag) {
			if !strings.Contains(drawn, "\n  "+flag.Name+" ") && !strings.Contains(drawn, "▸ "+flag.Name+" ") {
				t.Errorf("%s has no field for --%s:\n%s", spec.Name, flag.Name, drawn)
			}
		})
		if spec.Use != "" && spec.Hint == "" {
			t.Errorf("the words of %s are not described", spec.Name)
		}
	}
}

func TestEnterOpensTheFormWhereNothingElseIsOpened(t *testing.T) {
	for key, opens := range map[string]bool{"1": false, "2": true, "4": true, "6": true} {
		story(t, demoServer(), func(d *driver) {
			d.Press(key)
			d.Wait(2 * time.Second)
			d.Press("enter")
			if got := d.app.over == formOver; got != opens {
				t.Errorf("in view %s enter opens the form: %v; want %v\n%s", key, got, opens, d.Frame())
			}
		})
	}
}
