package paint

import (
	"fmt"
	"os"
	"strings"
)

// input is the terminal's input. Bubble Tea would go on without keys after the
// end of the input; this ends the program.
type input struct {
	*os.File
	failed func(error)
	paste  paste
}

const (
	pasteBegins, pasteEnds = "\x1b[200~", "\x1b[201~"
	interrupt              = "\x03" // ctrl+c, which terminals leave out of what they paste
)

// Read reads keys.
func (f *input) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	if err != nil {
		f.failed(fmt.Errorf("%w: %w", ErrInputEnded, err))
	}
	if f.paste.open && string(p[:n]) == interrupt && len(p) >= len(pasteEnds+interrupt) {
		n = copy(p, pasteEnds+interrupt)
	}
	f.paste.follow(p[:n])
	return n, err
}

// paste follows whether the terminal is pasting. Where the end of a paste is lost, as
// when a line stalls, every key would be a part of it, and none would end the program:
// a ctrl+c that comes alone ends it.
type paste struct {
	open bool
	tail string // what was read last, as far as it may begin a mark
}

// follow takes what was read.
func (s *paste) follow(b []byte) {
	read := s.tail + string(b)
	for {
		mark := pasteBegins
		if s.open {
			mark = pasteEnds
		}
		_, rest, found := strings.Cut(read, mark)
		if !found {
			break
		}
		s.open, read = !s.open, rest
	}
	s.tail = read[max(len(read)-len(pasteEnds)+1, 0):]
}
