package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/text"
	"amptui/config"
)

// memory is what is kept between runs: how the profile was left, and what the user
// has saved. The zero memory keeps nothing.
type memory struct {
	session config.Session
	keeper  *keeper // nil where sessions are not kept
	library library // as it was read last

	read func() library
	save func(name, line string, replace bool) error
}

// memoryOf is the memory of a profile; without one sessions are not kept.
func (p *program) memoryOf(profile *config.Profile) (memory, []string) {
	m := memory{
		library: p.library(), read: p.library,
		save: func(name, line string, replace bool) error { return config.SaveQuery(name, line, replace, p.env) },
	}
	if settings, _ := p.settings(); profile == nil || p.global.fresh || !settings.Restores() {
		return m, nil
	}
	session, _, err := config.LoadSession(*profile, p.env)
	if err != nil {
		return m, []string{err.Error()} // it cannot be written either
	}
	m.session = session
	m.keeper = &keeper{write: func(s config.Session) error { return config.SaveSession(*profile, s, p.env) }}
	return m, nil
}

// library is what the user has saved.
type library struct {
	queries  []config.SavedQuery
	boards   []config.Board
	warnings []config.Warning // lines of queries.txt that open nothing
	err      error            // queries.txt cannot be read
}

// library reads what the user has saved; the demo has a board of its own.
func (p *program) library() library {
	var l library
	l.queries, l.warnings, l.err = config.LoadQueries(p.env)
	for _, q := range l.queries {
		if _, _, err := opens(q.Line); err != nil {
			l.warnings = append(l.warnings, config.Warning{Line: q.At, Text: q.Name + ": " + text.Clean(err.Error())})
		}
	}
	l.boards = config.LoadBoards(p.env)
	if own := demoBoard(); p.global.demo && !slices.ContainsFunc(l.boards, func(b config.Board) bool { return b.Name == own.Name }) {
		l.boards = append(l.boards, own)
	}
	return l
}

// boardNames are the names of the boards there are.
func (l library) boardNames() []string {
	names := make([]string, len(l.boards))
	for i, b := range l.boards {
		names[i] = b.Name
	}
	return names
}

// board is the board of a name, or why it cannot be shown.
func (l library) board(name string) (config.Board, error) {
	if i := slices.IndexFunc(l.boards, func(b config.Board) bool { return b.Name == name }); i >= 0 {
		return l.boards[i], l.boards[i].Err
	}
	if len(l.boards) == 0 {
		return config.Board{}, fmt.Errorf("there is no board called %s: write query lines into a file of that name in the folder boards beside the configuration", text.Clean(name))
	}
	return config.Board{}, noSuch("board", name, l.boardNames())
}

// named is the board that the arguments of a query line name.
func (l library) named(args []string) (config.Board, error) {
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 1 {
		return l.board(args[0])
	}
	if names := l.boardNames(); len(names) > 0 {
		return config.Board{}, fmt.Errorf("name one board: there are %s", strings.Join(names, ", "))
	}
	return config.Board{}, errors.New("there is no board yet: write query lines into a file in the folder boards beside the configuration")
}

// line is the saved query of a name.
func (l library) line(name string) (string, bool) {
	if i := slices.IndexFunc(l.queries, func(q config.SavedQuery) bool { return q.Name == name }); i >= 0 {
		return l.queries[i].Line, true
	}
	return "", false
}

// problem says what is wrong with the saved query of a line of the file.
func (l library) problem(at int) string {
	for _, w := range l.warnings {
		if w.Line == at {
			return fmt.Sprintf("queries.txt line %d: %s", w.Line, w.Text)
		}
	}
	return ""
}

// libraryRead is what the user has saved by now.
type libraryRead struct{ library library }

// readLibrary reads again what the user has saved: it may have been edited.
func (a *App) readLibrary() tea.Cmd {
	if a.memory.read == nil {
		return nil
	}
	read := a.memory.read
	return func() tea.Msg { return libraryRead{read()} }
}

// tookLibrary offers what was read, where an open prompt offers such things.
func (a *App) tookLibrary(l library) tea.Cmd {
	a.memory.library = l
	if a.over == paletteOver && a.palette.offer != nil {
		a.palette.prompt.Choices(a.palette.offer())
	}
	return nil
}
