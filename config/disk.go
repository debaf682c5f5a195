package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

const maxFile = 1 << 20 // bytes

// readFile reads a plain file of this user, of at most 1 MiB. A symlink in the
// file's own place is refused; one in the folders above it is the user's.
func readFile(path string) ([]byte, error) { return readUpTo(path, maxFile) }

// errReplaced says that another file took the place while this one was opened.
var errReplaced = errors.New("the file changed while it was opened")

// readUpTo is readFile for files of whole mebibytes. Another program may be replacing
// the file: then the new one is read.
func readUpTo(path string, limit int64) (data []byte, err error) {
	for range 5 {
		if data, err = readOnce(path, limit); !errors.Is(err, errReplaced) {
			break
		}
	}
	return data, err
}

func readOnce(path string, limit int64) ([]byte, error) {
	before, err := os.Lstat(path)
	if err != nil {
		return nil, cause(err)
	}
	if err := plain(before); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, cause(err)
	}
	defer f.Close()
	// Between the look and the opening another file may have taken the place.
	if after, err := f.Stat(); err != nil || !os.SameFile(before, after) {
		return nil, errReplaced
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, cause(err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("the file is larger than %d MiB", limit>>20)
	}
	return data, nil
}

// plain refuses what is not a file of this user.
func plain(info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return errors.New("it is not a plain file (a link or a device is not read)")
	}
	if !mine(info) {
		return errors.New("the file belongs to another user")
	}
	return nil
}

// cause is a file error without the path, which comes from outside.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// writeFile puts data in the place of the file at once: readers see the old or
// the new file, never a part. The file is 0600 and its folder, if it has to be
// made, 0700 under any umask.
func writeFile(path string, data []byte) (err error) {
	if path == "" {
		return errors.New("there is no home folder to write to")
	}
	if info, err := os.Lstat(path); err == nil {
		if err := plain(info); err != nil {
			return err
		}
	}
	dir := filepath.Dir(path)
	if err := makeDir(dir); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".amptui-*")
	if err != nil {
		return cause(err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	if err := fill(f, data); err != nil {
		return cause(err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("the file cannot be replaced: %w", errors.Unwrap(err))
	}
	sweep(dir)
	return nil
}

// longestWait is how long another program may be in the way of a change.
const longestWait = time.Second

// alone changes a file, from reading it to writing it again, while no other program
// changes one of the same folder: of two that ended at the same moment, as when the
// terminal's window is closed, one would undo what the other has kept. What is in the
// way for longer might never go, and is not waited for.
func alone(path string, change func() error) error {
	if path == "" || makeDir(filepath.Dir(path)) != nil {
		return change() // which says why it cannot
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return change()
	}
	defer dir.Close()
	for end := time.Now().Add(longestWait); lock(dir) != nil && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	return change()
}

// sweep deletes what programs that were killed while they wrote have left in a folder.
func sweep(dir string) {
	left, _ := filepath.Glob(filepath.Join(dir, ".amptui-*")) // the pattern is a good one
	for _, path := range left {
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(path)
		}
	}
}

func fill(f *os.File, data []byte) error {
	_, err := f.Write(data)
	return errors.Join(f.Chmod(0o600), err, f.Sync(), f.Close())
}

// makeDir makes the folder 0700; one that exists must be a folder of this user.
func makeDir(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return cause(err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return cause(err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return cause(err)
	}
	if !info.IsDir() || !mine(info) {
		return errors.New("the folder is a link or belongs to another user")
	}
	return cause(os.Chmod(dir, 0o700))
}
