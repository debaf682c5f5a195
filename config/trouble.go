package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/zalando/go-keyring"

	"amptui/api/text"
)

// What a keyring was like that did not do what it was asked.
var (
	ErrKeyringAbsent = errors.New("no keyring is in sight")
	ErrKeyringLocked = errors.New("the keyring is locked, and was not unlocked")
	ErrKeyringSilent = errors.New("the keyring did not answer")
)

// keyringError says in words of ours what the library says in those of D-Bus and of
// other systems.
func keyringError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return errNothingStored
	case errors.Is(err, keyring.ErrUnsupportedPlatform):
		return fmt.Errorf("%w: this system has none", ErrKeyringAbsent)
	}
	said := err.Error()
	switch {
	case holds(said, "was not provided by any .service files", "ServiceUnknown"):
		return fmt.Errorf("%w: nothing keeps secrets on this D-Bus session", ErrKeyringAbsent)
	case holds(said, "dial unix", "connection refused", "no such file or directory", "couldn't determine address of session bus"):
		return fmt.Errorf("%w: the D-Bus session cannot be reached", ErrKeyringAbsent)
	case holds(said, "unlock", "locked", "dismissed", "interaction is not allowed"):
		return ErrKeyringLocked
	}
	return fmt.Errorf("the keyring cannot be used: %s", text.Clean(said))
}

func holds(said string, words ...string) bool {
	for _, word := range words {
		if strings.Contains(strings.ToLower(said), strings.ToLower(word)) {
			return true
		}
	}
	return false
}
