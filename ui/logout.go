package ui

import (
	"errors"
	"fmt"

	"amptui/api/text"
	"amptui/config"
)

// deleted says what logout has deleted.
func deleted(done config.Removed) string {
	from := "the keyring"
	if done.Path != "" {
		from = text.Clean(done.Path)
	}
	if !done.Had {
		return "nothing was deleted, since " + from + " has no keys of it"
	}
	return "the keys are deleted from " + from
}

// leftOver are the places that logout leaves alone and that amptui takes keys from
// before it looks for stored ones.
func (p *program) leftOver(profile config.Profile) []string {
	var left []string
	if p.env("AMPLITUDE_API_KEY") != "" || p.env("AMPLITUDE_SECRET_KEY") != "" {
		left = append(left, "the environment has keys too: unset AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY to be without")
	}
	if len(profile.CredentialCommand) > 0 {
		left = append(left, "the profile's credential_command stays: it gives keys as before")
	}
	return left
}

// notDeleted says why logout has deleted nothing, or does not know, and what to do.
func notDeleted(profile config.Profile, err error) error {
	name := text.Clean(profile.Name)
	switch {
	case errors.Is(err, config.ErrKeyringAbsent):
		return fmt.Errorf("%w, so nothing was deleted: if the keys of profile %s are in the keyring of a desktop session, run amptui logout there", err, name)
	case errors.Is(err, config.ErrKeyringLocked):
		return fmt.Errorf("%w: the keys of profile %s are still in it; unlock it and run amptui logout again", err, name)
	case errors.Is(err, config.ErrKeyringSilent):
		return fmt.Errorf("%w: whether the keys of profile %s are deleted is not known; unlock it, then run amptui logout again", err, name)
	}
	return fmt.Errorf("the keys of profile %s were not deleted: %w", name, err)
}

// notStored says why login could not store keys that work, and what else there is.
func notStored(err error) error {
	const others = "use --session, the environment, credential_command or --insecure-storage"
	switch {
	case errors.Is(err, config.ErrKeyringSilent):
		return fmt.Errorf("the keys work, but whether they are stored is not known: %w; unlock it and run amptui login again, or use --session", err)
	case errors.Is(err, config.ErrKeyringLocked):
		return fmt.Errorf("the keys work, but are not stored: %w: unlock it and run amptui login again, or use --session or --insecure-storage", err)
	}
	return fmt.Errorf("the keys work, but are not stored: %w; "+others, err)
}
