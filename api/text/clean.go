package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

const (
	mostClusters   = 200     // in a line of a list or chart
	mostInCluster  = 8       // code points
	mostDetail     = 4 << 10 // bytes in a line of a detail view
	replacement    = '\uFFFD'
	dottedCircle   = '◌'
	zeroWidthJoin  = '\u200D'
	lineSeparators = '␊'
)

// Clean makes s one line that a terminal can show. Nothing is deleted: control
// characters become their pictures (␛), what hides or turns text round becomes
// U+FFFD, so that names which differ only in hidden characters look different.
// At most 200 clusters are kept, with a count of the rest. It is idempotent and
// does not allocate for printable ASCII.
func Clean(s string) string {
	if isPlain(s) && len(s) <= mostClusters {
		return s
	}
	return clean(s, mostClusters)
}

// IsFit says whether a terminal can show s as it is, however long it is.
func IsFit(s string) bool { return isPlain(s) || clean(s, -1) == s }

// CleanLines is s for a detail view: line breaks split it, a tab is four
// blanks, and a line holds at most 4 KiB.
func CleanLines(s string) []string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\t", "    ")
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		rest := 0
		if len(line) > mostDetail {
			cut := mostDetail
			for cut > 0 && !utf8.RuneStart(line[cut]) {
				cut--
			}
			rest, line = utf8.RuneCountInString(line[cut:]), line[:cut]
		}
		if !isPlain(line) {
			line = clean(line, -1)
		}
		if rest > 0 {
			line += more(rest)
		}
		lines[i] = line
	}
	return lines
}

// CleanWhole is s for the clipboard: with its line breaks and tabs, nothing cut
// off, and all else that could drive a terminal made visible.
func CleanWhole(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, line := range lines {
		fields := strings.Split(line, "\t")
		for j, field := range fields {
			if !isPlain(field) {
				fields[j] = clean(field, -1)
			}
		}
		lines[i] = strings.Join(fields, "\t")
	}
	return strings.Join(lines, "\n")
}

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

func more(n int) string { return fmt.Sprintf("… (%s more)", thousands(n)) }

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// clean makes every rune harmless, then every cluster, and counts only then:
// what was one cluster may have become two.
func clean(s string, most int) string {
	s = harmless(visible(s))
	if most < 0 {
		return s
	}
	clusters, state := 0, -1
	for rest := s; rest != ""; clusters++ {
		if clusters == most {
			kept := s[:len(s)-len(rest)]
			if alreadyCut(rest) {
				return s
			}
			return kept + more(uniseg.GraphemeClusterCount(rest))
		}
		_, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
	}
	return s
}

func harmless(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	state := -1
	last := ""
	for rest := s; rest != ""; {
		last, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		writeCluster(&b, last)
	}
	if last != "" && joins(last, " ") {
		// What stands behind the word must not become a part of it.
		b.WriteRune(dottedCircle)
	}
	return b.String()
}

// joins says whether two texts would be one cluster side by side. A few letters join
// what stands before or behind them, a blank too, as marks do.
func joins(a, b string) bool {
	first, _ := utf8.DecodeRuneInString(b)
	last, _ := utf8.DecodeLastRuneInString(a)
	if first < 0x300 && last < 0x300 {
		return false
	}
	return uniseg.GraphemeClusterCount(a+b) == 1
}

// alreadyCut recognises the remark that an earlier Clean has left, so that
// cleaning twice changes nothing.
func alreadyCut(s string) bool {
	digits, ok := strings.CutPrefix(s, "… (")
	digits, ok2 := strings.CutSuffix(digits, " more)")
	return ok && ok2 && digits != "" && len(digits) <= 20 && strings.Trim(digits, "0123456789,") == ""
}

// visible replaces every rune that a terminal must not get, but for joiners and
// selectors, which depend on what they stand in.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return 0x2400 + r
		case r == 0x7f:
			return 0x2421
		case r == '\u2028' || r == '\u2029':
			return lineSeparators
		case r == zeroWidthJoin || isSelector(r):
			return r
		case hides(r):
			return replacement
		}
		return r
	}, strings.ToValidUTF8(s, string(replacement)))
}

// hides says whether r has no picture of its own, or acts on others.
func hides(r rune) bool {
	switch r {
	case '\u3164', '\u115F', '\u1160', '\uFFA0', '\u034F', '\u17B4', '\u17B5':
		return true // letters that are drawn as nothing
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) ||
		r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE || unicode.Is(unicode.Variation_Selector, r)
}

func isSelector(r rune) bool { return r == '\uFE0E' || r == '\uFE0F' }

// writeCluster writes one cluster: a mark without a base gets one, joiners and
// selectors stay only between pictures, and a stack of marks is cut.
func writeCluster(b *strings.Builder, cluster string) {
	first, size := utf8.DecodeRuneInString(cluster)
	n := 0
	if !isSelector(first) && first != zeroWidthJoin && joins("◌", cluster[:size]) {
		// A few marks stand alone wherever they are: a circle would not be theirs.
		b.WriteRune(dottedCircle)
		n = 1
	}
	emoji := isPicture(first) && size < len(cluster)
	kept := make([]rune, 0, mostInCluster+1)
	for _, r := range cluster {
		if n++; n > mostInCluster {
			kept = append(kept, replacement)
			break
		}
		if (r == zeroWidthJoin || isSelector(r)) && !emoji {
			r = replacement
		}
		kept = append(kept, r)
	}
	// A joiner that joins nothing any more would join what comes behind the word.
	for i := len(kept) - 1; i >= 0; i-- {
		if kept[i] == zeroWidthJoin && (i == len(kept)-1 || kept[i+1] == replacement) {
			kept[i] = replacement
		}
	}
	for _, r := range kept {
		b.WriteRune(r)
	}
}

// isPicture says whether r can begin an emoji of several code points.
func isPicture(r rune) bool {
	switch {
	case r >= 0x1F000 && r <= 0x1FAFF, r >= 0x2190 && r <= 0x21FF, r >= 0x2300 && r <= 0x2BFF,
		r == 0x3030, r == 0x303D, r == 0x3297, r == 0x3299, r == 0xA9, r == 0xAE, r == 0x203C, r == 0x2049, r == 0x2122, r == 0x2139,
		r == '#', r == '*', r >= '0' && r <= '9':
		return true
	}
	return false
}
