package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"amptui/charts/golden"
	"amptui/views"
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
		fields, err := fieldsOf(spec, v.Link().Args)
		if err != nil {
			t.Fatal(err)
		}
		e := editForm{spec: spec, fields: fields}
		again, err := e.args()
		if err != nil {
			t.Fatal(err)
		}
		if got, want := e.lineOf(again), v.Link().Line(); got != want {
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
		d.Press("e", "down", "right")
		d.Sees("--metric totals", "| sums |")
		for d.app.form.fields[d.app.form.at].name != "last" {
			d.Tap("down")
		}
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
		d.Sees("costs 13 of the 1,000")
		d.Press("enter")
		d.Sees(`segment "Checkout Started" --metric totals --last 14d`)
		d.Press("e")
		for d.app.form.fields[d.app.form.at].name != "where" {
			d.Tap("down")
		}
		d.Type("count")
		d.Press("tab")
		d.Type("Germany")
		d.Press("enter")
		d.Sees(`--where "country is Germany"`)
		d.Press("e", "down")
		d.Type("q2Q?:X")
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

func TestEveryFlagIsAField(t *testing.T) {
	for _, spec := range catalog() {
		fields, err := fieldsOf(spec, nil)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range fields {
			names = append(names, f.name)
		}
		if joined := strings.Join(names, " "); spec.Name == "segment" && !strings.Contains(joined, "rolling-average") {
			t.Errorf("the fields of %s are %s", spec.Name, joined)
		}
	}
}
