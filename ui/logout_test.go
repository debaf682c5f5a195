package ui

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"amptui/config"
)

// Login and logout say what was stored or deleted, what was not, and what to do, in
// whatever state the keyring is, and never in the words of its library.
func TestAKeyringThatIsNoHelp(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"data":[{"value":"A","totals":3}]}`))
	}))
	defer server.Close()
	defer keyring.MockInit()
	for name, c := range map[string]struct {
		err         error
		login, says []string
	}{
		"absent": {
			errors.New("The name org.freedesktop.secrets was not provided by any .service files"),
			[]string{"the keys work, but are not stored: no keyring is in sight", "--session", "--insecure-storage"},
			[]string{"no keyring is in sight", "nothing was deleted", "run amptui logout there"},
		},
		"locked": {
			errors.New("failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'"),
			[]string{"are not stored: the keyring is locked", "unlock it and run amptui login again"},
			[]string{"the keyring is locked", "the keys of profile default are still in it", "unlock it and run amptui logout again"},
		},
		"broken": {
			errors.New("the disk is full"),
			[]string{"are not stored: the keyring cannot be used: the disk is full", "--session"},
			[]string{"the keys of profile default were not deleted", "the disk is full"},
		},
	} {
		keyring.MockInitWithError(c.err)
		s := newShell(t)
		s.env["DBUS_SESSION_BUS_ADDRESS"] = "mock"
		s.in = "the-key\nthe-secret\n"
		hears := func(code int, wants []string) {
			t.Helper()
			for _, want := range wants {
				if code != 1 || s.out != "" || !strings.Contains(s.errs, want) {
					t.Errorf("%s: %d, %s%s; want %q", name, code, s.out, s.errs, want)
				}
			}
			if strings.Contains(s.errs, "freedesktop") || strings.Contains(s.errs, "the-secret") || strings.Count(s.errs, "\n") != 1 || strings.Contains(s.errs, "…") {
				t.Errorf("%s: %s", name, s.errs)
			}
		}
		hears(s.run("login", "--secret-stdin", "--region", server.URL), c.login)
		hears(s.run("logout"), c.says)
	}
}

// A keyring that hangs may still do what it was asked.
func TestWhatAHangingKeyringDoesIsNotKnown(t *testing.T) {
	silent := fmt.Errorf("%w within %s; it may be locked", config.ErrKeyringSilent, time.Minute)
	for _, c := range []struct {
		err  error
		want string
	}{
		{notDeleted(config.Profile{Name: "shop"}, silent), "the keyring did not answer within 1m0s; it may be locked: whether the keys of profile shop are deleted is not known; unlock it, then run amptui logout again"},
		{notStored(silent), "but whether they are stored is not known: the keyring did not answer"},
	} {
		if !strings.Contains(c.err.Error(), c.want) || !errors.Is(c.err, config.ErrKeyringSilent) {
			t.Errorf("%v; want %s", c.err, c.want)
		}
	}
}

func TestLogoutSaysWhatIsLeft(t *testing.T) {
	keyring.MockInit()
	if err := keyring.Set("amptui", "default", "{}"); err != nil {
		t.Fatal(err)
	}
	s := newShell(t)
	s.env["DBUS_SESSION_BUS_ADDRESS"] = "mock"
	for _, want := range []string{"the keys are deleted from the keyring", "nothing was deleted, since the keyring has no keys of it"} {
		if code := s.run("logout"); code != 0 || !strings.Contains(s.out, want) || s.errs != "" {
			t.Errorf("%d, %s%s; want %q", code, s.out, s.errs, want)
		}
	}
	s.env["AMPLITUDE_API_KEY"] = "k"
	if s.run("logout"); !strings.Contains(s.errs, "unset AMPLITUDE_API_KEY") {
		t.Errorf("the environment's keys are not named: %s", s.errs)
	}
	p := &program{env: func(string) string { return "" }}
	if left := p.leftOver(config.Profile{CredentialCommand: []string{"pass"}}); len(left) != 1 || !strings.Contains(left[0], "credential_command stays") {
		t.Errorf("of a command is said %q", left)
	}
}
