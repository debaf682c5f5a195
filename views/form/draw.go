package form

import (
	"fmt"
	"slices"
	"strings"

	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

// widest is how wide the names of fields may be.
const widest = 20

// Draw draws the query line as it will be, the fields, under the one with the cursor
// what it is for and what it could be, and what the question costs.
func (f *Form) Draw(w, h int, th theme.Theme, k keys.Map) string {
	lines := f.lineAbove(w, h, th)
	foot := []string{th.Rule.Paint(strings.Repeat(th.Glyphs.HRule, w)), " " + f.costLine(w-2, th)}
	wide := 0
	for i := range f.fields {
		wide = max(wide, charts.Width(f.label(i)))
	}
	wide = min(wide, widest)
	var rows []string
	first, last := 0, 0 // the lines of the field under the cursor
	for i := range f.fields {
		if i == f.at {
			first = len(rows)
		}
		rows = append(rows, f.row(i, wide, w, th))
		if i == f.at {
			rows = append(rows, f.under(wide+4, w, th, k)...)
			last = len(rows) - 1
		} else if f.wrong != nil && i == f.wrongAt {
			rows = append(rows, indented(wrapped(f.wrongSays(), w-wide-6, 3), wide+4, th.Bad.Paint)...)
		}
	}
	room := max(h-len(lines)-len(foot), 1)
	f.top = charts.Scroll(last, f.top, len(rows), room)
	f.top = min(f.top, first)
	lines = append(lines, rows[f.top:min(f.top+room, len(rows))]...)
	body := charts.Fit(strings.Join(lines, "\n"), w, max(h-len(foot), 0))
	return charts.Fit(body+"\n"+strings.Join(foot, "\n"), w, h)
}

// lineAbove is the query line as it will be, on two lines where there is room.
func (f *Form) lineAbove(w, h int, th theme.Theme) []string {
	most := 1
	if h >= 18 {
		most = 2
	}
	var out []string
	for _, line := range wrapped(f.line, w-2, most) {
		out = append(out, " "+th.Accent.Paint(line))
	}
	return out
}

// wrapped is a text on so many lines at most.
func wrapped(s string, w, most int) []string {
	lines := charts.Wrap(text.Clean(s), max(w, 1))
	if len(lines) > most {
		lines[most-1] = charts.Cut(strings.Join(lines[most-1:], " "), max(w, 1))
		lines = lines[:most]
	}
	return lines
}

func indented(lines []string, by int, paint func(string) string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = strings.Repeat(" ", by) + paint(line)
	}
	return out
}

// label names a field; words of the same name are counted.
func (f *Form) label(i int) string {
	if f.fields[i].name != "" {
		return f.fields[i].name
	}
	number, all := 0, 0
	for j := range f.fields {
		if one := f.fields[j]; one.name == "" && one.word == f.fields[i].word {
			if all++; j <= i {
				number++
			}
		}
	}
	if all == 1 {
		return f.fields[i].word
	}
	return fmt.Sprintf("%s %d", f.fields[i].word, number)
}

// row is a field with its value; what is the default is dim.
func (f *Form) row(i, wide, w int, th theme.Theme) string {
	one := &f.fields[i]
	gutter, room := "  ", max(w-wide-5, 1)
	label := charts.Pad(charts.Cut(f.label(i), wide), wide)
	shown := text.Clean(one.input.Value())
	stands := text.Clean(f.standsFor(one))
	value := charts.Cut(shown, room)
	switch {
	case i == f.at && one.chosen, i == f.at && len(one.of) > 0:
		value = th.Selected.Paint(charts.Cut(shown, room))
		if shown == "" {
			value = th.Cursor.Paint(" ")
		}
	case i == f.at && shown == "":
		value = th.Cursor.Paint(" ") + th.Dim.Paint(charts.Cut(stands, max(room-1, 0)))
	case i == f.at:
		value = views.DrawInput(one.input, room, th)
	case shown == "":
		value = th.Dim.Paint(charts.Cut(stands, room))
	case one.value() == one.was:
		value = th.Dim.Paint(value)
	}
	if i == f.at {
		gutter = th.Accent.Paint(th.Glyphs.Pointer) + " "
	}
	return gutter + th.Dim.Paint(label) + "  " + value
}

// standsFor is what stands for a field that says nothing.
func (f *Form) standsFor(one *field) string {
	switch {
	case one.many:
		return ""
	case one.name == "":
		return one.was
	}
	return f.stands[one.name]
}

// under is what stands under the field with the cursor: what is wrong with it, else
// what it is for; then what it could be.
func (f *Form) under(by, w int, th theme.Theme, k keys.Map) []string {
	one := &f.fields[f.at]
	room := w - by - 2
	said, paint := wrapped(one.usage, room, 2), th.Dim.Paint
	if f.wrong != nil && f.wrongAt == f.at {
		said, paint = wrapped(f.wrongSays(), room, 3), th.Bad.Paint
	}
	out := indented(said, by, paint)
	could := f.could(th, k)
	if could == "" && !f.completes(one) {
		return out
	}
	most := 1
	if len(one.of) > 0 {
		most = 2
	}
	return append(out, indented(wrapped(could, room, most), by, th.Dim.Paint)...)
}

// completes says whether there is a line for what the field could be, whatever is
// typed.
func (f *Form) completes(one *field) bool {
	return len(one.of) > 0 || one.kind == "EVENT" || one.kind == "PROPERTY" || strings.HasPrefix(one.kind, "FILTER") || one.kind == "DATE" || one.kind == "SPAN"
}

// could is what the field under the cursor could become, or what is typed means.
func (f *Form) could(th theme.Theme, k keys.Map) string {
	one := &f.fields[f.at]
	if len(one.of) > 0 {
		words := make([]string, len(one.of))
		for i, word := range one.of {
			if words[i] = word; word == "" {
				words[i] = query.None
			}
		}
		return keys.Show("left") + keys.Show("right") + " " + strings.Join(words, " | ")
	}
	c := f.completion()
	value := one.value()
	switch {
	case len(c.found) > 0:
		by := k.TypeOut.Shown()
		if one.wholeByEnter() {
			by = k.Take.Shown() + " or " + by
		}
		return by + ": " + views.Joined(th.Glyphs.Dot, c.found[:min(len(c.found), 6)]...)
	case c.nearly == "" && f.isStrange(one, c):
		return "the list has no event of that name"
	case c.nearly != "":
		return "did you mean " + c.nearly + "? (" + k.TypeOut.Shown() + ")"
	case one.kind == "DATE" || one.kind == "SPAN":
		if value == "" {
			value = f.standsFor(one)
		}
		return query.Meant(value, f.Now)
	}
	return ""
}

// isStrange says whether an event was typed that is none of the list. Hidden events
// are not listed, so it may be right all the same.
func (f *Form) isStrange(one *field, c completion) bool {
	name := strings.TrimSpace(c.part)
	return one.kind == "EVENT" && one.typed && c.before == "" && name != "" && len(f.Known.Events) > 0 &&
		!strings.HasSuffix(name, "]") && !slices.Contains(f.Known.Events, name) && !slices.Contains(f.Known.Names, name) &&
		!slices.Contains(special(), name)
}

// costLine is what the question costs, or that it cannot be asked.
func (f *Form) costLine(w int, th theme.Theme) string {
	if f.wrong != nil {
		return th.Bad.Paint(charts.Cut("cannot be asked: see "+f.label(f.wrongAt), max(w, 0)))
	}
	return th.Dim.Paint(charts.Cut(f.cost, max(w, 0)))
}
