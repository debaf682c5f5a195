package config

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestAnswersOfNoMoreUseAreDeleted(t *testing.T) {
	home := t.TempDir()
	env := func(name string) string { return map[string]string{"XDG_CACHE_HOME": home}[name] }
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	a, names := OpenAnswers(env, now)
	if len(names) != 0 {
		t.Fatalf("at first there is %v", names)
	}
	good, old := fmt.Sprintf("ab12-%d", now.Unix()+60), fmt.Sprintf("cd34-%d", now.Unix()-60)
	ahead := fmt.Sprintf("ef56-%d", now.AddDate(1, 0, 0).Unix()) // written when the clock was a year ahead
	for _, name := range []string{good, old, ahead} {
		if err := a.Save(name, []byte(name)); err != nil {
			t.Fatal(err)
		}
	}
	foreign := filepath.Join(home, "amptui", "answers", "notes.txt")
	if err := os.WriteFile(foreign, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	a, names = OpenAnswers(env, now)
	if len(names) != 1 || names[0] != good {
		t.Errorf("there is %v", names)
	}
	if b, err := a.Load(good); err != nil || string(b) != good {
		t.Errorf("%q, %v", b, err)
	}
	for _, name := range []string{old, ahead} {
		if _, err := a.Load(name); err == nil {
			t.Errorf("what is over is still there: %s", name)
		}
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Errorf("a file that is none of ours is gone: %v", err)
	}
}

func TestAnswersTakeOnlySoMuchRoom(t *testing.T) {
	home := t.TempDir()
	env := func(name string) string { return map[string]string{"XDG_CACHE_HOME": home}[name] }
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	a, _ := OpenAnswers(env, now)
	for i := range 10 {
		name := fmt.Sprintf("%d-%d", i, now.Unix()+int64(i)+1)
		if err := a.Save(name, nil); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(filepath.Join(a.dir, name), maxAnswers/4); err != nil {
			t.Fatal(err)
		}
	}
	if _, names := OpenAnswers(env, now); len(names) != 4 || names[0][:1] != "9" {
		t.Errorf("%v are kept", names)
	}
	entries, _ := os.ReadDir(a.dir)
	if len(entries) != 4 {
		t.Errorf("%d files are left", len(entries))
	}
}

func TestWithoutAHomeNoAnswerIsKept(t *testing.T) {
	a, names := OpenAnswers(func(string) string { return "" }, time.Now())
	if len(names) != 0 || a.Save("ab-1", nil) == nil {
		t.Errorf("%v, and something is written", names)
	}
	a.Drop("ab-1") // nothing happens
}
