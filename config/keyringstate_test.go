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
	ask := func() KeyringState { return AskKeyring(t.Context(), profile, env) }

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
	if got := ask(); got.Works || !strings.Contains(got.Says, "exclude each other") {
		t.Errorf("a profile that cannot be used: %+v", got)
	}
}
