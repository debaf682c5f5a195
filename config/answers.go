package config

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxAnswer and maxAnswers are how many bytes one answer and all of them may take
// on the disk.
const maxAnswer, maxAnswers = 8 << 20, 64 << 20

// longestGood is longer than any answer is of use: a file that says more was written
// when the clock was wrong, and would stay in the place of others until then.
const longestGood = 24 * time.Hour

// Answers is the folder of answers of the API, in the cache folder. What stands in it
// was sealed by the client: this package knows only that a file is named by its
// question and, behind a dash, by the Unix time at which it is of no more use.
type Answers struct{ dir string }

// OpenAnswers is the folder, with the names of what is of use in it as of now. What
// is not is deleted, and the oldest of what is too much. Without a home folder, or
// where it cannot be read, there is nothing in it.
func OpenAnswers(env func(string) string, now time.Time) (Answers, []string) {
	a := Answers{under(CacheDir(env), "answers")}
	if a.dir == "" {
		return a, nil
	}
	entries, err := os.ReadDir(a.dir)
	if err != nil {
		return a, nil
	}
	var names []string
	sizes := map[string]int64{}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		name := entry.Name()
		until, ok := end(name)
		switch {
		case ok && now.Before(until) && until.Before(now.Add(longestGood)):
			names = append(names, name)
			sizes[name] = info.Size()
		case ok, strings.HasPrefix(name, ".amptui-") && now.Sub(info.ModTime()) > time.Hour:
			a.Drop(name) // also what a program that was killed has left
		}
	}
	slices.SortFunc(names, func(x, y string) int {
		first, _ := end(x)
		second, _ := end(y)
		return second.Compare(first)
	})
	total := int64(0)
	return a, slices.DeleteFunc(names, func(name string) bool {
		total += sizes[name]
		if total > maxAnswers {
			a.Drop(name)
		}
		return total > maxAnswers
	})
}

// end is when an answer is of no more use; false for what is none.
func end(name string) (time.Time, bool) {
	_, at, _ := strings.Cut(name, "-")
	seconds, err := strconv.ParseInt(at, 10, 64)
	return time.Unix(seconds, 0), err == nil
}

// Load is what stands under a name.
func (a Answers) Load(name string) ([]byte, error) {
	return readUpTo(filepath.Join(a.dir, name), maxAnswer)
}

// Save puts it there, 0600, at once or not at all.
func (a Answers) Save(name string, sealed []byte) error {
	if a.dir == "" {
		return os.ErrNotExist
	}
	return writeFile(filepath.Join(a.dir, name), sealed)
}

// Drop takes it away.
func (a Answers) Drop(name string) { _ = os.Remove(filepath.Join(a.dir, name)) }
