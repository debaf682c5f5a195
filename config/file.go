package config

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// credentialFile is where insecure_storage keeps the keys, beside config.toml.
func credentialFile(env func(string) string) string {
	path := Path(env)
	if path == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(path), "credentials.json")
}

// StoreFile keeps a profile's credentials in a file that only this user can
// read, notes insecure_storage in the profile, and returns the file's path.
// Call it only where the user asked for just that.
func StoreFile(profile Profile, c Credentials, env func(string) string) (string, error) {
	own, err := storable(profile, c, env)
	if err != nil {
		return "", err
	}
	path := credentialFile(env)
	err = alone(path, func() error {
		items, err := readItems(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if items == nil {
			items = map[string]item{}
		}
		items[profile.Name] = item{Origin: own, Key: c.Key.Reveal(), Secret: c.Secret.Reveal()}
		return writeItems(path, items)
	})
	if err != nil {
		return "", err
	}
	profile.InsecureStorage = true
	return path, SaveProfile(profile, env)
}

func fromFile(path, name, origin string) (Credentials, error) {
	items, err := readItems(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Credentials{}, errors.New("there is no file credentials.json")
	}
	if err != nil {
		return Credentials{}, err
	}
	stored, ok := items[name]
	if !ok {
		return Credentials{}, errors.New("credentials.json has nothing for the profile")
	}
	return stored.credentials(origin)
}

// deleteFile takes a profile's keys out of the file, and says whether there were any.
func deleteFile(path, name string) (had bool, err error) {
	if _, err := readItems(path); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	err = alone(path, func() error {
		items, err := readItems(path)
		if err != nil {
			return err
		}
		if _, had = items[name]; !had {
			return nil
		}
		delete(items, name)
		return writeItems(path, items)
	})
	return had && err == nil, err
}

// readItems refuses a file that others could have read or written.
func readItems(path string) (map[string]item, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, cause(err)
	}
	if !private(info) {
		return nil, errors.New("credentials.json can be read by others: chmod 600 it")
	}
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	var items map[string]item
	if json.Unmarshal(data, &items) != nil {
		return nil, errors.New("credentials.json cannot be read: run amptui login again")
	}
	return items, nil
}

func writeItems(path string, items map[string]item) error {
	data, err := json.MarshalIndent(items, "", "  ")
	if err != nil {
		return errors.New("the keys cannot be written")
	}
	return writeFile(path, append(data, '\n'))
}
