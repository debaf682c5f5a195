package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"amptui/api/text"
)

// A SavedQuery is a query line with a name, as the file of saved queries has it.
type SavedQuery struct {
	Name, Line string
	At         int // the line of the file, from 1
}

const queriesHead = `# Saved queries of amptui: "name: query line", one a line. It is yours to edit.
`

// QueriesPath is the file of saved queries, beside the configuration.
func QueriesPath(env func(string) string) string { return beside(env, "queries.txt") }

func beside(env func(string) string, name string) string {
	path := Path(env)
	if path == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(path), name)
}

// LoadQueries reads the saved queries, in the order of the file. A line that is
// neither a query nor a comment is a warning.
func LoadQueries(env func(string) string) ([]SavedQuery, []Warning, error) {
	data, err := lineFile(QueriesPath(env))
	if err != nil {
		return nil, nil, fmt.Errorf("queries.txt: %w", err)
	}
	queries, warnings := parseQueries(data)
	return queries, warnings, nil
}

// lineFile is a text file; one that is not there is empty.
func lineFile(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	data, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return string(data), err
}

func parseQueries(data string) (queries []SavedQuery, warnings []Warning) {
	for i, row := range strings.Split(data, "\n") {
		row = strings.TrimSpace(row)
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		name, line, ok := strings.Cut(row, ":")
		name, line = strings.TrimSpace(name), strings.TrimSpace(line)
		switch {
		case !ok || line == "" || CheckQueryName(name) != nil:
			warnings = append(warnings, Warning{i + 1, fmt.Sprintf("%s is no saved query: write name: query line", text.Clean(row))})
		case slices.ContainsFunc(queries, func(q SavedQuery) bool { return q.Name == name }):
			warnings = append(warnings, Warning{i + 1, "there is a query called " + text.Clean(name) + " above: give this one another name"})
		default:
			queries = append(queries, SavedQuery{name, line, i + 1})
		}
	}
	return queries, warnings
}

// CheckQueryName says what is wrong with the name of a query or a board.
func CheckQueryName(name string) error {
	if name == "" || len(name) > 60 || text.Clean(name) != name || strings.ContainsAny(name, ":#/\\") || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "-") {
		return fmt.Errorf("%q is no name: 1 to 60 bytes of plain text without : # and /", text.Clean(name))
	}
	return nil
}

// SaveQuery puts a query into the file under a name, in the place of the one of
// that name or at the end. All else in the file stays as it is.
func SaveQuery(name, line string, env func(string) string) error {
	if err := CheckQueryName(name); err != nil {
		return err
	}
	if line == "" || strings.ContainsAny(line, "\r\n") {
		return errors.New("a saved query is one line")
	}
	path := QueriesPath(env)
	data, err := lineFile(path)
	if err != nil {
		return fmt.Errorf("queries.txt: %w", err)
	}
	if data == "" {
		data = queriesHead
	}
	row := name + ": " + line
	queries, _ := parseQueries(data)
	if i := slices.IndexFunc(queries, func(q SavedQuery) bool { return q.Name == name }); i >= 0 {
		rows := strings.Split(data, "\n")
		rows[queries[i].At-1] = row
		data = strings.Join(rows, "\n")
	} else {
		data = strings.TrimRight(data, "\n") + "\n" + row + "\n"
	}
	if err := writeFile(path, []byte(data)); err != nil {
		return fmt.Errorf("queries.txt: %w", err)
	}
	return nil
}

// A Board is several query lines, or names of saved queries, that are looked at
// together.
type Board struct {
	Name  string
	Title string // its first comment, if it has one
	Lines []string
}

// LoadBoard reads a board: a file of query lines in the folder boards beside the
// configuration. It is fs.ErrNotExist where there is none of that name.
func LoadBoard(name string, env func(string) string) (Board, error) {
	if err := CheckQueryName(name); err != nil {
		return Board{}, err
	}
	data, err := readFile(filepath.Join(beside(env, "boards"), name))
	if err != nil {
		return Board{}, fmt.Errorf("board %s: %w", name, err)
	}
	return ParseBoard(name, string(data)), nil
}

// ParseBoard reads the text of a board.
func ParseBoard(name, data string) Board {
	b := Board{Name: name}
	for row := range strings.SplitSeq(data, "\n") {
		row = strings.TrimSpace(row)
		switch {
		case row == "":
		case !strings.HasPrefix(row, "#"):
			b.Lines = append(b.Lines, row)
		case b.Title == "" && len(b.Lines) == 0:
			b.Title = strings.TrimSpace(strings.TrimLeft(row, "#"))
		}
	}
	return b
}

// Boards are the names of the boards there are.
func Boards(env func(string) string) []string {
	entries, err := os.ReadDir(beside(env, "boards"))
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && CheckQueryName(e.Name()) == nil {
			names = append(names, e.Name())
		}
	}
	return names
}

// A Session is how a profile was left: the query lines of its views, which one was
// in front, and what was chosen last in the palette. Nothing of it is about users.
type Session struct {
	Front  string   `json:"front"`
	Lines  []string `json:"lines"`
	Recent []string `json:"recent"`
}

func sessions(env func(string) string) keptFile[Session] {
	return keptFile[Session]{"session.json", env}
}

// LoadSession is how a profile was left; false where nothing is kept.
func LoadSession(profile Profile, env func(string) string) (Session, bool, error) {
	return sessions(env).load(profile.Name)
}

// SaveSession keeps how a profile is left.
func SaveSession(profile Profile, s Session, env func(string) string) error {
	return sessions(env).save(profile.Name, s)
}
