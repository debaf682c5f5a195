package config

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestASavedQueryKeepsAllElseInTheFile(t *testing.T) {
	env := world(t)
	put(t, QueriesPath(env), "# mine\n\nsign-ups: segment \"Sign Up\"\nbroken line\n# end")
	if err := SaveQuery("played", "segment \"Song Played\" --last 90d", false, env); err != nil {
		t.Fatal(err)
	}
	if err := SaveQuery("sign-ups", "segment \"Sign Up\" --by platform", true, env); err != nil {
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
		if SaveQuery(name, "events", false, env) == nil {
			t.Errorf("%q is taken for a name", name)
		}
	}
	if SaveQuery("x", "a\nb", false, env) == nil {
		t.Error("two lines are one query")
	}
}

func TestABoardIsAFileOfLines(t *testing.T) {
	env := world(t)
	put(t, filepath.Join(filepath.Dir(Path(env)), "boards", "morning"), "# How are we?\n\nsegment \"Song Played\"\n# not this\nplayed\n")
	put(t, filepath.Join(BoardsPath(env), ".hidden"), "events")
	if err := os.Mkdir(filepath.Join(BoardsPath(env), "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	boards := LoadBoards(env)
	want := []BoardRow{{"segment \"Song Played\"", 3}, {"played", 5}}
	if len(boards) != 1 || boards[0].Name != "morning" || boards[0].Title != "How are we?" || boards[0].Err != nil || !reflect.DeepEqual(boards[0].Rows, want) {
		t.Errorf("%+v", boards)
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(BoardsPath(env), "elsewhere")); err != nil {
		t.Skip("no links here")
	}
	if boards = LoadBoards(env); len(boards) != 2 || boards[0].Err == nil {
		t.Errorf("with a link: %+v", boards)
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

// Whatever the file holds, a query that is saved reads back, and every other line
// stays as it was.
func FuzzSaveQuery(f *testing.F) {
	f.Add("# mine\r\n\r\na: events\r\n", "a", "segment x")
	f.Add("\ufeffa: events\n\n\n", "b", "segment 'x: y'")
	f.Add("no line", "c", "events")
	f.Add("a: x\na: y", "a", "z")
	f.Fuzz(func(t *testing.T, data, name, line string) {
		env := world(t)
		put(t, QueriesPath(env), data)
		err := SaveQuery(name, line, true, env)
		now, readErr := os.ReadFile(QueriesPath(env))
		if readErr != nil {
			t.Fatal(readErr)
		}
		if err != nil {
			if string(now) != data {
				t.Fatalf("%v, and the file has changed from %q to %q", err, data, now)
			}
			return
		}
		queries, _ := parseQueries(string(now))
		at := slices.IndexFunc(queries, func(q SavedQuery) bool { return q.Name == name })
		if at < 0 || queries[at].Line != strings.TrimSpace(line) {
			t.Fatalf("%q: %q in %q reads back as %v", name, line, data, queries)
		}
		if data == "" {
			data = queriesHead
		}
		was, is := strings.Split(data, "\n"), strings.Split(string(now), "\n")
		for i, row := range was {
			if i+1 != queries[at].At && row != is[i] {
				t.Fatalf("line %d of %q is %q now", i+1, data, is[i])
			}
		}
	})
}

func FuzzParseBoard(f *testing.F) {
	f.Add("# How are we?\nsign-ups\nsegment Purchase\n")
	f.Add("\ufeff\r\n#\n#\n\x1b]0;x\x07")
	f.Fuzz(func(t *testing.T, data string) {
		lines := strings.Count(data, "\n") + 1
		for _, row := range ParseBoard("morning", data).Rows {
			if row.At < 1 || row.At > lines || row.Text == "" {
				t.Errorf("line %d of %d is %q", row.At, lines, row.Text)
			}
		}
	})
}
