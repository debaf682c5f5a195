package users

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
	"amptui/views/query"
	"amptui/views/viewtest"
)

func FuzzStateRoundTrip(f *testing.F) {
	viewtest.Grammar[State]{
		Parse: parse, Link: func(s State) views.Link { return link(s, nil) }, Masked: State.masked,
		Hidden: func(s, m State) error {
			if !s.Who.IsZero() && m.Who == s.Who || !s.Beside.IsZero() && m.Beside == s.Beside || s.Find != "" && m.Find == s.Find {
				return fmt.Errorf("is masked as %#v", m)
			}
			return nil
		},
	}.RoundTrip(f,
		``, `ada@example.com`, `"two words" --only "Song Played"`, `x --mute A --mute "B C" --find 'a "b"' --limit 5000`,
		`x --at "2 mar 14:00" --beside y`, `x --funnel '"Checkout Started" "Purchase[event:source is push]" --within 1d --order any'`,
		`-- -x $'Evil\x1b'`, `amplitude_id=5 --funnel 'funnel A B --face days'`,
	)
}

func TestWhatCannotBeAskedIsSaid(t *testing.T) {
	for line, want := range map[string]string{
		`x --limit 0`:                        "between 1 and 100,000",
		`x --at soon`:                        "is not a moment",
		`--beside y`:                         "name the first one too",
		`x --only A --mute A`:                "both the only event and a muted one",
		`x --funnel A`:                       "two steps or more",
		`x --funnel 'A "B'`:                  "not closed",
		`x --funnel 'A B --whithin 3d'`:      "did you mean --within?",
		`x --onyl A`:                         "did you mean --only?",
		strings.Repeat("x", 1001) + ` `:      "1,000 bytes at most",
		`x --funnel 'A B --where "plan is"'`: "",
	} {
		words, err := query.Split(line)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = parse(words); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", line, err, want)
		}
	}
}

func TestWhateverIsPastedIsRead(t *testing.T) {
	for typed, want := range map[string]target{
		"ada@example.com":           {word: text.New("ada@example.com")},
		"  \"ada@example.com\", ":   {word: text.New("ada@example.com")},
		"<ada@example.com>":         {word: text.New("ada@example.com")},
		"mailto:ada@example.com":    {word: text.New("ada@example.com")},
		"“user 17”":                 {word: text.New("user 17")},
		"123456789012":              {word: text.New("123456789012")}, // it may be a user ID
		"amplitude_id=123456":       {word: text.New("123456"), id: 123456},
		"\u200bdevice-17\u00a0\r\n": {word: text.New("device-17")},
		"https://app.amplitude.com/analytics/acme/project/204829/search/amplitude_id%3D1247117195850/activity":           {word: text.New("1247117195850"), id: 1247117195850},
		"https://app.amplitude.com/analytics/acme/session-replay/project/1/search/amplitude_id%3D77?sessionReplayId=a/b": {word: text.New("77"), id: 77},
		"https://analytics.amplitude.com/acme/project/9/search/user_id%3Dada":                                            {word: text.New("ada")},
		"https://example.com/profile/17":    {word: text.New("https://example.com/profile/17")},
		"amplitude_id=99999999999999999999": {word: text.New("amplitude_id=99999999999999999999")},
		"''":                                {},
	} {
		if got := pasted(typed); got != want {
			t.Errorf("%q is %+v; want %+v", typed, got, want)
		}
	}
}

func FuzzPasted(f *testing.F) {
	f.Add("https://x.y/search/amplitude_id=5")
	f.Add("\"'<a>'\"")
	f.Fuzz(func(t *testing.T, s string) {
		if got := pasted(s); got.id < 0 || got.id > 0 && got.word.IsZero() {
			t.Errorf("%q is %+v", s, got)
		}
	})
}

// A row that is opened asks what enter on it asks, with the mask as without.
func TestAMatchHasOneNameWhereverItIsChosen(t *testing.T) {
	for _, on := range []bool{false, true} {
		mask := views.NewMask([]byte("key"), on, nil)
		v := viewOf(nil)
		v.env.Mask = mask
		v.state.Who, v.state.Limit = text.New("ad"), 50
		v.found = found{matches: []api.UserMatch{{UserID: text.New("ada@example.com"), AmplitudeID: 5}, {AmplitudeID: 77}}}
		leads := v.answerMatches().Leads
		for i, m := range v.found.matches {
			v.choose(m)
			led := leads(i)
			if got, want := led.Line(), v.Link().Line(); got != want || !strings.Contains(got, "--limit 50") {
				t.Errorf("mask %v: row %d leads to %s, enter asks %s", on, i, got, want)
			}
			if args := mask.RevealArgs(led.Args); on && !slices.Contains(args, []string{"ada@example.com", "77"}[i]) {
				t.Errorf("behind %s is %s", led.Line(), args)
			}
		}
	}
}
