package ui

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/config"
	"amptui/keys"
	"amptui/views"
)

// A support agent turns the mask on in the middle of a chart, copies its line,
// opens the copied line again, and turns the mask off.
func TestTheMaskGoesOnEverywhereAtOnce(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 24)
		d.Press(":")
		d.Type(`segment "Song Played" --by city --where 'country is Germany, France'`)
		d.Press("enter")
		d.Wait(2e9)
		d.Sees("Berlin", "country is Germany, France")
		d.SeesNot("masked")
		real := d.Frame()
		d.Press("X")
		d.Sees("masked", "place-", "ids, places and text are pseudonyms now")
		d.SeesNot("Berlin", "Germany", "France", "Paris")
		d.Press("y")
		line := d.copy[len(d.copy)-1]
		if !regexp.MustCompile(`--by city --where "country is place-\w{8}, place-\w{8}"$`).MatchString(line) {
			t.Errorf("the copied line is %s", line)
		}
		d.Press("t", "t", "t", "w") // the table, and what the prompt offers
		d.Sees("place-", "drop it")
		d.SeesNot("Berlin", "Paris")
		d.Press("esc", "t", ":")
		d.Type(line)
		d.Press("enter")
		d.Wait(2e9)
		d.Sees("place-")
		d.Press("X")
		d.Sees("shown again", "Berlin", "country is Germany, France")
		d.Wait(2 * noticeTime)
		if got := d.Frame(); strings.Join(strings.Split(got, "\n")[1:20], "\n") != strings.Join(strings.Split(real, "\n")[1:20], "\n") {
			t.Errorf("the masked line opened something else:\n%s\n%s", got, real)
		}
	})
}

// What a filter's prompt offers is masked, and picking it drops the real filter.
func TestAMaskedFilterCanBeDropped(t *testing.T) {
	for _, line := range []string{
		"segment Purchase --where 'gp:plan is premium'", "funnel 'Checkout Started' Purchase --where 'gp:plan is premium'",
		"retention --where 'gp:plan is premium'", "revenue --where 'gp:plan is premium'",
	} {
		story(t, demoServer(), func(d *driver) {
			d.Press("X", ":")
			d.Type(line)
			d.Press("enter")
			d.Sees("gp:plan is text-")
			d.SeesNot("premium")
			d.Press("w")
			d.Type("gp:plan")
			d.SeesNot("premium")
			d.Press("down", "enter")
			d.SeesNot("gp:plan is", "premium")
		})
	}
}

// The real names of hidden series are kept: they stay hidden, masked or not.
func TestHiddenSeriesStayHiddenUnderTheMask(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		d.Type(`segment "Song Played" --by city --hide Berlin`)
		d.Press("enter")
		hidden := strings.Count(d.Frame(), "hidden")
		d.Press("X")
		d.Sees("--hide series-")
		d.SeesNot("Berlin")
		if got := strings.Count(d.Frame(), "hidden"); got != hidden {
			t.Errorf("%d series are hidden; want %d\n%s", got, hidden, d.Frame())
		}
		d.Press("X")
		d.Sees("--hide Berlin")
	})
}

// The badge is there at every width, and pushes neither the view in front nor
// the line's end out.
func TestTheBadgeFitsEveryWidth(t *testing.T) {
	for _, width := range []int{40, 41, 50, 60, 80, 100, 120, 200} {
		for _, s := range catalog() {
			a := NewApp(catalog(), views.Env{Now: now, Zone: now().Location(), Keys: keys.Default(), Mask: views.NewMask(nil, true, nil)},
				Project{Profile: "a profile with quite a long name", Name: "Music store"}, views.Link{View: s.Name}, nil)
			a.w, a.h = width, 12
			head, _, _ := strings.Cut(a.Frame(), "\n")
			if !strings.Contains(head, "masked") || !strings.Contains(head, s.Title) {
				t.Errorf("%d columns, %s: %q", width, s.Name, head)
			}
			if at := strings.Index(head, "masked"); at > strings.Index(head, s.Title) {
				t.Errorf("%d columns: the badge is not behind the project: %q", width, head)
			}
		}
	}
}

// smallLog writes a log of a few people in four cities.
func smallLog(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for i := range 60 {
		place := [][2]string{{"Berlin", "Germany"}, {"Hamburg", "Germany"}, {"Paris", "France"}, {"Leeds", "United Kingdom"}}[i%4]
		for _, event := range []string{"Song Played", "Store Opened", "Purchase"} {
			fmt.Fprintf(&b, `{"event_type":%q,"event_time":"2026-11-%02d 10:00:00.000000","user_id":"user %d","platform":"iOS","city":%q,"country":%q}`+"\n",
				event, 1+i%20, i%13, place[0], place[1])
		}
	}
	path := filepath.Join(t.TempDir(), "events.json")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestHeadlessAnswersAreMasked(t *testing.T) {
	s := newShell(t)
	log := smallLog(t)
	for _, args := range [][]string{
		{"segment", "Song Played", "--by", "city", "--last", "20d", "--where", "country is Germany"},
		{"segment", "Song Played", "--by", "city", "--by", "platform", "--last", "7d", "--where", "country is Germany"},
		{"segment", "Song Played[by city]", "--last", "7d", "--segment", "country is Germany"},
		{"segment", "Song Played", "--last", "7d", "--segment", "city is Berlin", "--segment", "city is Hamburg"},
		{"funnel", "Store Opened[city is Berlin]", "Purchase", "--by", "country"},
		{"funnel", "Store Opened", "Purchase", "--segment", "city is Berlin", "--segment", "country is Germany"},
		{"retention", "--by", "country", "--last", "4w", "--interval", "week"},
		{"revenue", "--by", "country", "--last", "4w"},
	} {
		for _, format := range append(formats(), "") {
			line := append(slices.Clone(args), "--mask", "--events", log, "--zone", "UTC")
			if format != "" {
				line = append(line, "-o", format)
			}
			if code := s.run(line...); code != 0 {
				t.Fatalf("%v: %d, %s", line, code, s.errs)
			}
			for _, secret := range []string{"Berlin", "Hamburg", "Germany", "France", "United"} {
				if strings.Contains(s.out+s.errs, secret) {
					t.Errorf("%v: %s is in\n%.800s%s", line, secret, s.out, s.errs)
				}
			}
			cut := format == "table" || format == "chart" // long names are
			if !cut && !strings.Contains(s.out, "place-") && !strings.Contains(s.out, "text-") {
				t.Errorf("%v: no pseudonym in\n%.800s", line, s.out)
			}
			if format == "json" && !json.Valid([]byte(s.out)) {
				t.Errorf("%v: no JSON", line)
			}
		}
	}
	s.run("segment", "Song Played", "--by", "platform", "--last", "3d", "--mask", "-o", "csv", "--events", log)
	if !strings.HasPrefix(s.out, "day,unfinished,iOS\n") {
		t.Errorf("a safe property is masked:\n%s", s.out)
	}
}

// The same log gives the same pseudonyms in every run, another one others.
func TestPseudonymsAreTheSameInEveryRun(t *testing.T) {
	s := newShell(t)
	ask := func(seed string) string {
		s.run(demoArgs("segment", "Song Played", "--by", "city", "--last", "7d", "--mask", "-o", "csv", "--demo-seed", seed)...)
		return s.out
	}
	if one := ask("1"); one != ask("1") || strings.Split(one, "\n")[0] == strings.Split(ask("2"), "\n")[0] {
		t.Errorf("the pseudonyms are\n%s\n%s\n%s", one, ask("1"), ask("2"))
	}
}

func TestAProfileTurnsTheMaskOnAndSaysWhatIsSafe(t *testing.T) {
	env := map[string]string{"HOME": t.TempDir()}
	get := func(k string) string { return env[k] }
	file := filepath.Join(env["HOME"], ".config", "amptui", "config.toml")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	written := "[profiles.default]\nmask = true\nmask_shows = [\"gp:plan\", \"plan\"]\npins = [\"gp:plan\"]\nweb = \"https://app.amplitude.com/analytics/o/project/1/\"\n"
	if err := os.WriteFile(file, []byte(written), 0o600); err != nil {
		t.Fatal(err)
	}
	env["AMPLITUDE_API_KEY"], env["AMPLITUDE_SECRET_KEY"] = "key", "a-secret"
	open := func(args ...string) source {
		p := &program{env: get, in: os.Stdin}
		root := p.root(nil)
		if err := root.ParseFlags(args); err != nil {
			t.Fatal(err)
		}
		if got := p.firstMask().On(); got != (len(args) == 0) {
			t.Errorf("%v: on before the project is open: %v", args, got)
		}
		s, err := p.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	plan, other := api.Property{Key: text.New("gp:plan")}, api.Property{Key: text.New("gp:other")}
	if m := s.env.Mask; !m.On() || m.Of(plan, text.New("pro")) != text.New("pro") || m.Of(other, text.New("pro")) == text.New("pro") {
		t.Errorf("on %v, plan %s, other %s", m.On(), m.Of(plan, text.New("pro")), m.Of(other, text.New("pro")))
	}
	if len(s.notes) != 1 || !strings.Contains(s.notes[0], "mask_shows: plan is not a built-in property") {
		t.Errorf("the notes are %v", s.notes)
	}
	if s.env.Web != "https://app.amplitude.com/analytics/o/project/1" || !slices.Equal(s.env.Pins, []string{"gp:plan"}) {
		t.Errorf("web %s, pins %v", s.env.Web, s.env.Pins)
	}
	if err := s.env.SavePins([]string{"country"}); err != nil {
		t.Fatal(err)
	}
	again := open("--mask=false")
	if again.env.Mask.On() || !slices.Equal(again.env.Pins, []string{"country"}) {
		t.Errorf("--mask=false: on %v, pins %v", again.env.Mask.On(), again.env.Pins)
	}
	if said := fmt.Sprintf("%v %+v %#v %s", s.env.Mask, s.env, s.env.Mask, s.env.Mask); strings.Contains(said, "pro") && strings.Contains(said, "made:") {
		t.Errorf("the mask is printed: %s", said)
	}
	if _, err := config.LoadPins(config.Profile{Name: "default"}, get); err != nil {
		t.Error(err)
	}
}
