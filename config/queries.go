package config

import (
	"errors"
	"fmt"
	"io/fs"
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

// byteOrder is the mark that some editors put before a text.
const byteOrder = "\ufeff"

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
	for i, row := range strings.Split(strings.TrimPrefix(data, byteOrder), "\n") {
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
	if name == "" || len(name) > 60 || strings.TrimSpace(name) != name || text.Clean(name) != name || strings.ContainsAny(name, ":#/\\") || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "-") {
		return fmt.Errorf("%q is no name: 1 to 60 bytes of plain text without : # and /", text.Clean(name))
	}
	return nil
}

// SaveQuery puts a query into the file under a name: at the end, or, with replace,
// in the place of the one of that name. All else in the file stays as it is.
func SaveQuery(name, line string, replace bool, env func(string) string) error {
	if err := CheckQueryName(name); err != nil {
		return err
	}
	if line = strings.TrimSpace(line); line == "" || strings.ContainsAny(line, "\r\n") {
		return errors.New("a saved query is one line")
	}
	path := QueriesPath(env)
	return alone(path, func() error { return putQuery(path, name, line, replace) })
}

func putQuery(path, name, line string, replace bool) error {
	data, err := lineFile(path)
	if err != nil {
		return fmt.Errorf("queries.txt: %w", err)
	}
	if data == "" {
		data = queriesHead
	}
	row := name + ": " + line
	queries, _ := parseQueries(data)
	at := slices.IndexFunc(queries, func(q SavedQuery) bool { return q.Name == name })
	switch {
	case at < 0:
		if !strings.HasSuffix(data, "\n") {
			data += "\n"
		}
		data += row + "\n"
	case queries[at].Line == line:
		return nil
	case !replace:
		return fmt.Errorf("queries.txt has a query called %s by now: save again to put this one in its place", name)
	default:
		rows := strings.Split(data, "\n")
		if strings.HasSuffix(rows[queries[at].At-1], "\r") {
			row += "\r"
		}
		rows[queries[at].At-1] = row
		data = strings.Join(rows, "\n")
	}
	if err := writeFile(path, []byte(data)); err != nil {
		return fmt.Errorf("queries.txt: %w", err)
	}
	return nil
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
