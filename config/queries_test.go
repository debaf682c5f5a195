package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestASavedQueryKeepsAllElseInTheFile(t *testing.T) {
	env := world(t)
	put(t, QueriesPath(env), "# mine\n\nsign-ups: segment \"Sign Up\"\nbroken line\n# end")
	if err := SaveQuery("played", "segment \"Song Played\" --last 90d", env); err != nil {
		t.Fatal(err)
	}
	if err := SaveQuery("sign-ups", "segment \"Sign Up\" --by platform", env); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(QueriesPath(env))
	want := "# mine\n\nsign-ups: segment \"Sign Up\" --by platform\nbroken line\n# end\nplayed: segment \"Song Played\" --last 90d\n"
	if err != nil || string(data) != want {
		t.Errorf("the file is\n%s, %v; want\n%s", data, err, want)
	}
	queries, warnings, err := LoadQueries(env)
	if err != nil || len(queries) != 2 || queries[1].Line != "segment \"Song Played\" --last 90d" || len(warnings) != 1 || warnings[0].Line != 4 {
		t.Errorf("%v, %v, %v", queries, warnings, err)
	}
	for _, name := range []string{"", "a:b", "../x", ".hidden", "x\x1b[31m", strings.Repeat("x", 61), "-x", "a#"} {
		if SaveQuery(name, "events", env) == nil {
			t.Errorf("%q is taken for a name", name)
		}
	}
	if SaveQuery("x", "a\nb", env) == nil {
		t.Error("two lines are one query")
	}
}

func TestABoardIsAFileOfLines(t *testing.T) {
	env := world(t)
	put(t, filepath.Join(filepath.Dir(Path(env)), "boards", "morning"), "# How are we?\n\nsegment \"Song Played\"\n# not this\nplayed\n")
	b, err := LoadBoard("morning", env)
	if err != nil || b.Title != "How are we?" || len(b.Lines) != 2 || b.Lines[1] != "played" {
		t.Errorf("%+v, %v", b, err)
	}
	if _, err := LoadBoard("evening", env); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a board that is not there: %v", err)
	}
	if _, err := LoadBoard("../config.toml", env); err == nil {
		t.Error("a path is a board")
	}
	if got := Boards(env); len(got) != 1 || got[0] != "morning" {
		t.Errorf("boards %q", got)
	}
}

func FuzzParseQueries(f *testing.F) {
	f.Add("a: segment x\n# c\nb:events")
	f.Fuzz(func(t *testing.T, data string) {
		queries, _ := parseQueries(data)
		for _, q := range queries {
			again, _ := parseQueries(q.Name + ": " + q.Line)
			if len(again) != 1 || again[0].Name != q.Name || again[0].Line != q.Line {
				t.Fatalf("%+v reads back as %+v", q, again)
			}
		}
		ParseBoard("x", data)
	})
}
