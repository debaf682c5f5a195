package ui

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

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

func TestReadmeListsTheKeysAsTheyAre(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), "<!-- keys:")
	note, rest, ok2 := strings.Cut(rest, "-->\n")
	table, after, ok3 := strings.Cut(rest, "\n<!-- /keys -->")
	if !ok || !ok2 || !ok3 {
		t.Fatal("README.md has no place for the keys")
	}
	want := keyTable()
	if table == want {
		return
	}
	if os.Getenv("UPDATE_GOLDEN") == "" {
		t.Fatal("README.md lists other keys than the program has: UPDATE_GOLDEN=1 go test ./ui -run TestReadme")
	}
	out := before + "<!-- keys:" + note + "-->\n" + want + "\n<!-- /keys -->" + after
	if err := os.WriteFile("../README.md", []byte(out), 0o644); err != nil {
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
