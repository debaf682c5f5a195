package views

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/keys"
)

// status is a network that answers with a status and a body.
type status struct {
	code int
	body string
}

func (s status) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: s.code, Header: http.Header{"Content-Type": {"text/plain"}}, Request: r,
		Body: io.NopCloser(strings.NewReader(s.body)), ProtoMajor: 1, ProtoMinor: 1,
	}, nil
}

// refusedBy is the error of a server that says no.
func refusedBy(t *testing.T, host, profile string, s status) error {
	t.Helper()
	c, err := api.New(api.Options{
		BaseURL: host, Key: text.NewSecret("a key"), Secret: text.NewSecret("a secret"), Profile: profile, Transport: s,
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Events(t.Context())
	return err
}

func TestWhoseKeysAreRefusedWhere(t *testing.T) {
	for _, c := range []struct {
		host, profile string
		wants         []string
	}{
		{api.StandardHost, "shop", []string{"profile shop in the US region (Forbidden)", "needs region eu", "amptui login --profile shop"}},
		{api.EUHost, "", []string{"in the EU region", "needs region us", "then amptui login"}},
		{"https://proxy.example:8443", "two words", []string{"at proxy.example:8443", "the address", `--profile "two words"`}},
	} {
		said := Explain(refusedBy(t, c.host, c.profile, status{403, "Forbidden"}), keys.Default())
		for _, want := range c.wants {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q has no %q", c.host, said, want)
			}
		}
	}
}

func TestTheNextStepStaysWhereThereIsLittleRoom(t *testing.T) {
	for _, c := range []struct {
		status status
		last   string
		reason string // which must be whole
	}{
		{status{501, strings.Repeat("long ", 30)}, "press r to ask again", ""},
		{status{400, "Invalid user property moon phase of the month"}, "", "Invalid user property moon"},
	} {
		err := refusedBy(t, api.StandardHost, "", c.status)
		for w := 0; w < 200; w++ {
			line := explain(err, "press r", "press r to ask again").within(w)
			if charts.Width(line) > w {
				t.Fatalf("%d cells: %q", w, line)
			}
			if w >= 78 && (!strings.HasSuffix(line, c.last) || !strings.Contains(line, c.reason)) {
				t.Errorf("%d cells: %q", w, line)
			}
		}
	}
	if said := Explain(errors.New("x\x1b[31m"), keys.Default()); strings.Contains(said, "\x1b") {
		t.Errorf("%q", said)
	}
}

func TestTheNextStepIsAKeyOfTheUsers(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want string
	}{{[]string{"ctrl+r"}, "press ctrl+r"}, {[]string{}, "in the palette"}} {
		own, problems := keys.Default().Rebind(map[string][]string{"refresh": c.keys}, func(string) int { return 0 })
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if said := Explain(fmt.Errorf("%w: a lot was asked", api.ErrRateLimit), own); !strings.Contains(said, c.want) || strings.Contains(said, "press r") {
			t.Errorf("%v: %s; want %q", c.keys, said, c.want)
		}
	}
}
