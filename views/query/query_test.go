package query

import (
	"slices"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
)

func FuzzWordsRoundTrip(f *testing.F) {
	for _, s := range []string{"", "a", "Song Played", `it's`, `"`, "\x1b]0;x\x07", "\xff", "国 購入", "$x `y` !", `\`, "a\nb", "\u202e"} {
		f.Add(s, "b")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		line := Join([]string{a, b})
		got, err := Split(line)
		if err != nil || !slices.Equal(got, []string{a, b}) {
			t.Fatalf("Split(%q) = %q, %v; want %q %q", line, got, err, a, b)
		}
		if !text.IsFit(line) {
			t.Fatalf("the line %q is not fit for a terminal", line)
		}
	})
}

func FuzzEventRoundTrip(f *testing.F) {
	for _, s := range []string{"Song Played", "A[by genre]", `A[event:source is push][by country]`, `[Amplitude] Start`, `Foo \[bar]`, `A[x is "a, ]b"]`, `a\ [by x]`, `A[a is b[by c]`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := ParseEvent(s)
		if err != nil {
			return
		}
		printed := PrintEvent(e)
		again, err := ParseEvent(printed)
		if err != nil || PrintEvent(again) != printed || again.Name != e.Name || len(again.Filters) != len(e.Filters) || len(again.By) != len(e.By) {
			t.Fatalf("%q reads as %#v, printed %q, read again as %#v, %v", s, e, printed, again, err)
		}
	})
}

func FuzzSegmentRoundTrip(f *testing.F) {
	for _, s := range []string{"country is Germany, France", `gp:plan is not "a;b"; cohort is abc`, `performed "Song Played[event:x is y]" >= 3 in 30d`, "performed A = 0 ever; paying is true", `"DMA" ~ x`, `cohort is "not x"`, `performed A < 2 each 7d`, `performed A != 1 this interval`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		seg, err := ParseSegment(s)
		if err != nil {
			return
		}
		printed := PrintSegment(seg)
		again, err := ParseSegment(printed)
		if err != nil || PrintSegment(again) != printed || len(again) != len(seg) {
			t.Fatalf("%q printed %q, read again as %#v, %v", s, printed, again, err)
		}
	})
}

func FuzzRange(f *testing.F) {
	for _, s := range []string{"30d", "last 12w", "2026-03-01 to 2026-03-09", "last monday", "1 mar to yesterday", "2024", "3d ago..today"} {
		f.Add(s)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ParseRange(s)
		if err != nil {
			return
		}
		if again, err := ParseRange(r.String()); err != nil || (again != r && r.To != "") {
			t.Fatalf("%q reads as %#v and again as %#v, %v", s, r, again, err)
		}
		if d, err := r.Dates(now, api.Day); err == nil && d.End.Before(d.Start) {
			t.Fatalf("%q ends before it begins: %v", s, d)
		}
	})
}

func TestWhatIsTypedReadsAsMeant(t *testing.T) {
	cases := []struct{ in, out string }{
		{"country=Germany , France", "country is Germany, France"},
		{"event:source !~ push", "event:source does not contain push"},
		{"gp:age >= 18", "gp:age greater or equal 18"},
		{`event:"Song Title" is "a, b"`, `event:"Song Title" is "a, b"`},
		{"platform is not iOS", "platform is not iOS"},
	}
	for _, c := range cases {
		f, err := ParseFilter(c.in, false)
		if err != nil || PrintFilter(f) != c.out {
			t.Errorf("%s reads as %q, %v; want %q", c.in, PrintFilter(f), err, c.out)
		}
	}
}

func TestAWrongWordIsNamedWithTheNearestRightOne(t *testing.T) {
	cases := []struct{ in, want string }{
		{"contry is Germany", "did you mean country?"},
		{"country iss Germany", "did you mean is?"},
		{"country", "has no operator"},
		{"plan is free", "write gp:plan"},
		{"country is", "has no value"},
		{"event:x is y", "filters events"},
		{`country is "a`, "not closed"},
		{"performed A >> 3", "is not understood"},
	}
	for _, c := range cases {
		if _, err := ParseSegment(c.in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want something with %q", c.in, err, c.want)
		}
	}
}

func TestDatesAreWhatSomebodyMeansByThem(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 9, 30, 0, 0, berlin) // a Tuesday
	cases := []struct {
		in       string
		interval api.Interval
		want     string
	}{
		{"30d", api.Day, "2026-10-26 2026-11-24"},
		{"1d", api.Day, "2026-11-24 2026-11-24"},
		{"48h", api.Hour, "2026-11-22 2026-11-24"},
		{"12w", api.Week, "2026-09-07 2026-11-24"},
		{"30d", api.Week, "2026-10-26 2026-11-24"},
		{"6mo", api.Month, "2026-06-01 2026-11-24"},
		{"last monday", api.Day, "2026-11-23 2026-11-24"},
		{"last tue to yesterday", api.Day, "2026-11-17 2026-11-23"},
		{"2026-03-01 to 2026-03-09", api.Day, "2026-03-01 2026-03-09"},
		{"1 dec to 3 dec", api.Day, "2025-12-01 2025-12-03"},
		{"feb 2024", api.Day, "2024-02-01 2026-11-24"},
		{"2024 to 2024", api.Month, "2024-01-01 2024-12-31"},
		{"3w ago to 2d ago", api.Day, "2026-11-03 2026-11-22"},
	}
	for _, c := range cases {
		r, err := ParseRange(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		d, err := r.Dates(now, c.interval)
		if got := d.Start.Format(time.DateOnly) + " " + d.End.Format(time.DateOnly); err != nil || got != c.want {
			t.Errorf("%s is %s, %v; want %s", c.in, got, err, c.want)
		}
	}
	for _, bad := range []string{"", "soon", "0d", "last flurbday", "2026-13-01", "31 feb"} {
		if r, err := ParseRange(bad); err == nil {
			t.Errorf("%q reads as %#v; want an error", bad, r)
		}
	}
	r, _ := ParseRange("2026-03-09 to 2026-03-01")
	if _, err := r.Dates(now, api.Day); err == nil || !strings.Contains(err.Error(), "swap") {
		t.Errorf("a range that ends before it begins: %v", err)
	}
}

func TestWhatWouldSayNothingIsNamed(t *testing.T) {
	for typed, want := range map[string]string{
		`A[by genre][by event:genre]`:       `event:genre is given twice`,
		`A[x is y][event:x = y]`:            `event:x is y is given twice`,
		`os is iOS; os = iOS`:               `os is iOS is given twice`,
		`perfomed "Song Played" > 3`:        `did you mean performed?`,
		`cohrt is 5`:                        `did you mean cohort?`,
		`cohort contains 5`:                 `name one cohort, as in`,
		`Country is Germany`:                `did you mean country?`,
		`performed "Song Played" > 3 in 2h`: `in 30d`,
	} {
		_, err := ParseSegment(typed)
		if typed[0] == 'A' {
			_, err = ParseEvent(typed)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want something with %q", typed, err, want)
		}
	}
	for typed, want := range map[string]string{
		`Cohort = 5`:                          `cohort is 5`,
		`cohort != "not 5"`:                   `cohort is not "not 5"`,
		`performed "Song Played" > 3 each 2w`: `performed "Song Played" > 3 each 14d`,
	} {
		s, err := ParseSegment(typed)
		if err != nil || PrintSegment(s) != want {
			t.Errorf("%s reads as %s, %v; want %s", typed, PrintSegment(s), err, want)
		}
	}
}

func TestNoRangeBeginsInTheFuture(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)
	for _, r := range []Range{{From: "2030-01-01"}, {From: "2027-01", To: "2027-02"}} {
		if d, err := r.Dates(now, api.Day); err == nil || !strings.Contains(err.Error(), "has not come yet") {
			t.Errorf("%s is %v, %v", r, d, err)
		}
	}
}

func TestAFormulaNamesTheEventsThatItDoesNotUse(t *testing.T) {
	for formula, want := range map[string]string{
		"UNIQUES(A)/UNIQUES(B)": "", "UNIQUES(a)": "B", "PROPSUM(B)": "A", "3": "AB", "NOPE(": "",
	} {
		if got := strings.Join(Unused(formula, 2), ""); got != want {
			t.Errorf("%s leaves %q unused; want %q", formula, got, want)
		}
	}
}
