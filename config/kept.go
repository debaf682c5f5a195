package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

// A keptFile is a file of the state folder that holds one value for each profile.
type keptFile[T any] struct {
	name string
	env  func(string) string
}

func (f keptFile[T]) path() string { return under(StateDir(f.env), f.name) }

// load is what is kept for a profile; false where there is nothing.
func (f keptFile[T]) load(profile string) (T, bool, error) {
	all, err := f.read()
	v, ok := all[profile]
	return v, ok, err
}

// save keeps a value for a profile and leaves those of the others as they are.
func (f keptFile[T]) save(profile string, v T) error {
	return alone(f.path(), func() error { return f.put(profile, v) })
}

func (f keptFile[T]) put(profile string, v T) error {
	all, err := f.read()
	if err != nil {
		return err
	}
	all[profile] = v
	data, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("%s cannot be written", f.name)
	}
	if len(data) >= maxFile {
		return fmt.Errorf("%s would be larger than a mebibyte: nothing is kept", f.name)
	}
	if err := writeFile(f.path(), append(data, '\n')); err != nil {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	return nil
}

// read is all that is kept; without a file that is nothing.
func (f keptFile[T]) read() (map[string]T, error) {
	all := map[string]T{}
	if f.path() == "" {
		return all, nil
	}
	data, err := readFile(f.path())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return all, nil
	case err != nil:
		return all, fmt.Errorf("%s: %w", f.name, err)
	}
	var read map[string]T
	if json.Unmarshal(data, &read) != nil {
		return all, fmt.Errorf("%s cannot be read: delete it to begin anew", f.name)
	}
	if read != nil {
		all = read
	}
	return all, nil
}
