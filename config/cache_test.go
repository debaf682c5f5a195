package config

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestClearingTheCacheTakesAllOfItAndNothingElse(t *testing.T) {
	home := t.TempDir()
	for name, env := range map[string]map[string]string{
		"apart":    {"HOME": home},
		"together": {"XDG_CACHE_HOME": home, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home},
	} {
		t.Run(name, func(t *testing.T) {
			get := func(key string) string { return env[key] }
			answers, _ := OpenAnswers(get, time.Now())
			if err := answers.Save("question-99999999999", []byte("sealed")); err != nil {
				t.Fatal(err)
			}
			if err := SaveVisits(Profile{Name: "default"}, Visits{}, get); err != nil {
				t.Fatal(err)
			}
			if c := Cache(get); c.Files != 1 || c.Bytes != 6 {
				t.Errorf("before: %+v", c)
			}
			if c, err := ClearCache(get); err != nil || c.Files != 1 {
				t.Errorf("clearing: %+v, %v", c, err)
			}
			if c := Cache(get); c.Files != 0 {
				t.Errorf("after: %+v", c)
			}
			if _, ok, err := LoadVisits(Profile{Name: "default"}, get); !ok || err != nil {
				t.Errorf("the visits went with the cache: %v", err)
			}
			if _, err := ClearCache(get); err != nil {
				t.Errorf("clearing nothing: %v", err)
			}
		})
	}
}

func TestACacheFolderThatIsALinkIsLeftAlone(t *testing.T) {
	home, others := t.TempDir(), t.TempDir()
	precious := filepath.Join(others, "precious")
	if err := os.WriteFile(precious, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(others, filepath.Join(home, "amptui")); err != nil {
		t.Skip(err)
	}
	env := func(key string) string { return map[string]string{"XDG_CACHE_HOME": home}[key] }
	if _, err := ClearCache(env); err == nil {
		t.Error("a link was followed")
	}
	if _, err := os.Stat(precious); err != nil {
		t.Errorf("what the link leads to is gone: %v", err)
	}
}
