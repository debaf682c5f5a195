package text

import (
	"encoding/base64"
	"fmt"
	"log/slog"
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

// Redact strikes a key pair out of a foreign text: servers echo headers.
func Redact(s string, key, secret Secret) string {
	pair := key.Reveal() + ":" + secret.Reveal()
	for _, word := range []string{base64.StdEncoding.EncodeToString([]byte(pair)), base64.URLEncoding.EncodeToString([]byte(pair)), secret.Reveal(), key.Reveal()} {
		if len(word) > 3 {
			s = strings.ReplaceAll(s, word, redacted)
		}
	}
	return s
}
