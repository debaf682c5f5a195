package config

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"amptui/api/text"
)

const (
	service = "amptui"
	maxItem = 2000 // bytes; Windows takes 2560
)

// errNothingStored is the answer of a keyring that works.
var errNothingStored = errors.New("nothing is stored for the profile")

// KeyringState is how the keyring stood to a profile when its keys were looked for.
type KeyringState struct {
	Asked bool // no other way has decided before
	Works bool // it answers
	Holds bool // it has keys for the profile
	Says  string
}

// KeyringAt is how the keyring stood when [Resolve] gave this source and error. It
// asks nothing itself: a keyring that another way makes needless may want to be
// unlocked, and one that hangs is waited for once.
func KeyringAt(from Source, err error) KeyringState {
	none := (*None)(nil)
	switch {
	case err == nil && from == FromKeyring:
		return KeyringState{Asked: true, Works: true, Holds: true, Says: "it answers, and has keys for the profile"}
	case errors.As(err, &none) && none.keyring.Asked:
		return none.keyring
	case from != 0:
		return KeyringState{Says: "not asked, since the " + from.String() + " decides"}
	}
	return KeyringState{Says: "not asked"}
}

// turn lets one keyring call run at a time. A call that nobody answers keeps
// it for the process's life: a second one would only hang beside it.
var turn = make(chan struct{}, 1)

// item is what is stored for a profile: the pair and the origin it is for.
type item struct {
	Origin string `json:"origin"`
	Key    string `json:"api_key"`
	Secret string `json:"secret_key"`
}

// credentials are the item's, if it is for this origin.
func (i item) credentials(origin string) (Credentials, error) {
	if i.Origin != origin {
		return Credentials{}, errors.New("what is stored is for another host: run amptui login again")
	}
	return pair(i.Key, i.Secret)
}

// Store keeps a profile's credentials in the keyring, bound to the profile's own origin.
// It waits up to 60 seconds, since the keyring may ask its user.
func Store(ctx context.Context, profile Profile, c Credentials, env func(string) string) error {
	own, err := storable(profile, c, env)
	if err != nil {
		return err
	}
	value, err := json.Marshal(item{Origin: own, Key: c.Key.Reveal(), Secret: c.Secret.Reveal()})
	if err != nil || len(value) > maxItem {
		return errors.New("the keys are too long for a keyring")
	}
	_, err = call(ctx, env, time.Minute, func() (string, error) {
		return "", keyring.Set(service, profile.Name, string(value))
	})
	return err
}

// storable checks a pair before it is stored. With AMPTUI_BASE_URL for another
// host it was checked there, so it must not be stored as the profile's.
func storable(p Profile, c Credentials, env func(string) string) (own string, err error) {
	if err := p.check(); err != nil {
		return "", err
	}
	if _, err := pair(c.Key.Reveal(), c.Secret.Reveal()); err != nil {
		return "", err
	}
	own, err = p.own()
	if err != nil {
		return "", err
	}
	if p.Origin(env) != own {
		return "", errors.New("AMPTUI_BASE_URL names another host than the profile: unset it, or give the profile a base_url")
	}
	return own, nil
}

// Delete removes a profile's credentials from the keyring, or from the file
// where the profile uses that. Where there are none it does nothing.
func Delete(ctx context.Context, profile Profile, env func(string) string) error {
	if err := profile.check(); err != nil {
		return err
	}
	if profile.InsecureStorage {
		return deleteFile(credentialFile(env), profile.Name)
	}
	_, err := call(ctx, env, time.Minute, func() (string, error) {
		err := keyring.Delete(service, profile.Name)
		if errors.Is(err, keyring.ErrNotFound) {
			err = nil
		}
		return "", err
	})
	return err
}

// fromKeyring finds a profile's keys, or says how the keyring stands that has none.
func fromKeyring(ctx context.Context, name, origin string, env func(string) string, limit time.Duration) (Credentials, KeyringState, error) {
	value, err := call(ctx, env, limit, func() (string, error) { return keyring.Get(service, name) })
	if err != nil && !errors.Is(err, errNothingStored) {
		return Credentials{}, KeyringState{Asked: true, Says: err.Error()}, err
	}
	var c Credentials
	if err == nil {
		c, err = stored(value, origin)
	}
	if err != nil {
		return Credentials{}, KeyringState{Asked: true, Works: true, Says: "it answers; " + err.Error()}, err
	}
	return c, KeyringState{}, nil
}

// stored reads what the keyring holds for a profile.
func stored(value, origin string) (Credentials, error) {
	var i item
	if len(value) > maxItem || json.Unmarshal([]byte(value), &i) != nil {
		return Credentials{}, errors.New("what is stored cannot be read: run amptui login again")
	}
	return i.credentials(origin)
}

// call makes one keyring call with a limit. The library takes no context and
// waits for ever on a prompt, so the call has a goroutine that may outlive us.
func call(ctx context.Context, env func(string) string, limit time.Duration, do func() (string, error)) (string, error) {
	if !reachable(env) {
		return "", errors.New("no keyring is in sight: there is no D-Bus session")
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case turn <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	case <-timer.C:
		return "", errors.New("the keyring still waits for an answer to an earlier question")
	}
	type result struct {
		value string
		err   error
	}
	done := make(chan result, 1)
	go func() {
		defer func() { <-turn }()
		defer func() {
			if recover() != nil {
				done <- result{err: errors.New("the keyring's library failed")}
			}
		}()
		value, err := do()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, keyringError(r.err)
	case <-ctx.Done():
		return "", ctx.Err()
	case <-timer.C:
		return "", fmt.Errorf("the keyring did not answer within %s; it may be locked", limit)
	}
}

func keyringError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return errNothingStored
	case errors.Is(err, keyring.ErrUnsupportedPlatform):
		return errors.New("this system has no keyring")
	}
	return fmt.Errorf("the keyring cannot be used: %s", text.Clean(err.Error()))
}

// reachable says whether a keyring may be called. On Linux and the BSDs a call
// without a bus starts one that stays behind, so there must be a bus first.
func reachable(env func(string) string) bool {
	switch runtime.GOOS {
	case "darwin", "windows":
		return true
	}
	if address := env("DBUS_SESSION_BUS_ADDRESS"); address != "" && !strings.HasPrefix(address, "autolaunch:") {
		return true
	}
	_, err := os.Stat("/run/user/" + strconv.Itoa(os.Getuid()) + "/bus")
	return err == nil
}
