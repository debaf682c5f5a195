//go:build unix

package config

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMain runs the tests, or, as the child of one, keeps how a program is left, or
// writes the same file again and again until it is killed.
func TestMain(m *testing.M) {
	if name := os.Getenv("CONFIG_TEST_LEAVE"); name != "" {
		const beat = 200 * time.Millisecond
		time.Sleep(time.Until(time.Now().Truncate(beat).Add(beat))) // all at the same moment
		if SaveSession(Profile{Name: name}, Session{Front: name}, os.Getenv) != nil || SaveQuery(name, "segment "+name, false, os.Getenv) != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	if path := os.Getenv("CONFIG_TEST_WRITE"); path != "" {
		for {
			if writeFile(path, whole(os.Getenv("CONFIG_TEST_LETTER"))) != nil {
				os.Exit(1)
			}
		}
	}
	os.Exit(m.Run())
}

// whole is a file of one letter.
func whole(letter string) []byte { return []byte(strings.Repeat(letter, 256<<10) + "\n") }

// Two programs write the same file, and are killed while they do. Whoever reads it sees
// one whole file, and what a killed one left behind is no other file's name.
func TestNoFileIsTornWhenProgramsAreKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "amptui", "session.json")
	if err := writeFile(path, whole("0")); err != nil {
		t.Fatal(err)
	}
	seen := map[byte]bool{}
	for range 15 {
		var writers []*exec.Cmd
		for _, letter := range []string{"a", "b"} {
			c := exec.Command(os.Args[0])
			c.Env = append(os.Environ(), "CONFIG_TEST_WRITE="+path, "CONFIG_TEST_LETTER="+letter)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			writers = append(writers, c)
		}
		for end := time.Now().Add(time.Duration(20+rand.N(60)) * time.Millisecond); time.Now().Before(end); {
			b, err := readFile(path)
			if errors.Is(err, errReplaced) {
				continue // five times in a row
			}
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b, whole(string(b[:1]))) {
				t.Fatalf("the file is torn: %d bytes, %.20q", len(b), b)
			}
			seen[b[0]] = true
		}
		for _, c := range writers {
			_ = c.Process.Kill()
			_ = c.Wait()
		}
	}
	if len(seen) < 2 {
		t.Errorf("only %v were seen: nobody wrote", seen)
	}
	old := time.Now().Add(-2 * time.Hour)
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".amptui-*"))
	for _, name := range left {
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := writeFile(path, whole("0")); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "session.json" {
			t.Errorf("%s is left", e.Name())
		}
	}
}

// Whoever closes a window with several programs in it finds all as they were.
func TestNoProgramUndoesWhatAnotherKeeps(t *testing.T) {
	home := t.TempDir()
	env := func(name string) string { return map[string]string{"HOME": home}[name] }
	const programs = 12
	var leaving []*exec.Cmd
	for i := range programs {
		c := exec.Command(os.Args[0])
		c.Env = []string{"HOME=" + home, fmt.Sprintf("CONFIG_TEST_LEAVE=p%d", i)}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		leaving = append(leaving, c)
	}
	for _, c := range leaving {
		if err := c.Wait(); err != nil {
			t.Error(err)
		}
	}
	queries, _, err := LoadQueries(env)
	if err != nil || len(queries) != programs {
		t.Errorf("%v, %d of %d queries are saved", err, len(queries), programs)
	}
	for i := range programs {
		name := fmt.Sprintf("p%d", i)
		if s, ok, err := LoadSession(Profile{Name: name}, env); err != nil || !ok || s.Front != name {
			t.Errorf("%s was left as %+v, %v, %v", name, s, ok, err)
		}
	}
}

// Who holds the folder for ever keeps nobody from saving.
func TestAFolderThatIsHeldIsNotWaitedForForEver(t *testing.T) {
	home := t.TempDir()
	env := func(name string) string { return map[string]string{"HOME": home}[name] }
	if err := SaveSession(Profile{Name: "a"}, Session{Front: "x"}, env); err != nil {
		t.Fatal(err)
	}
	dir, err := os.Open(StateDir(env))
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	if err := lock(dir); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := SaveSession(Profile{Name: "b"}, Session{Front: "y"}, env); err != nil || time.Since(began) > 3*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}
