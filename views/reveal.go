package views

import (
	"regexp"
	"strings"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// Reveal puts back what stands behind the pseudonyms that this mask has made in
// this process, wherever they occur in the words of a query line: so that a line
// which was copied masked can be asked again. It does so with the mask on and
// off. Names of cohorts become ids.
func (m *Mask) Reveal(words []string) []string {
	out := make([]string, len(words))
	for i, word := range words {
		out[i] = m.reveal(word)
	}
	return m.cohortIDs(out)
}

// RevealArgs is Reveal for the arguments of a link: a first word that turns out
// to look like a flag stands behind "--" then, at the end.
func (m *Mask) RevealArgs(args []string) []string {
	out := m.Reveal(args)
	if len(out) > 0 && strings.HasPrefix(out[0], "-") && !strings.HasPrefix(args[0], "-") {
		return append(out[1:], "--", out[0])
	}
	return out
}

func (m *Mask) reveal(word string) string {
	if m == nil || !strings.Contains(word, "-") {
		return word
	}
	if flag, value, ok := strings.Cut(word, "="); ok && strings.HasPrefix(flag, "--") {
		return flag + "=" + m.reveal(value)
	}
	if v, ok := m.behind(word); ok {
		return v
	}
	// A value in a filter may need other quotes than its pseudonym.
	if revealed, ok := query.MaskedWord(word, m.revealValue); ok {
		return revealed
	}
	return regexp.MustCompile(`[a-z]+-[`+letters+`]{8}`).ReplaceAllStringFunc(word, func(made string) string {
		if v, ok := m.behind(made); ok {
			return v
		}
		return made
	})
}

func (m *Mask) revealValue(_ api.Property, v text.Raw) text.Raw {
	if was, ok := m.behind(query.PrintWord(v)); ok {
		return text.New(was)
	}
	return v
}
