package text

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"amptui/api/demo/fault"
)

func hostile() []string {
	return append(fault.Words(), []string{
		"\x1b]0;pwned\x07", "\x1b[31mred\x1b[0m", "a\rb\nc\td", "\x7f\x00", "\u009b2J", "\x9b2J", "\xff\xfe", "\u202eabc\u202c", "\u2066x\u2069",
		"\u200bhidden\ufeff", "a\u2028b", "\u3164", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\u0301alone",
		"👩\u200d👩\u200d👧", "🇩🇪", "✈️", "a\u200db", "a\ufe0fb", "購入完了", "عربي", "e\u0301", strings.Repeat("x", 5000), strings.Repeat("é", 300),
		"\U000e0041", "\U0010ffff", "\ue000", strings.Repeat("\x1b[1;", 40) + "m",
		strings.Repeat("a\u200d", 150), strings.Repeat("👩\u200d", 300), strings.Repeat("e\u0301\ufe0f", 150), strings.Repeat("🇩", 401), "\uaa7b\u0301", "x\uaa7b",
	}...)
}

// fit says why a terminal must not get s.
func fit(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("%q is not valid UTF-8", s)
	}
	for _, r := range s {
		if unicode.In(r, unicode.Cc, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp) || unicode.Is(unicode.Cf, r) && r != zeroWidthJoin {
			return fmt.Errorf("%q holds %U", s, r)
		}
	}
	return nil
}

func FuzzClean(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Clean(s)
		if err := fit(once); err != nil {
			t.Fatal(err)
		}
		if twice := Clean(once); twice != once {
			t.Fatalf("cleaned once %q, twice %q", once, twice)
		}
		if strings.TrimSpace(s) != "" && once == "" {
			t.Fatalf("%q is hidden", s)
		}
		for line := range strings.SplitSeq(strings.ReplaceAll(CleanWhole(s), "\t", "\n"), "\n") {
			if err := fit(line); err != nil {
				t.Fatal(err)
			}
		}
		for _, line := range CleanLines(s) {
			if err := fit(line); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestNothingIsDeletedOnlyMadeVisible(t *testing.T) {
	for in, want := range map[string]string{
		"\x1b]0;x\x07":    "␛]0;x␇",
		"a\nb":            "a␊b",
		"\u202eabc":       "\uFFFDabc",
		"a\u2028b":        "a␊b",
		"\u0301x":         "◌\u0301x",
		"a\u200db":        "a\uFFFDb",
		"👩\u200d👩\u200d👧": "👩\u200d👩\u200d👧",
		"購入完了":            "購入完了",
		"Song Played":     "Song Played",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q; want %q", in, got, want)
		}
	}
	if a, b := Clean("user\u200b"), Clean("user"); a == b {
		t.Error("two names that differ in a hidden character look the same")
	}
	long := Clean(strings.Repeat("x", 12545))
	if !strings.HasSuffix(long, "… (12,345 more)") {
		t.Errorf("a long name ends in %q", long[len(long)-30:])
	}
}

func TestCleanASCIIAllocatesNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Clean("Song Played") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestAForeignWordIsNeverFormattedAsItIs(t *testing.T) {
	r := New("\x1b[31m")
	for _, verb := range []string{"%v", "%s", "%q", "%+v", "%#v", "%x", "%d"} {
		if got := fmt.Sprintf(verb, r); strings.Contains(got, "\x1b") {
			t.Errorf("%s is %q", verb, got)
		}
		if got := fmt.Sprintf(verb, struct{ R Raw }{r}); strings.Contains(got, "\x1b") {
			t.Errorf("%s of a struct is %q", verb, got)
		}
	}
	var back Raw
	b, err := json.Marshal(r)
	if err != nil || json.Unmarshal(b, &back) != nil || back != r {
		t.Errorf("%s reads back as %q", b, back.Exact())
	}
}

func TestASecretIsNowhere(t *testing.T) {
	s := NewSecret("hunter22")
	for _, verb := range []string{"%v", "%s", "%q", "%+v", "%#v", "%x", "%d"} {
		if got := fmt.Sprintf(verb, struct{ S Secret }{s}); strings.Contains(got, "hunter") || strings.Contains(got, "68756e") {
			t.Errorf("%s shows %s", verb, got)
		}
	}
	type inner struct{ s Secret }
	if got := fmt.Sprintf("%v %+v %#v", inner{s}, &inner{s}, []inner{{s}}); strings.Contains(got, "hunter") {
		t.Errorf("an unexported field shows %s", got)
	}
	if b, _ := json.Marshal(s); strings.Contains(string(b), "hunter") {
		t.Errorf("JSON shows %s", b)
	}
	if got := Redact("key hunter22 Basic a2V5MTplaHVudGVyMjI=", NewSecret("key1"), s); strings.Contains(got, "hunter22") {
		t.Errorf("redacted is %s", got)
	}
}

func TestTheKeyPairIsStruckOutInEveryEncoding(t *testing.T) {
	key, secret := NewSecret("k3y+0a1b/2c3d4e5f"), NewSecret("s3cr+t/9f8e7d6c5b")
	pair := []byte(key.Reveal() + ":" + secret.Reveal())
	for _, said := range []string{
		"Basic " + base64.StdEncoding.EncodeToString(pair),
		base64.RawURLEncoding.EncodeToString(append([]byte("ab"), pair...)),
		fmt.Sprintf("%x", secret.Reveal()), fmt.Sprintf("%X", pair),
		"https://x.example/?k=" + url.QueryEscape(secret.Reveal()), key.Reveal() + " is no key",
	} {
		got := Redact(said, key, secret)
		if !strings.Contains(got, "[redacted]") || len(got) > 40 {
			t.Errorf("%q became %q", said, got)
		}
	}
	if said := "Song Played: 3,141 users"; Redact(said, key, secret) != said {
		t.Errorf("%q became %q", said, Redact(said, key, secret))
	}
}
