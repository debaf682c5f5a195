package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

const (
	mostPins    = 100
	longestName = 1000 // bytes
)

// pinFile is where the names of pinned properties are kept, by profile.
func pinFile(env func(string) string) string { return under(StateDir(env), "pins.json") }

// LoadPins is the names of the properties that a profile pins: those that were
// pinned in the program, else those of the configuration. A file that cannot be
// read is an error, and the configuration's pins hold.
func LoadPins(profile Profile, env func(string) string) ([]string, error) {
	pins, err := readPins(pinFile(env))
	if kept, ok := pins[profile.Name]; ok && err == nil {
		return kept, nil
	}
	return profile.Pins, err
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
	path := pinFile(env)
	pins, err := readPins(path)
	if err != nil {
		return err
	}
	pins[profile.Name] = append([]string{}, names...)
	data, err := json.MarshalIndent(pins, "", "  ")
	if err != nil {
		return errors.New("pins.json cannot be written")
	}
	if err := writeFile(path, append(data, '\n')); err != nil {
		return fmt.Errorf("pins.json: %w", err)
	}
	return nil
}

// readPins reads the file; where there is none, nothing is pinned.
func readPins(path string) (map[string][]string, error) {
	none := map[string][]string{}
	if path == "" {
		return none, nil
	}
	data, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return none, nil
	}
	if err != nil {
		return none, fmt.Errorf("pins.json: %w", err)
	}
	var pins map[string][]string
	if json.Unmarshal(data, &pins) != nil {
		return none, errors.New("pins.json cannot be read: delete it to begin anew")
	}
	if pins == nil {
		pins = none
	}
	return pins, nil
}
