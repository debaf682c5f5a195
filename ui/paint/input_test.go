package paint

import (
	"io"
	"os"
	"strings"
	"testing"
)

func TestCtrlCEndsAPasteWhoseEndIsLost(t *testing.T) {
	for name, c := range map[string]struct {
		writes []string
		want   string
	}{
		"typed":                {[]string{"a", "\x03"}, "a\x03"},
		"pasted whole":         {[]string{"\x1b[200~text\x1b[201~", "\x03"}, "\x1b[200~text\x1b[201~\x03"},
		"the end lost":         {[]string{"\x1b[200~text", "\x03"}, "\x1b[200~text\x1b[201~\x03"},
		"then it is over":      {[]string{"\x1b[200~text", "\x03", "\x03"}, "\x1b[200~text\x1b[201~\x03\x03"},
		"the marks in pieces":  {[]string{"x\x1b[2", "00~te", "xt\x1b[20", "1~", "\x03"}, "x\x1b[200~text\x1b[201~\x03"},
		"lost in pieces":       {[]string{"x\x1b[2", "00~te", "xt\x1b[20", "\x03"}, "x\x1b[200~text\x1b[20\x1b[201~\x03"},
		"inside of the text":   {[]string{"\x1b[200~te\x03xt", "more\x1b[201~"}, "\x1b[200~te\x03xtmore\x1b[201~"},
		"two, the second lost": {[]string{"\x1b[200~a\x1b[201~\x1b[200~b", "\x03"}, "\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~\x03"},
	} {
		t.Run(name, func(t *testing.T) {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			in := &input{File: r, failed: func(error) {}}
			var got strings.Builder
			for _, s := range c.writes {
				if _, err := io.WriteString(w, s); err != nil {
					t.Fatal(err)
				}
				b := make([]byte, 256)
				n, err := in.Read(b)
				if err != nil {
					t.Fatal(err)
				}
				got.Write(b[:n])
			}
			if err := w.Close(); err != nil || got.String() != c.want {
				t.Errorf("%v, %q; want %q", err, got.String(), c.want)
			}
		})
	}
}
