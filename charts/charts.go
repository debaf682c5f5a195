// Package charts draws numbers as text. Charts are plain values: no clock, no
// globals, no errors. A chart that cannot be drawn says so in its own space.
//
// Text given to a chart is already fit for the terminal; numbers may be
// anything (NaN is a missing value, infinities are treated as missing).
package charts

import (
	"time"

	"amptui/charts/theme"
)

// A Chart draws itself as exactly h lines of exactly w cells, joined by "\n",
// for every w and h (none below 1 line or 1 cell draws "").
type Chart interface {
	Draw(w, h int, th theme.Theme) string
}

// Step is the distance between two points of a dated axis.
type Step int

// The steps of the API's intervals.
const (
	FiveMinutes Step = iota
	Hour
	Day
	Week
	Month
)

// Axis is what the values stand on: points in time, or categories. The points
// are drawn equally spaced, whatever the hours between them (23 and 25 hour
// days, 28 and 31 day months).
type Axis struct {
	Times  []time.Time // one per point, in the zone to be shown; nil when there are only categories
	Step   Step
	Labels []string // categories, used when Times is nil
	Unit   string   // what numbered categories count, such as "day"
	Marks  []int    // points at which something is written, marked on the axis
}

// Series is one line, column part or bar group.
type Series struct {
	Name     string
	Values   []float64 // one per point of the axis; NaN is a gap; shorter is missing
	Open     []bool    // which points are unfinished buckets (hollow mark, dashed); nil is none
	Previous bool      // the comparison period: drawn dim and dashed, behind
	Hidden   bool      // in the legend only
	Color    int       // index of colour and marker; the comparison period has its series' one
	Columns  []string  // further legend columns, formatted: total, delta, share
}

// Line is a multi-series line chart with value and date axes, legend and cursor.
type Line struct {
	Axis    Axis
	Series  []Series
	Heads   []string             // titles of the legend's Columns
	Room    []int                // cells that each of the Columns takes at least, where they differ from cursor to cursor
	Cursor  int                  // point whose values the legend shows; -1 is none: that of the last one that is over, where there is room
	Focus   int                  // series picked by the user, drawn last and marked in the legend; -1 is none
	From    int                  // first visible point (zoom and pan)
	To      int                  // one past the last visible point; 0 is all
	Log     bool                 // logarithmic values; what is not above zero is then a gap, and the axis says "log"
	Fit     bool                 // the value axis need not begin at zero; the axis then says so
	Percent bool                 // values are fractions shown as percent
	Note    string               // one line at the lower right, such as "Tue 24 Nov · 61% of the day"
	Empty   string               // said when there is no value to draw
	Bare    bool                 // no legend
	Write   func(float64) string // writes a value at the cursor; nil has all its digits
	Kept    *Backdrop            // where lines are kept until the next drawing; nil is nowhere

	instead string // why it is drawn as lines though columns were asked for
	filled  bool   // the series are areas: the legend shows what fills them
	before  string // what stands for the period before among columns
}

// Columns draws the same values as columns that stack the series per point,
// with the same axes, legend and cursor as Line.
type Columns Line

// Bar is one horizontal bar.
type Bar struct {
	Name  string
	Value float64 // NaN is missing
	Text  string  // the value as shown
	Extra string  // further text behind it, such as a share
	Open  bool    // not finished: drawn hollow
	Color int

	Hidden  bool     // named and counted, but not drawn
	Before  float64  // with Compared, the value of the period before; NaN is missing
	Columns []string // further numbers behind the value, under Heads
}

// Bars draws horizontal bars with eighth-cell precision, names left, values
// right. Where there are negative values, those grow to the left from zero.
type Bars struct {
	Bars   []Bar
	Cursor int // bar under the cursor, -1 is none; the list scrolls so that it is visible
	Empty  string

	Heads    []string // titles of the values and of the Columns, in a line of their own; nil is none
	Compared bool     // a mark stands where each bar ended in the period before, whose values are the first of the Columns
}

// Spark is a line of levels, one per value, that fits any width.
type Spark struct {
	Values []float64 // NaN is a gap
	Open   bool      // the last value is unfinished
}

// Cell is one cell of a table: what is shown and, for a number, its value.
type Cell struct {
	Text    string
	Number  float64 // raw value for sorting and exports; only with Numeric
	Numeric bool
	Match   []int       // byte offsets in Text of letters that a filter matched
	Style   theme.Style // zero is the row's style
	Bar     float64     // 0..1 draws a share bar instead of Text when the column is a bar column
}

// Number is a cell that shows a number.
func Number(value float64, shown string) Cell {
	return Cell{Text: shown, Number: value, Numeric: true}
}

// Column is a table column. Widths come from Min up; spare room goes to columns that
// want it so that nothing of them is cut, then to the one with Flex, and columns with
// the highest Drop leave first when there is not enough room (0 never leaves).
type Column struct {
	Title string
	Unit  string // of the raw numbers, for exports; what is drawn names its own
	Of    string // what it is about, for exports, where several columns have the same title
	Right bool   // numbers stand right
	Bar   bool   // cells draw Cell.Bar
	Min   int
	Want  int // what its widest cell takes, so that it is cut only where it must be; 0 is not known
	Max   int // of what is more than that; 0 is no limit
	Flex  bool
	Drop  int
	Sort  int // -1 sorted downwards, 1 upwards, 0 not: a mark in the head
}

// Table draws a head and as many rows as fit. Row is called for visible rows
// only, so ten thousand rows cost what ten cost.
type Table struct {
	Columns []Column
	Len     int
	Row     func(i int) Row
	Cursor  int // row under the cursor, -1 is none
	Top     int // first visible row; see Scroll
	Empty   string
}

// Row is one row of a table.
type Row struct {
	Cells  []Cell
	Marked bool
	Dim    bool
}
