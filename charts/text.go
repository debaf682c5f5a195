package charts

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"amptui/charts/width"
)

// Width is how many cells s takes, escape sequences none. It is the one width
// of the program: the painter moves by it too.
func Width(s string) int { return width.Of(s) }

// Cut is s in at most w cells, with an ellipsis where something was cut off. It
// cuts between clusters and keeps escape sequences whole.
func Cut(s string, w int) string {
	switch {
	case w <= 0:
		return ""
	case len(s) <= w && Width(s) <= w:
		return s
	case w == 1 && Width(s) > 1:
		return "…"
	}
	return truncate(s, w, "…")
}

// truncate is ansi.Truncate to w cells as Width counts them: the two disagree where a
// cluster begins with a digit or a letter, as keycaps do.
func truncate(s string, w int, tail string) string {
	for limit := w; limit > 0; limit-- {
		if cut := ansi.Truncate(s, limit, tail); Width(cut) <= w {
			return cut
		}
	}
	return ""
}

// Pad is s with blanks behind it up to w cells.
func Pad(s string, w int) string { return s + blanks(w-Width(s)) }

// PadLeft is s with blanks before it up to w cells.
func PadLeft(s string, w int) string { return blanks(w-Width(s)) + s }

func blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }

// Fit is a block of text as exactly h lines of exactly w cells.
func Fit(block string, w, h int) string {
	if h <= 0 || w <= 0 {
		return strings.Repeat("\n", max(h-1, 0))
	}
	lines := strings.Split(block, "\n")
	var b strings.Builder
	b.Grow(len(block) + w)
	for i := range h {
		if i > 0 {
			b.WriteByte('\n')
		}
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		wide := Width(line)
		if wide > w {
			line = truncate(line, w, "")
			wide = Width(line)
		}
		b.WriteString(line)
		b.WriteString(blanks(w - wide))
	}
	return b.String()
}

const missing = "–"

func isMissing(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }

// SI is a number in at most five cells: 812, 9,812 becomes 9.8k, 3.4M. What has
// no unit any more is written with its power of ten.
func SI(v float64) string {
	if isMissing(v) {
		return missing
	}
	abs := math.Abs(v)
	if abs >= 999.5e12 {
		return power(v, 2)
	}
	units := []struct {
		size float64
		name string
	}{{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}}
	for i, u := range units {
		if abs < u.size*0.9995 {
			continue
		}
		if abs/u.size >= 999.5 && i > 0 {
			u = units[i-1]
		}
		return significant(v/u.size) + u.name
	}
	return significant(v)
}

// power is a large number in so many digits and a power of ten: 1.2e18.
func power(v float64, digits int) string {
	return strings.Replace(strconv.FormatFloat(v, 'g', digits, 64), "e+", "e", 1)
}

// significant writes three digits, without zeros behind the point.
func significant(v float64) string {
	digits := 2
	switch abs := math.Abs(v); {
	case abs >= 99.95 || v == math.Trunc(v):
		digits = 0
	case abs >= 9.995:
		digits = 1
	case abs < 0.01 && v != 0:
		return strconv.FormatFloat(v, 'g', 2, 64)
	}
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// Exact is a number with its thousands apart: 9,812. Fractions keep up to four
// digits.
func Exact(v float64) string {
	if isMissing(v) {
		return missing
	}
	if math.Abs(v) >= 1e15 {
		return power(v, 4)
	}
	s := strconv.FormatFloat(v, 'f', 4, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "0" || s == "-0" {
		if v != 0 {
			return strconv.FormatFloat(v, 'g', 2, 64)
		}
		return "0"
	}
	sign, whole := "", s
	if strings.HasPrefix(s, "-") {
		sign, whole = "-", s[1:]
	}
	whole, fraction, point := strings.Cut(whole, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + fraction
	}
	return sign + whole
}

// Percent is a fraction as a percentage: 4.1%. Almost nothing and almost all are
// neither: 0.03%, <0.01%, 99.98%.
func Percent(fraction float64) string {
	if isMissing(fraction) {
		return missing
	}
	if almost := almostWhole(fraction); almost != "" {
		return almost
	}
	p := math.Round(1e8*fraction) / 1e6 // 0.6 is no 60.00000001%
	if math.Abs(p) >= 99.95 || p == math.Trunc(p) {
		return strconv.FormatFloat(p, 'f', 0, 64) + "%"
	}
	return strconv.FormatFloat(p, 'f', 1, 64) + "%"
}

// almostWhole is a fraction that one digit behind the point would make nothing or all,
// which it is not, with two; else it is empty.
func almostWhole(fraction float64) string {
	const rest = 1e-9 // what arithmetic leaves of zero and of one
	switch {
	case fraction <= rest || fraction >= 1-rest:
		return ""
	case fraction < 0.00005:
		return "<0.01%"
	case fraction >= 0.99995:
		return ">99.99%"
	case fraction < 0.0005 || fraction >= 0.9995:
		return strconv.FormatFloat(100*fraction, 'f', 2, 64) + "%"
	}
	return ""
}

// Rate is a fraction as a percentage with a digit behind the point, so that
// columns of them stand under each other: 76.0%. Almost nothing and almost all are
// as Percent writes them.
func Rate(fraction float64) string {
	if isMissing(fraction) {
		return missing
	}
	if almost := almostWhole(fraction); almost != "" {
		return almost
	}
	return strconv.FormatFloat(100*fraction, 'f', 1, 64) + "%"
}

// Delta is a relative change, given as a fraction, with its direction: ▲ 4.1%.
func Delta(fraction float64) string {
	switch {
	case isMissing(fraction):
		return missing
	case math.Abs(fraction) < 0.0005:
		return "= 0%"
	case fraction < 0:
		return "▼ " + Percent(-fraction)
	}
	return "▲ " + Percent(fraction)
}

// Change is an absolute change with its direction: ▲ 1,200.
func Change(v float64) string {
	switch {
	case isMissing(v):
		return missing
	case v == 0:
		return "= 0"
	case v < 0:
		return "▼ " + Exact(-v)
	}
	return "▲ " + Exact(v)
}

// Ago is a length of time in one unit: 40s, 2m, 3h, 5d, 4mo, 6y. Months are of 30.4
// days.
func Ago(d time.Duration) string {
	switch {
	case d < 0:
		return "0s"
	case d < time.Minute:
		return strconv.Itoa(int(d.Seconds())) + "s"
	case d < time.Hour:
		return strconv.Itoa(int(d.Minutes())) + "m"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d.Hours())) + "h"
	}
	switch days := d.Hours() / 24; {
	case days < 90:
		return strconv.Itoa(int(days)) + "d"
	case days < 2*365:
		return strconv.Itoa(int(days/30.4)) + "mo"
	default:
		return strconv.Itoa(int(days/365.25)) + "y"
	}
}

// longest bounds a length of time in milliseconds: some 30,000 years.
const longest = 1e15

// Duration is a length of time in milliseconds, in at most two units: 812ms,
// 46s, 1m 31s, 5h 20m, 3d 4h.
func Duration(ms float64) string {
	if isMissing(ms) {
		return missing
	}
	if ms < 999.5 {
		return strconv.FormatFloat(ms, 'f', 0, 64) + "ms"
	}
	seconds := int64(math.Round(min(ms, longest) / 1000))
	switch {
	case seconds < 60:
		return parts(seconds, "s", 0, "")
	case seconds < 3600:
		return parts(seconds/60, "m", seconds%60, "s")
	case seconds < 48*3600 && seconds%86400 != 0:
		return parts(seconds/3600, "h", seconds/60%60, "m")
	}
	return parts(seconds/86400, "d", seconds/3600%24, "h")
}

func parts(most int64, unit string, rest int64, below string) string {
	s := strconv.FormatInt(most, 10) + unit
	if rest > 0 {
		s += " " + strconv.FormatInt(rest, 10) + below
	}
	return s
}

// Wrap breaks a sentence into lines of at most w cells, at blanks; a longer word
// is cut.
func Wrap(s string, w int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		word = Cut(word, w)
		switch {
		case line == "":
			line = word
		case Width(line)+1+Width(word) <= w:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

// Broken is a text in lines of at most w cells: broken at blanks, so that none begins
// with a comma, and a longer word wherever a line is full. The blank that a line breaks
// at is left out.
func Broken(s string, w int) []string {
	var lines []string
	for w = max(w, 2); Width(s) > w; {
		head := truncate(s, w, "")
		if head == "" {
			break // a cluster of no end
		}
		rest := s[len(head):]
		if at := strings.LastIndexByte(head, ' '); !strings.HasPrefix(rest, " ") && strings.Trim(head[:at+1], " ") != "" {
			head, rest = head[:at], s[at:]
		}
		lines, s = append(lines, head), strings.TrimPrefix(rest, " ")
	}
	return append(lines, s)
}

// Folded is s in lines of at most w cells, broken wherever a line is full: for
// long values, which need not have blanks.
func Folded(s string, w int) []string {
	lines := []string{}
	for w = max(w, 2); Width(s) > w; {
		head := truncate(s, w, "")
		if head == "" {
			break // a cluster of no end
		}
		lines = append(lines, head)
		s = s[len(head):]
	}
	return append(lines, s)
}
