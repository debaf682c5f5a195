package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Cached is how much there is in the cache folder.
type Cached struct {
	Dir   string // empty where env has no home
	Files int
	Bytes int64
}

// Cache counts what is in the cache folder.
func Cache(env func(string) string) Cached {
	c := Cached{Dir: cacheOnly(env)}
	if c.Dir == "" {
		return c
	}
	// What cannot be read is not counted; a link is counted and not followed.
	_ = filepath.WalkDir(c.Dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			c.Files++
			c.Bytes += info.Size()
		}
		return nil
	})
	return c
}

// ClearCache deletes the cache folder with all that is in it, and says what that
// was. A folder that is a link or another user's is left alone.
func ClearCache(env func(string) string) (Cached, error) {
	c := Cache(env)
	if c.Dir == "" {
		return c, errors.New("there is no home folder, and so no cache")
	}
	info, err := os.Lstat(c.Dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, nil
	case err != nil:
		return c, fmt.Errorf("the cache folder: %w", cause(err))
	case !info.IsDir() || !mine(info):
		return c, errors.New("the cache folder is a link or belongs to another user: it is left alone")
	}
	if err := os.RemoveAll(c.Dir); err != nil {
		return c, fmt.Errorf("the cache folder: %w", cause(err))
	}
	return c, nil
}

// cacheOnly is the folder that holds nothing but what can be fetched again: where
// the environment puts cache and state or configuration together, that of the
// answers alone.
func cacheOnly(env func(string) string) string {
	dir := CacheDir(env)
	if dir == StateDir(env) || dir == filepath.Dir(Path(env)) {
		return under(dir, "answers")
	}
	return dir
}
