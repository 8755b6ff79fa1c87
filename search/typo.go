package search

import (
	"slices"
	"unicode/utf8"
)

// Shorter words than minCorrected have too many neighbours to guess at, and a
// word has at most maxCorrections readings.
const (
	minCorrected   = 5
	maxCorrections = 3
)

// near returns the known words one typo away from a word that is not known: one
// letter missing, added, changed, or two neighbours exchanged, the first letter right.
// The commonest come first.
func (v *vocabulary) near(word string) []string {
	if utf8.RuneCountInString(word) < minCorrected {
		return nil
	}
	typed := []rune(word)
	var found []string
	for _, w := range v.byInitial[typed[0]] {
		if OneEdit(typed, []rune(w)) {
			found = append(found, w)
		}
	}
	slices.SortFunc(found, v.compare)
	return found[:min(len(found), maxCorrections)]
}

// OneEdit reports whether a and b differ by exactly one letter missing, added or
// changed, or by two neighbours exchanged.
func OneEdit(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if i == len(a) {
		return false
	}
	changed := slices.Equal(a[i+1:], b[i+1:])
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
	return changed || swapped
}
