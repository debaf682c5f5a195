package config

import "fmt"

const (
	mostPins    = 100
	longestName = 1000 // bytes
)

// pins are the names of pinned properties.
func pins(env func(string) string) keptFile[[]string] { return keptFile[[]string]{"pins.json", env} }

// LoadPins is the names of the properties that a profile pins: those that were
// pinned in the program, else those of the configuration. A file that cannot be
// read is an error, and the configuration's pins hold.
func LoadPins(profile Profile, env func(string) string) ([]string, error) {
	if kept, ok, err := pins(env).load(profile.Name); ok || err != nil {
		if err != nil {
			return profile.Pins, err
		}
		return kept, nil
	}
	return profile.Pins, nil
}

// SavePins keeps the names of the properties that a profile pins: names only,
// never a value. Without any the profile pins nothing, whatever the
// configuration says.
func SavePins(profile Profile, names []string, env func(string) string) error {
	if len(names) > mostPins {
		return fmt.Errorf("%d pinned properties are too many: %d at most", len(names), mostPins)
	}
	for _, name := range names {
		if name == "" || len(name) > longestName {
			return fmt.Errorf("a property's name is 1 to %d bytes", longestName)
		}
	}
	return pins(env).save(profile.Name, append([]string{}, names...))
}
