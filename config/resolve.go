package config

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"amptui/api/text"
)

// ErrNone says that no way gave credentials; the error that Resolve returns is
// then a *None with the reason of each way.
var ErrNone = errors.New("no API key and secret key were found")

// ErrWay says that a way which is set does not work. The later ways are then
// not tried: they might hold the keys of something else.
var ErrWay = errors.New("the credentials cannot be read")

// Credentials are a project's API key and secret key.
type Credentials struct {
	Key    text.Secret
	Secret text.Secret
}

// Source is the way that credentials came by. The zero Source is none of them.
type Source int

// The ways, in the order in which they are tried.
const (
	FromEnv     Source = iota + 1 // AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY
	FromCommand                   // the profile's credential_command
	FromKeyring                   // the keyring of the computer
	FromFile                      // the file that login --insecure-storage writes
)

// String names the way.
func (s Source) String() string {
	switch s {
	case FromEnv:
		return "environment"
	case FromCommand:
		return "credential_command"
	case FromKeyring:
		return "keyring"
	case FromFile:
		return "file"
	}
	return "none"
}

// A Reason is why a way gave no credentials, as a clean clause without a full
// stop.
type Reason struct {
	Source Source
	Text   string
}

// None is the error of a profile without credentials. It is ErrNone to
// errors.Is.
type None struct {
	// Reasons has one row a way, in the order of the ways.
	Reasons []Reason

	keyring KeyringState
}

// Error is all reasons in one line.
func (n *None) Error() string {
	parts := make([]string, len(n.Reasons))
	for i, r := range n.Reasons {
		parts[i] = r.Source.String() + ": " + r.Text
	}
	return ErrNone.Error() + " (" + strings.Join(parts, "; ") + ")"
}

// Is makes errors.Is(err, ErrNone) hold.
func (n *None) Is(target error) bool { return target == ErrNone }

// Resolve finds the credentials of a profile: environment, credential_command,
// keyring, file. The first way that is set decides; a later one, the keyring
// above all, is then not touched, and a way that is set but fails is an error
// (ErrWay). With insecure_storage the file stands in the keyring's place.
//
// Credentials are bound to an origin. Where AMPTUI_BASE_URL of env names
// another origin than the profile's own, only the environment's credentials are
// used: who sets the address there must give the keys there. What the keyring
// and the file hold is used only if it was stored for the profile's origin of
// now, so an edited base_url does not send an old key to a new host.
//
// A hanging keyring takes at most 3 seconds, a command 10.
func Resolve(ctx context.Context, profile Profile, env func(string) string) (Credentials, Source, error) {
	return resolver{env: env, read: 3 * time.Second, run: 10 * time.Second}.resolve(ctx, profile)
}

// resolver is what Resolve is made of, with its limits open to tests.
type resolver struct {
	env       func(string) string
	read, run time.Duration
}

func (r resolver) resolve(ctx context.Context, p Profile) (Credentials, Source, error) {
	if err := p.check(); err != nil {
		return Credentials{}, 0, err
	}
	other, err := override(r.env)
	if err != nil {
		return Credentials{}, 0, err
	}
	own, _ := p.own()
	none := &None{}
	c, why, err := fromEnv(r.env)
	if found := err != nil || !c.isZero(); found {
		return c, FromEnv, err
	}
	none.add(FromEnv, why)
	if other != "" && other != own {
		none.foreign()
		return Credentials{}, 0, none
	}
	if len(p.CredentialCommand) > 0 {
		c, err := runCommand(ctx, p.CredentialCommand, r.run)
		return c, FromCommand, wrapWay(FromCommand, err)
	}
	none.add(FromCommand, "the profile has none")
	return r.stored(ctx, p, own, none)
}

// stored reads what login stored: the file if the profile opted in, else the
// keyring.
func (r resolver) stored(ctx context.Context, p Profile, own string, none *None) (Credentials, Source, error) {
	if p.InsecureStorage {
		none.add(FromKeyring, "the profile uses the file")
		c, err := fromFile(credentialFile(r.env), p.Name, own)
		if err == nil {
			return c, FromFile, nil
		}
		none.add(FromFile, err.Error())
		return Credentials{}, 0, none
	}
	c, state, err := fromKeyring(ctx, p.Name, own, r.env, r.read)
	none.keyring = state
	if err == nil {
		return c, FromKeyring, nil
	}
	if ctx.Err() != nil {
		return Credentials{}, 0, ctx.Err()
	}
	none.add(FromKeyring, err.Error())
	none.add(FromFile, "the profile has no insecure_storage = true")
	return Credentials{}, 0, none
}

func (n *None) add(s Source, why string) { n.Reasons = append(n.Reasons, Reason{Source: s, Text: why}) }

// foreign is why the profile's own ways are not used for another host.
func (n *None) foreign() {
	for _, s := range []Source{FromCommand, FromKeyring, FromFile} {
		n.add(s, "AMPTUI_BASE_URL names another host than the profile")
	}
}

func wrapWay(s Source, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%w: %s: %s", ErrWay, s, err.Error())
}

func (c Credentials) isZero() bool { return c.Key.Reveal() == "" && c.Secret.Reveal() == "" }

// fromEnv takes both variables or none.
func fromEnv(env func(string) string) (c Credentials, why string, err error) {
	key, secret := strings.TrimSpace(env("AMPLITUDE_API_KEY")), strings.TrimSpace(env("AMPLITUDE_SECRET_KEY"))
	switch {
	case key == "" && secret == "":
		return Credentials{}, "AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY are not set", nil
	case key == "":
		return Credentials{}, "", wrapWay(FromEnv, errors.New("AMPLITUDE_SECRET_KEY is set but AMPLITUDE_API_KEY is not"))
	case secret == "":
		return Credentials{}, "", wrapWay(FromEnv, errors.New("AMPLITUDE_API_KEY is set but AMPLITUDE_SECRET_KEY is not"))
	}
	c, err = pair(key, secret)
	return c, "", wrapWay(FromEnv, err)
}

// pair makes credentials of two words that an authorization header can carry.
func pair(key, secret string) (Credentials, error) {
	for _, word := range []string{key, secret} {
		if word == "" {
			return Credentials{}, errors.New("the API key or the secret key is empty")
		}
		if len(word) > 512 {
			return Credentials{}, errors.New("the API key or the secret key is longer than 512 bytes")
		}
		if strings.ContainsFunc(word, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return Credentials{}, errors.New("the API key or the secret key holds blanks or odd characters")
		}
	}
	return Credentials{Key: text.NewSecret(key), Secret: text.NewSecret(secret)}, nil
}
