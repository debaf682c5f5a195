package config

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
)

// What the library says in the words of D-Bus is said in words of ours, of three kinds.
func TestAKeyringsTroubleHasAName(t *testing.T) {
	for said, want := range map[string]error{
		"The name org.freedesktop.secrets was not provided by any .service files":   ErrKeyringAbsent,
		"org.freedesktop.DBus.Error.ServiceUnknown":                                 ErrKeyringAbsent,
		"dial unix /run/user/1000/bus: connect: no such file or directory":          ErrKeyringAbsent,
		"failed to unlock correct collection '/org/freedesktop/secrets/aliases/x'":  ErrKeyringLocked,
		"Cannot get secret of a locked object":                                      ErrKeyringLocked,
		"The prompt was dismissed":                                                  ErrKeyringLocked,
		"security: SecKeychainItemDelete: User interaction is not allowed.":         ErrKeyringLocked,
		"Object does not exist at path “/org/freedesktop/secrets/collection/login”": nil,
	} {
		got := keyringError(errors.New(said))
		if want != nil && (!errors.Is(got, want) || strings.Contains(got.Error(), "freedesktop")) {
			t.Errorf("%q is %v, want %v", said, got, want)
		}
		if want == nil && (got == nil || !strings.Contains(got.Error(), "cannot be used")) {
			t.Errorf("%q is %v", said, got)
		}
	}
	if got := keyringError(keyring.ErrUnsupportedPlatform); !errors.Is(got, ErrKeyringAbsent) {
		t.Errorf("another platform: %v", got)
	}
}

// Keys are deleted, or are not, or that is not known: each is told apart.
func TestWhatIsDeletedIsKnown(t *testing.T) {
	profile := Profile{Name: "default", Region: "us"}
	env, answer := world(t, bus, "mock"), make(chan struct{})
	slow := 0
	how := asking{20 * time.Millisecond, func() { slow++ }}
	for _, c := range []struct {
		name string
		from func(service, name string) error
		want error
		had  bool
	}{
		{"there", func(s, n string) error {
			if s != service || n != "default" {
				t.Errorf("%s of %s is deleted", n, s)
			}
			return nil
		}, nil, true},
		{"not there", func(string, string) error { return keyring.ErrNotFound }, nil, false},
		{"locked", func(string, string) error { return errors.New("failed to unlock correct collection '/'") }, ErrKeyringLocked, false},
		{"hanging", func(string, string) error { <-answer; return nil }, ErrKeyringSilent, false},
		{"hanging still", func(string, string) error { t.Error("asked beside the one that hangs"); return nil }, ErrKeyringSilent, false},
	} {
		done, err := remove(t.Context(), profile, env, how, c.from)
		if !errors.Is(err, c.want) || err != nil && c.want == nil || done.Had != c.had || done.Path != "" {
			t.Errorf("%s: %+v, %v", c.name, done, err)
		}
	}
	if slow != 1 {
		t.Errorf("that it takes long was said %d times", slow)
	}
	close(answer)
	if runtime.GOOS == "linux" && !reachable(world(t)) {
		if _, err := Delete(t.Context(), profile, world(t), nil); !errors.Is(err, ErrKeyringAbsent) {
			t.Errorf("without a bus: %v", err)
		}
	}
}

func TestOnlyAProfilesOwnKeysLeaveTheFile(t *testing.T) {
	env := world(t, "HOME", t.TempDir())
	one, other := Profile{Name: "one", Region: "us", InsecureStorage: true}, Profile{Name: "other", Region: "us", InsecureStorage: true}
	if done, err := Delete(t.Context(), one, env, nil); err != nil || done.Had || done.Path != credentialFile(env) {
		t.Errorf("without a file: %+v, %v", done, err)
	}
	for _, p := range []Profile{one, other} {
		if _, err := StoreFile(p, testPair(), env); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 2 {
		if done, err := Delete(t.Context(), one, env, nil); err != nil || done.Had != (i == 0) {
			t.Errorf("deletion %d: %+v, %v", i, done, err)
		}
	}
	if _, from, err := Resolve(t.Context(), other, env); err != nil || from != FromFile {
		t.Errorf("the other profile's keys: %v, %v", from, err)
	}
	if err := os.Chmod(credentialFile(env), 0o644); err != nil {
		t.Fatal(err)
	}
	if done, err := Delete(t.Context(), other, env, nil); runtime.GOOS != "windows" && (err == nil || done.Had) {
		t.Errorf("of a file that others can read: %+v, %v", done, err)
	}
}
