package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"amptui/api/text"
)

// A Board is several query lines, or names of saved queries, that are looked at
// together.
type Board struct {
	Name  string
	Title string // its first comment, if it has one
	Rows  []BoardRow
	Err   error // why the file cannot be read
}

// A BoardRow is one line of a board.
type BoardRow struct {
	Text string
	At   int // the line of the file, from 1
}

const mostBoards = 100

// BoardsPath is the folder of boards, beside the configuration.
func BoardsPath(env func(string) string) string { return beside(env, "boards") }

// LoadBoards reads the boards: the files of query lines in their folder, by name.
// Files whose names are none are passed over.
func LoadBoards(env func(string) string) []Board {
	dir := BoardsPath(env)
	entries, err := os.ReadDir(dir)
	if dir == "" || err != nil {
		return nil
	}
	var boards []Board
	for _, e := range entries {
		if e.IsDir() || CheckQueryName(e.Name()) != nil || len(boards) == mostBoards {
			continue
		}
		data, err := readFile(filepath.Join(dir, e.Name()))
		b := ParseBoard(e.Name(), string(data))
		if err != nil {
			b.Err = fmt.Errorf("board %s: %w", e.Name(), err)
		}
		boards = append(boards, b)
	}
	return boards
}

// ParseBoard reads the text of a board.
func ParseBoard(name, data string) Board {
	b := Board{Name: name}
	for i, row := range strings.Split(strings.TrimPrefix(data, byteOrder), "\n") {
		row = strings.TrimSpace(row)
		switch {
		case row == "":
		case !strings.HasPrefix(row, "#"):
			b.Rows = append(b.Rows, BoardRow{row, i + 1})
		case b.Title == "" && len(b.Rows) == 0:
			b.Title = text.Clean(strings.TrimSpace(strings.TrimLeft(row, "#")))
		}
	}
	return b
}
