package ui

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"amptui/config"
	"amptui/keys"
)

// keyTable is the documentation's list of keys, made from the one table.
func keyTable() string {
	var b strings.Builder
	m := keys.Default()
	place := keys.Place("")
	for _, k := range m.All() {
		if k.Place != place {
			place = k.Place
			fmt.Fprintf(&b, "\n**%s**\n\n| key | does | name |\n|---|---|---|\n", strings.ToUpper(string(place[:1]))+string(place[1:]))
		}
		var shown []string
		for _, s := range k.Keys() {
			shown = append(shown, "`"+keys.Show(s)+"`")
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", strings.Join(shown, " "), k.Help().Desc, k.Name)
	}
	return b.String()
}

// Parts of README.md are made from what the program has.
func TestReadmeListsKeysAndConfigurationAsTheyAre(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(text)
	for name, want := range map[string]string{"keys": keyTable(), "config": "```toml\n" + config.Template() + "```"} {
		before, rest, ok := strings.Cut(readme, "<!-- "+name+":")
		note, rest, ok2 := strings.Cut(rest, "-->\n")
		is, after, ok3 := strings.Cut(rest, "<!-- /"+name+" -->")
		if !ok || !ok2 || !ok3 {
			t.Fatalf("README.md has no place for the part %s", name)
		}
		if is == want+"\n" {
			continue
		}
		if os.Getenv("UPDATE_GOLDEN") == "" {
			t.Errorf("README.md says something else of %s than the program has: UPDATE_GOLDEN=1 go test ./ui -run TestReadme", name)
		}
		readme = before + "<!-- " + name + ":" + note + "-->\n" + want + "\n<!-- /" + name + " -->" + after
	}
	if os.Getenv("UPDATE_GOLDEN") == "" || readme == string(text) {
		return
	}
	if err := os.WriteFile("../README.md", []byte(readme), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The tests that the README says hold a promise are there.
func TestTheReadmeNamesTestsThatThereAre(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	err = filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		all.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile("`((?:Test|Fuzz)[A-Z][A-Za-z0-9]+)`").FindAllStringSubmatch(string(readme), -1)
	for _, name := range names {
		if !strings.Contains(all.String(), "\nfunc "+name[1]+"(") {
			t.Errorf("there is no %s", name[1])
		}
	}
	if len(names) < 15 {
		t.Errorf("only %d tests are named", len(names))
	}
}
