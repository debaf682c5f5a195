package query

import "strings"

// Nearest is the word that was probably meant, or "" when none is near: at
// most a third of the letters, and never more than three, differ.
func Nearest(word string, words []string) string {
	best, least := "", 1+min(3, (len(word)+2)/3)
	for _, w := range words {
		if strings.EqualFold(w, word) {
			return w
		}
		if d := distance(strings.ToLower(word), strings.ToLower(w)); d < least {
			best, least = w, d
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace, and the neighbours to
// swap (Levenshtein's distance with transpositions): dya is as near to day as dax.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	before, row, next := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		next[0] = i + 1
		for j, s := range to {
			cost := row[j]
			if r != s {
				cost = 1 + min(row[j], row[j+1], next[j])
			}
			if i > 0 && j > 0 && r == to[j-1] && from[i-1] == s {
				cost = min(cost, before[j-1]+1)
			}
			next[j+1] = cost
		}
		before, row, next = row, next, before
	}
	return row[len(to)]
}
