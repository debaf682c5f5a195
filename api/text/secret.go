package text

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"unique"
)

const redacted = "[redacted]"

// A Secret is a word that no format, log or JSON shows. Two of the same word
// are equal.
type Secret struct {
	// A handle: fmt goes past every method where a field is unexported, and
	// then prints no more than its address.
	s unique.Handle[string]
}

// NewSecret hides s.
func NewSecret(s string) Secret {
	if s == "" {
		return Secret{}
	}
	return Secret{unique.Make(s)}
}

// Reveal is the word itself, for the authorization header and the keyring.
func (s Secret) Reveal() string {
	if s.IsZero() {
		return ""
	}
	return s.s.Value()
}

// IsZero says whether there is no word.
func (s Secret) IsZero() bool { return s == Secret{} }

// String is "[redacted]".
func (s Secret) String() string { return redacted }

// GoString is "[redacted]".
func (s Secret) GoString() string { return redacted }

// Format writes "[redacted]" for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// MarshalJSON is "[redacted]".
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// MarshalText is "[redacted]".
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue is "[redacted]".
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// Redact strikes a key pair out of a foreign text, in whatever encoding: servers echo
// headers.
func Redact(s string, key, secret Secret) string {
	pair := key.Reveal() + ":" + secret.Reveal()
	for _, word := range []string{pair, secret.Reveal(), key.Reveal()} {
		if len(word) <= 3 {
			continue
		}
		for _, spelt := range spellings(word) {
			s = strings.ReplaceAll(s, spelt, redacted)
		}
		s = strings.ReplaceAll(s, word, redacted)
	}
	return s
}

// leastSpelt is the shortest spelling that is struck out: a shorter one stands in
// innocent texts, too.
const leastSpelt = 8

// spellings are the texts by which others write a word: in base64 from wherever it
// begins in what was encoded, in hexadecimal, in URLs, in JSON. The longest are first.
func spellings(word string) []string {
	all := []string{base64.StdEncoding.EncodeToString([]byte(word)), base64.URLEncoding.EncodeToString([]byte(word))}
	for _, coding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			// What stands before and behind changes the first and the last letters.
			coded := coding.EncodeToString([]byte(strings.Repeat("x", before) + word + "xx"))
			all = append(all, coded[(before*8+5)/6:(before+len(word))*8/6])
		}
	}
	lower := hex.EncodeToString([]byte(word))
	all = append(all, lower, strings.ToUpper(lower), url.QueryEscape(word), url.PathEscape(word), strings.ReplaceAll(word, "/", `\/`))
	return slices.DeleteFunc(all, func(s string) bool { return len(s) < leastSpelt })
}
