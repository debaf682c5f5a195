// Package theme is the one place where styles and glyphs are made.
package theme

// A Style paints text with one fixed pair of escape sequences, made once.
// The zero Style paints nothing.
type Style struct{ open, close string }

// Paint wraps s in the style. An empty s stays empty.
func (s Style) Paint(text string) string {
	if text == "" || s.open == "" {
		return text
	}
	return s.open + text + s.close
}

// Around is what Paint writes before and behind a text, for what is written piece
// by piece.
func (s Style) Around() (before, behind string) { return s.open, s.close }

// Theme says what each style means. Make one with New or Plain.
type Theme struct {
	Text     Style // body text, the terminal's own colour
	Dim      Style // what is secondary: units, hints, frozen or incomplete parts
	Title    Style // headings and the name of the view in front
	Accent   Style // the query line, the active tab
	Key      Style // a key in the footer and in help
	Selected Style // the row or cell under the cursor (reverse)
	Match    Style // letters that a filter matched
	Mark     Style // a marked row
	Good     Style // confirmations
	Warn     Style // stale, sampled, pruned, partial
	Bad      Style // errors
	Up       Style // a rise
	Down     Style // a fall
	Rule     Style // lines between parts, axes
	Badge    Style // short states such as "demo" or "cached"
	Cursor   Style // the text cursor in a box

	Series []Style // one per series, repeated when there are more series
	Heat   []Style // from little to much; backgrounds with readable text

	Glyphs Glyphs
}

// Tier is how much of Unicode the terminal can draw.
type Tier int

// The tiers, from the least to the most.
const (
	ASCII Tier = iota
	Block
	Braille
)

// Glyphs are the characters that pictures and marks are made of, in one tier.
type Glyphs struct {
	Tier       Tier
	Pointer    string   // before the row under the cursor
	Marked     string   // before a marked row
	Ellipsis   string   // where text was cut
	Up, Down   string   // before a delta
	Flat       string   // no change
	Rising     string   // behind the head of a column that rises from row to row
	Falling    string   // behind the head of one that falls
	Markers    []string // one per series
	Before     string   // draws the period before, where lines are drawn in markers
	Hollow     string   // an unfinished bucket
	Missing    string   // a value that is not there
	HRule      string
	VRule      string
	Corner     string
	Tick       string   // a tick on the horizontal axis
	VTick      string   // a tick on the vertical axis
	CursorTick string   // under the point of the cursor
	Note       string   // under a point at which something is written
	Eighths    []string // horizontal bar parts: 1/8 .. 8/8
	Levels     []string // sparkline levels from low to high
	Spinner    []string
	Shade      string   // fills what is unfinished
	Fills      []string // tell stacked series apart without colours; the first is solid
	Dot        string   // separates parts of a line: " · "
	Bullet     string
	Opened     string // before what is opened
	Closed     string // before what can be opened
	Thick      string // a stretch of time that is loaded
	Thin       string // a stretch of time that is not
	Arrow      string // between what was and what is
	Times      string // before how often
}
