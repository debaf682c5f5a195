package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"amptui/api/text"
)

// unknown warns about the keys that nothing reads.
func unknown(md toml.MetaData, at map[string]int) []Warning {
	var warnings []Warning
	for _, key := range md.Undecoded() {
		known := fields(reflect.TypeFor[Config]())
		if len(key) > 2 && strings.EqualFold(key[0], "profiles") {
			known = fields(reflect.TypeFor[Profile]())
		}
		warnings = append(warnings, Warning{
			Line: at[key.String()],
			Text: fmt.Sprintf("unknown key %s%s", text.Clean(key.String()), suggest(key[len(key)-1], known)),
		})
	}
	return warnings
}

// fields are the keys that a struct takes.
func fields(of reflect.Type) []string {
	var names []string
	for field := range of.Fields() {
		if name := field.Tag.Get("toml"); name != "" && name != "-" {
			names = append(names, name)
		}
	}
	return names
}

// checkWords puts the default in the place of each word that is not one of the
// few allowed, and says so.
func (c *Config) checkWords() []Warning {
	var warnings []Warning
	check := func(key string, word *string, allowed ...string) {
		if *word == "" || slices.Contains(allowed, *word) {
			return
		}
		warnings = append(warnings, Warning{
			Line: c.lines[key],
			Text: fmt.Sprintf("%s is %s; it can be %s", key, text.Clean(*word), strings.Join(allowed, ", ")),
		})
		*word = ""
	}
	check("theme", &c.Theme, "auto", "dark", "light", "mono", "high-contrast")
	check("glyphs", &c.Glyphs, "auto", "braille", "block", "ascii")
	check("color", &c.Color, "auto", "always", "never")
	check("cache", &c.Cache, "disk", "memory")
	for _, profile := range c.List() {
		if err := profile.check(); err != nil {
			warnings = append(warnings, Warning{Line: c.lines[toml.Key{"profiles", profile.Name}.String()], Text: err.Error()})
		}
	}
	return warnings
}

// suggest is "; did you mean X?" for the nearest known word, or nothing where
// none is near.
func suggest(word string, known []string) string {
	best, least := "", max(2, len(word)/3)+1
	slices.Sort(known)
	for _, k := range known {
		if d := distance(strings.ToLower(word), k, least); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + text.Clean(best) + "?"
}

// distance is how many letters must be put in, taken out or replaced to make
// b of a, or limit where that many are not enough.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return min(row[len(b)], limit)
}
