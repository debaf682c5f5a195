package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows says which package may import which of ours. Nothing else is allowed.
func arrows() map[string][]string {
	views := []string{"amptui/views", "amptui/views/query", "amptui/keys", "amptui/api", "amptui/api/text", "amptui/charts", "amptui/charts/theme"}
	return map[string][]string{
		"amptui":                         {"amptui/ui"},
		"amptui/api/text":                nil,
		"amptui/api":                     {"amptui/api/text"},
		"amptui/api/demo":                {"amptui/api/text"},
		"amptui/charts/theme/background": nil,
		"amptui/charts/theme":            {"amptui/charts/theme/background"},
		"amptui/charts/width":            nil,
		"amptui/charts":                  {"amptui/charts/theme", "amptui/charts/width"},
		"amptui/charts/golden":           nil,
		"amptui/keys":                    nil,
		"amptui/config":                  {"amptui/api/text"},
		"amptui/views/query":             {"amptui/api", "amptui/api/text"},
		"amptui/views":                   {"amptui/views/query", "amptui/keys", "amptui/api", "amptui/api/text", "amptui/charts", "amptui/charts/theme"},
		"amptui/views/form":              {"amptui/views", "amptui/views/query", "amptui/keys", "amptui/api/text", "amptui/charts", "amptui/charts/theme"},
		"amptui/views/*":                 views,
		"amptui/ui/paint":                {"amptui/charts/theme/background", "amptui/charts/width"},
	}
}

// outside says which of others' packages only some of ours may import.
func outside() map[string][]string {
	return map[string][]string{
		"github.com/NimbleMarkets/ntcharts": {"amptui/charts"},
		"github.com/charmbracelet/lipgloss": {"amptui/charts/theme", "amptui/charts/theme/background"},
		"github.com/zalando/go-keyring":     {"amptui/config"},
		"github.com/BurntSushi/toml":        {"amptui/config"},
		"github.com/spf13/cobra":            {"amptui/ui"},
		"net/http":                          {"amptui/api", "amptui/api/demo", "amptui/api/demo/fault", "amptui/ui"},
		"golang.org/x/sync/errgroup":        {"amptui/views"}, // starts goroutines, which Together guards
		"golang.org/x/sync/singleflight":    {"amptui/api"},   // the same, in twins
		"os/exec":                           {"amptui/config", "amptui/ui/paint", "amptui/ui"},
	}
}

type goFile struct {
	pkg, path string
	file      *ast.File
}

// sources parses every Go file of the module that is not a test.
func sources(t *testing.T) []goFile {
	t.Helper()
	var all []goFile
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || (strings.HasPrefix(d.Name(), ".") && d.Name() != "..")) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel("..", filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg := "amptui"
		if folder != "." {
			pkg += "/" + filepath.ToSlash(folder)
		}
		all = append(all, goFile{pkg, path, file})
		return nil
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d files, %v", len(all), err)
	}
	return all
}

func TestImportsFollowTheArrows(t *testing.T) {
	allowed, only := arrows(), outside()
	for _, s := range sources(t) {
		if s.pkg == "amptui/ui" {
			continue // the root may import everything of ours
		}
		may, ok := allowed[s.pkg]
		if !ok && filepath.Dir(s.pkg) == "amptui/views" {
			may, ok = allowed["amptui/views/*"], true
		}
		if !ok && strings.HasPrefix(s.pkg, "amptui/api/demo/") {
			may, ok = []string{"amptui/api/text", s.pkg}, true
		}
		if !ok {
			t.Errorf("%s: a package that no arrow leads to or from", s.pkg)
		}
		for _, i := range s.file.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(path, "amptui") && !slices.Contains(may, path) && !(s.pkg == "amptui/api/demo" && strings.HasPrefix(path, "amptui/api/demo/")) {
				t.Errorf("%s imports %s", s.path, path)
			}
			for theirs, ours := range only {
				if (path == theirs || strings.HasPrefix(path, theirs+"/")) && !slices.Contains(ours, s.pkg) {
					t.Errorf("%s imports %s", s.path, path)
				}
			}
		}
	}
}

// Exact bytes of foreign words are for questions and exports; nothing that draws
// may touch them.
func TestOnlyQuestionsAndExportsTouchExactBytes(t *testing.T) {
	may := []string{"amptui/api", "amptui/api/text", "amptui/views/query"}
	for _, s := range sources(t) {
		if slices.Contains(may, s.pkg) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Exact" {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "charts" {
					return true // charts.Exact formats numbers
				}
				t.Errorf("%s uses the exact bytes of a foreign word", s.path)
			}
			return true
		})
	}
}

// One place for goroutines, so that no panic can leave the terminal raw.
func TestGoroutinesStartWhereTheyAreGuarded(t *testing.T) {
	may := []string{"amptui/ui/paint", "amptui/config", "amptui/api/demo"}
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if _, ok := n.(*ast.GoStmt); ok && !slices.Contains(may, s.pkg) {
				t.Errorf("%s starts a goroutine", s.path)
			}
			return true
		})
	}
}

func TestFilesStaySmallEnoughToRead(t *testing.T) {
	for _, s := range sources(t) {
		text, err := os.ReadFile(s.path)
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(string(text), "\n"); lines > 400 {
			t.Errorf("%s has %d lines", s.path, lines)
		}
	}
}

// The top level is what the documentation says it is.
func TestTheTopLevelIsAsItIsDescribed(t *testing.T) {
	want := []string{"README.md", "api", "charts", "config", "go.mod", "go.sum", "keys", "main.go", "screenshots", "ui", "views"}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	built := regexp.MustCompile(`^amptui(\.exe)?$|^dist$`)
	var got []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !built.MatchString(e.Name()) {
			got = append(got, e.Name())
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the top level is %v; want %v", got, want)
	}
}
