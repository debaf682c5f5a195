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

// Removed is what [Delete] has come to.
type Removed struct {
	Path string // of the file that it was asked of; empty is the keyring
	Had  bool   // there were keys of the profile, and there are none now
}

// Delete removes a profile's credentials from the keyring, or from the file where the
// profile uses that. It waits up to 60 seconds, since the keyring may ask its user; slow
// is called where it takes long.
func Delete(ctx context.Context, profile Profile, env func(string) string, slow func()) (Removed, error) {
	return remove(ctx, profile, env, asking{time.Minute, slow}, keyring.Delete)
}

func remove(ctx context.Context, profile Profile, env func(string) string, how asking, from func(service, name string) error) (Removed, error) {
	if err := profile.check(); err != nil {
		return Removed{}, err
	}
	if profile.InsecureStorage {
		path := credentialFile(env)
		had, err := deleteFile(path, profile.Name)
		return Removed{Path: path, Had: had}, err
	}
	_, err := how.call(ctx, env, func() (string, error) { return "", from(service, profile.Name) })
	if errors.Is(err, errNothingStored) {
		return Removed{}, nil
	}
	return Removed{Had: err == nil}, err
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

// call makes one keyring call with a limit.
func call(ctx context.Context, env func(string) string, limit time.Duration, do func() (string, error)) (string, error) {
	return asking{limit: limit}.call(ctx, env, do)
}

// asking is how a keyring is asked.
type asking struct {
	limit time.Duration
	slow  func() // called where the answer takes long; may be nil
}

// patience is how long a keyring may take before something is said.
const patience = 2 * time.Second

// call makes one keyring call. The library takes no context and waits for ever on a
// prompt, so the call has a goroutine that may outlive us.
func (a asking) call(ctx context.Context, env func(string) string, do func() (string, error)) (string, error) {
	if err := KeyringInSight(env); err != nil {
		return "", err
	}
	timer := time.NewTimer(a.limit)
	defer timer.Stop()
	select {
	case turn <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	case <-timer.C:
		return "", fmt.Errorf("%w to an earlier question yet", ErrKeyringSilent)
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
	long := time.NewTimer(min(patience, a.limit/2))
	defer long.Stop()
	for {
		select {
		case r := <-done:
			return r.value, keyringError(r.err)
		case <-ctx.Done():
			return "", ctx.Err()
		case <-long.C:
			if a.slow != nil {
				a.slow()
			}
		case <-timer.C:
			return "", fmt.Errorf("%w within %s; it may be locked", ErrKeyringSilent, a.limit)
		}
	}
}

// KeyringInSight says why there can be no keyring, without asking any.
func KeyringInSight(env func(string) string) error {
	if !reachable(env) {
		return fmt.Errorf("%w: there is no D-Bus session", ErrKeyringAbsent)
	}
	return nil
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
