package config

import (
	"errors"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

func TestTheKeyringsStateIsToldWithTheReason(t *testing.T) {
	env := world(t, bus, "mock")
	profile := Profile{Name: "default", Region: "us"}
	ask := func() KeyringState {
		_, from, err := Resolve(t.Context(), profile, env)
		return KeyringAt(from, err)
	}

	keyring.MockInit()
	if got := ask(); !got.Works || got.Holds || !strings.Contains(got.Says, "nothing is stored") {
		t.Errorf("empty: %+v", got)
	}
	if err := Store(t.Context(), profile, testPair(), env); err != nil {
		t.Fatal(err)
	}
	if got := ask(); !got.Works || !got.Holds || strings.Contains(got.Says, testKey) {
		t.Errorf("with keys: %+v", got)
	}
	profile.Region = "eu"
	if got := ask(); !got.Works || got.Holds || !strings.Contains(got.Says, "for another host") {
		t.Errorf("of another region: %+v", got)
	}
	keyring.MockInitWithError(errors.New("the collection is \x1b[31mlocked"))
	if got := ask(); got.Works || !strings.Contains(got.Says, "locked") || strings.Contains(got.Says, "\x1b") {
		t.Errorf("locked: %+v", got)
	}
	profile.BaseURL = "https://example.com"
	if got := ask(); got.Asked || got.Works {
		t.Errorf("a profile that cannot be used: %+v", got)
	}
}

// Where another way decides the keyring is not asked: it might want to be unlocked.
func TestANeedlessKeyringIsLeftAlone(t *testing.T) {
	keyring.MockInitWithError(errors.New("it was asked"))
	plain := world(t, bus, "mock")
	keys := func(name string) string {
		switch name {
		case "AMPLITUDE_API_KEY", "AMPLITUDE_SECRET_KEY":
			return "of-the-environment"
		}
		return plain(name)
	}
	for name, c := range map[string]struct {
		profile Profile
		env     func(string) string
		says    string
	}{
		"environment": {Profile{Name: "default"}, keys, "since the environment decides"},
		"command":     {Profile{Name: "default", CredentialCommand: []string{"false"}}, plain, "since the " + FromCommand.String() + " decides"},
		"file":        {Profile{Name: "default", InsecureStorage: true}, plain, "not asked"},
	} {
		_, from, err := Resolve(t.Context(), c.profile, c.env)
		if got := KeyringAt(from, err); got.Asked || !strings.Contains(got.Says, c.says) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
