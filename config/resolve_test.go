package config

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/zalando/go-keyring"

	"amptui/api/text"
)

const (
	testKey    = "0123456789abcdefKEY"
	testSecret = "fedcba9876543210SECRET"
	bus        = "DBUS_SESSION_BUS_ADDRESS"
)

func testPair() Credentials {
	return Credentials{Key: text.NewSecret(testKey), Secret: text.NewSecret(testSecret)}
}

func quick(env func(string) string) resolver {
	return resolver{env: env, read: time.Second, run: 5 * time.Second}
}

func shell(script string) []string { return []string{"/bin/sh", "-c", script} }

func needShell(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a Unix shell")
	}
}

func TestTheFirstWayThatIsSetDecides(t *testing.T) {
	needShell(t)
	keyring.MockInitWithError(errors.New("the keyring was touched"))
	p := Profile{Name: "shop", CredentialCommand: shell("echo k1; echo s1")}
	env := world(t, bus, "mock", "AMPLITUDE_API_KEY", "k0", "AMPLITUDE_SECRET_KEY", "s0")
	c, from, err := quick(env).resolve(t.Context(), p)
	if err != nil || from != FromEnv || c.Key.Reveal() != "k0" || c.Secret.Reveal() != "s0" {
		t.Errorf("environment: %v %v", from, err)
	}
	c, from, err = quick(world(t, bus, "mock")).resolve(t.Context(), p)
	if err != nil || from != FromCommand || c.Key.Reveal() != "k1" {
		t.Errorf("command: %v %v", from, err)
	}
	p.CredentialCommand = shell("exit 3")
	if _, _, err = quick(world(t, bus, "mock")).resolve(t.Context(), p); !errors.Is(err, ErrWay) || strings.Contains(err.Error(), "touched") {
		t.Errorf("a failing command: %v", err)
	}
}

func TestHalfAnEnvironmentNamesTheMissingVariable(t *testing.T) {
	for set, missing := range map[string]string{"AMPLITUDE_API_KEY": "AMPLITUDE_SECRET_KEY is not", "AMPLITUDE_SECRET_KEY": "AMPLITUDE_API_KEY is not"} {
		_, _, err := quick(world(t, set, testSecret)).resolve(t.Context(), Profile{Name: "a"})
		if !errors.Is(err, ErrWay) || !strings.Contains(err.Error(), missing) && !strings.HasSuffix(err.Error(), missing) {
			t.Errorf("with only %s: %v", set, err)
		}
	}
}

func TestKeyringRoundTrip(t *testing.T) {
	keyring.MockInit()
	roundTrip(t, world(t, bus, "mock"))
}

func TestRealKeyringRoundTrip(t *testing.T) {
	if os.Getenv("WSS_INNER") == "" {
		t.Skip("needs a Secret Service: .ci/with-secret-service.sh go test ./config")
	}
	// The mock of other tests stays in place; a child has the real one.
	if os.Getenv("CONFIG_CHILD") == "" {
		child(t, nil, "TestRealKeyringRoundTrip")
		return
	}
	roundTrip(t, os.Getenv)
}

func child(t *testing.T, with []string, test string) {
	t.Helper()
	argv := append(append([]string{}, with...), os.Args[0], "-test.run", "^"+test+"$", "-test.v", "-test.timeout", "60s")
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Env = append(os.Environ(), "CONFIG_CHILD=1")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+test) {
		t.Errorf("%v\n%s", err, out)
	}
}

func roundTrip(t *testing.T, env func(string) string) {
	t.Helper()
	p := Profile{Name: "test-shop", Region: "eu"}
	if err := Store(t.Context(), p, testPair(), env); err != nil {
		t.Fatal(err)
	}
	c, from, err := Resolve(t.Context(), p, env)
	if err != nil || from != FromKeyring || c != testPair() {
		t.Errorf("stored, then %v %v", from, err)
	}
	p.Region = "us"
	if _, _, err := Resolve(t.Context(), p, env); !errors.Is(err, ErrNone) || !strings.Contains(err.Error(), "another host") {
		t.Errorf("keys of eu for us: %v", err)
	}
	for i := range 2 {
		if done, err := Delete(t.Context(), p, env, nil); err != nil || done.Had != (i == 0) {
			t.Errorf("deletion %d: %+v, %v", i, done, err)
		}
	}
	if _, _, err := Resolve(t.Context(), p, env); !errors.Is(err, ErrNone) {
		t.Errorf("deleted, then %v", err)
	}
}

func TestAnotherHostGetsOnlyTheEnvironmentsKeys(t *testing.T) {
	keyring.MockInit()
	home := t.TempDir()
	env := world(t, "HOME", home, bus, "mock")
	p := Profile{Name: "shop"}
	if err := Store(t.Context(), p, testPair(), env); err != nil {
		t.Fatal(err)
	}
	moved := world(t, "HOME", home, bus, "mock", "AMPTUI_BASE_URL", "https://evil.example")
	if _, _, err := Resolve(t.Context(), p, moved); !errors.Is(err, ErrNone) {
		t.Errorf("the keyring's keys for another host: %v", err)
	}
	if err := Store(t.Context(), p, testPair(), moved); err == nil {
		t.Error("keys of another host are stored as the profile's")
	}
	given := world(t, "AMPTUI_BASE_URL", "https://proxy.example", "AMPLITUDE_API_KEY", "k", "AMPLITUDE_SECRET_KEY", "s")
	if _, from, err := Resolve(t.Context(), p, given); err != nil || from != FromEnv {
		t.Errorf("explicit keys for another host: %v %v", from, err)
	}
	same := world(t, "HOME", home, bus, "mock", "AMPTUI_BASE_URL", "https://amplitude.com")
	if _, from, err := Resolve(t.Context(), p, same); err != nil || from != FromKeyring {
		t.Errorf("the same host by name: %v %v", from, err)
	}
}

func TestNoBusNoCall(t *testing.T) {
	if runtime.GOOS != "linux" || reachable(world(t)) {
		t.Skip("this computer has a bus")
	}
	_, err := call(t.Context(), world(t), time.Second, func() (string, error) { t.Error("the keyring was called"); return "", nil })
	if err == nil {
		t.Error("no error without a bus")
	}
}

func TestAHangingKeyringIsAskedOnce(t *testing.T) {
	started, answer := make(chan struct{}, 2), make(chan struct{})
	hang := func() (string, error) { started <- struct{}{}; <-answer; return "late", nil }
	env := world(t, bus, "mock")
	for i, want := range []string{"did not answer", "earlier question"} {
		if _, err := call(t.Context(), env, 20*time.Millisecond, hang); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("call %d: %v", i, err)
		}
	}
	if len(started) != 1 {
		t.Errorf("%d calls were started", len(started))
	}
	close(answer)
	if got, err := call(t.Context(), env, time.Minute, func() (string, error) { return "next", nil }); got != "next" || err != nil {
		t.Errorf("after the answer: %q, %v", got, err)
	}
}

func TestALibraryPanicIsAnError(t *testing.T) {
	if _, err := call(t.Context(), world(t, bus, "mock"), time.Minute, func() (string, error) { panic(testSecret) }); err == nil || strings.Contains(err.Error(), testSecret) {
		t.Errorf("panic: %v", err)
	}
}

// locked is a Secret Service whose unlock prompt nobody ever answers.
type locked struct{}

const secrets = "org.freedesktop.secrets"

func (locked) OpenSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), "/org/freedesktop/secrets/session/1", nil
}

func (locked) Unlock([]dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	return nil, "/org/freedesktop/secrets/prompt/1", nil
}

func (locked) Prompt(string) *dbus.Error { return nil }

func TestAnUnansweredPromptCostsTheLimit(t *testing.T) {
	if os.Getenv("CONFIG_CHILD") == "" {
		run, err := exec.LookPath("dbus-run-session")
		if err != nil {
			t.Skip("needs dbus-run-session")
		}
		child(t, []string{run, "--"}, "TestAnUnansweredPromptCostsTheLimit")
		return
	}
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for path, of := range map[dbus.ObjectPath]string{"/org/freedesktop/secrets": "org.freedesktop.Secret.Service", "/org/freedesktop/secrets/prompt/1": "org.freedesktop.Secret.Prompt"} {
		if err := conn.Export(locked{}, path, of); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.RequestName(secrets, 0); err != nil {
		t.Fatal(err)
	}
	r := resolver{env: os.Getenv, read: 300 * time.Millisecond, run: time.Second}
	began := time.Now()
	_, _, err = r.resolve(t.Context(), Profile{Name: "shop"})
	if !errors.Is(err, ErrNone) || !strings.Contains(err.Error(), "did not answer within 300ms") {
		t.Errorf("a prompt without an answer: %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestTheFileIsPrivateAndOptedIn(t *testing.T) {
	keyring.MockInitWithError(errors.New("the keyring was touched"))
	env := world(t, bus, "mock")
	p := Profile{Name: "shop"}
	path, err := StoreFile(p, testPair(), env)
	if err != nil {
		t.Fatal(err)
	}
	c, _, err := Load(Path(env))
	if err != nil || !c.Profiles["shop"].InsecureStorage {
		t.Fatalf("the profile does not say so: %v", err)
	}
	got, from, err := Resolve(t.Context(), c.Profiles["shop"], env)
	if err != nil || from != FromFile || got != testPair() {
		t.Errorf("from the file: %v %v", from, err)
	}
	if _, _, err := Resolve(t.Context(), p, env); !errors.Is(err, ErrNone) {
		t.Errorf("without the opt-in: %v", err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
		if _, _, err := Resolve(t.Context(), c.Profiles["shop"], env); !errors.Is(err, ErrNone) || !strings.Contains(err.Error(), "read by others") {
			t.Errorf("a file that others can read: %v", err)
		}
	}
}

func TestCommandEnvironmentAndErrors(t *testing.T) {
	needShell(t)
	t.Setenv("AMPLITUDE_SECRET_KEY", testSecret)
	t.Setenv("AMPTUI_BASE_URL", "https://x.example")
	c, err := runCommand(t.Context(), shell(`echo "${AMPLITUDE_SECRET_KEY:-none}"; echo "${AMPTUI_BASE_URL:-none}"`), 5*time.Second)
	if err != nil || c.Key.Reveal() != "none" || c.Secret.Reveal() != "none" {
		t.Errorf("the command sees our variables: %v", err)
	}
	for script, want := range map[string]string{
		"echo first >&2; echo second >&2; exit 4":                          "first",
		"echo " + testSecret + "; echo bad " + testSecret + " >&2; exit 1": "[redacted]",
		"echo one":                "two lines",
		"head -c 70000 /dev/zero": "64 KiB",
	} {
		_, err := runCommand(t.Context(), shell(script), 5*time.Second)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), testSecret) || strings.Contains(err.Error(), "second") {
			t.Errorf("%s: %v", script, err)
		}
	}
	if _, err := runCommand(t.Context(), shell("exec sleep 60"), 50*time.Millisecond); err == nil || !strings.Contains(err.Error(), "did not end within 50ms") {
		t.Errorf("a command without an end: %v", err)
	}
	if _, err := runCommand(t.Context(), []string{filepath.Join(t.TempDir(), "none")}, time.Second); err == nil || !strings.Contains(err.Error(), "cannot be run") {
		t.Errorf("no such command: %v", err)
	}
}

func TestSecretsAreNeverShown(t *testing.T) {
	c := testPair()
	blob, _ := json.Marshal(c)
	var logged strings.Builder
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "c", c, "s", c.Secret)
	shown := fmt.Sprintf("%v %+v %#v %s %q %x %d", c, c, c, c, c, c, c) + fmt.Sprintf("%v %#v %s", &c, &c, c.Secret) + string(blob) + logged.String()
	for _, word := range []string{testKey, testSecret, fmt.Sprintf("%x", testSecret), fmt.Sprintf("%d", []byte(testSecret))} {
		if strings.Contains(shown, word) {
			t.Errorf("shown: %s", shown)
		}
	}
}

func FuzzParseOutput(f *testing.F) {
	f.Add("key\nsecret\n")
	f.Add(`{"api_key":"a","secret_key":"b"}`)
	f.Add("\x1b[31m\nx")
	f.Fuzz(func(t *testing.T, out string) {
		c, err := parseOutput([]byte(out))
		if err == nil && (c.Key.Reveal() == "" || c.Secret.Reveal() == "" || strings.ContainsAny(c.Key.Reveal()+c.Secret.Reveal(), " \n\r\x1b")) {
			t.Errorf("%q was taken", out)
		}
		if err != nil && c != (Credentials{}) {
			t.Errorf("%q gives both an error and keys", out)
		}
	})
}

func TestCancelledWhileTheKeyringIsAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	answer := make(chan struct{})
	defer close(answer)
	if _, err := call(ctx, world(t, bus, "mock"), time.Minute, func() (string, error) { <-answer; return "", nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
