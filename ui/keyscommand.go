package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"amptui/charts"
	"amptui/keys"
	"amptui/views/query"
)

// boundKey is one row of the table of keys, as -o json prints it.
type boundKey struct {
	Name       string   `json:"name"`
	Place      string   `json:"place"`
	Keystrokes []string `json:"keystrokes"`
	Default    []string `json:"default"`
	Line       *int     `json:"line"` // of config.toml, where that names it
	Does       string   `json:"does"`
}

// keysCommand prints the table of keys as this user has them.
func (p *program) keysCommand() *cobra.Command {
	return &cobra.Command{
		Use: "keys [WORD…]", Short: "List the keys as they are bound now",
		Long: "List what each key does, with your own bindings of [keys] in the configuration; with words, only\n" +
			"keys whose name, keystroke, place or sentence holds them all. The name is what [keys] calls it.",
		Example: "  amptui keys\n  amptui keys funnel step\n  amptui keys -o json",
		RunE: func(_ *cobra.Command, words []string) error {
			c, warnings := p.settings()
			bound, problems := p.keys()
			for _, said := range append(warnings, problems...) {
				fmt.Fprintln(p.err, "amptui: "+said)
			}
			rows := []boundKey{}
			was := keys.Default()
			if p.wordsOnly() {
				was = was.InWords()
			}
			for i, k := range bound.All() {
				row := boundKey{Name: k.Name, Place: string(k.Place), Keystrokes: k.Written(), Default: was.All()[i].Written(), Does: k.Help().Desc}
				if at := c.KeyLine(k.Name); at > 0 {
					row.Line = &at
				}
				if row.holds(words) {
					rows = append(rows, row)
				}
			}
			if first(p.global.output, "table") == "table" {
				if len(rows) == 0 {
					return noSuchKey(words, bound.All())
				}
				return p.printKeys(rows)
			}
			return p.printRows("keys", keysTable(rows), struct {
				Keys []boundKey `json:"keys"`
			}{rows})
		},
	}
}

// holds says whether the row holds all words; a keystroke is meant as it is typed.
func (k boundKey) holds(words []string) bool {
	all := strings.ToLower(strings.Join([]string{k.Name, k.Place, k.Does}, "\n"))
	for _, w := range words {
		if !strings.Contains(all, strings.ToLower(w)) && !slices.Contains(k.Keystrokes, w) {
			return false
		}
	}
	return true
}

// shown is the row's keystrokes as a reader sees them.
func (k boundKey) shown() string { return first(strings.Join(k.Keystrokes, " "), "(none)") }

// was is what the keystrokes were, where the configuration has changed them.
func (k boundKey) was() string {
	if slices.Equal(k.Keystrokes, k.Default) {
		return ""
	}
	return strings.Join(k.Default, " ")
}

// noSuchKey says that no key is called so, and which of the words that the table of keys
// has was probably meant.
func noSuchKey(words []string, all []*keys.Key) error {
	var known []string
	for _, k := range all {
		known = append(known, strings.FieldsFunc(k.Name+" "+string(k.Place)+" "+k.Help().Desc, func(r rune) bool { return !unicode.IsLetter(r) })...)
	}
	said := "no key is called so, or does that"
	for _, w := range words {
		if near := query.Nearest(w, known); near != "" && !strings.EqualFold(near, w) {
			return fmt.Errorf("%s: did you mean %s?", said, strings.ToLower(near))
		}
	}
	return errors.New(said)
}

// printKeys prints the rows for a reader: by place, as the help of the screen does.
func (p *program) printKeys(rows []boundKey) error {
	w, _ := p.size()
	h := page{w: max(w, 60)}
	for i, k := range rows {
		if i == 0 || rows[i-1].Place != k.Place {
			h.title(k.Place)
		}
		does := k.Does
		if was := k.was(); was != "" {
			does += " (was " + was + ")"
		}
		h.row(charts.Pad(k.shown(), 8)+" "+k.Name, does)
	}
	_, err := fmt.Fprint(p.out, p.printTheme("table").Glyphs.Spell(strings.TrimPrefix(h.out.String(), "\n")))
	return quietly(err)
}

// keysTable is the rows as a table; what was changed says what it was.
func keysTable(rows []boundKey) charts.Table {
	return charts.Table{
		Columns: []charts.Column{{Title: "key"}, {Title: "name"}, {Title: "where"}, {Title: "does"}, {Title: "was"}},
		Len:     len(rows), Cursor: -1,
		Row: func(i int) charts.Row {
			k := rows[i]
			return charts.Row{Cells: []charts.Cell{{Text: k.shown()}, {Text: k.Name}, {Text: k.Place}, {Text: k.Does}, {Text: k.was()}}}
		},
	}
}
