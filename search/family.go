package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Words of one family share at least familyPrefix letters and this share of the
// longer stem: "отказали" and "отказ", which no stemmer joins.
const (
	familyPrefix = 4
	familyShare  = 0.66
	maxFamily    = 6
)

// family returns the stems that an unknown word may be derived from.
func (v *vocabulary) family(word string) []termID {
	stem := []rune(v.lexicon.stem(word))
	if len(stem) < familyPrefix {
		return nil
	}
	prefix := string(stem[:familyPrefix])
	var found []termID
	for i, _ := v.place(prefix); i < len(v.byStem) && strings.HasPrefix(v.stems[v.byStem[i]], prefix); i++ {
		other := v.stems[v.byStem[i]]
		longer := max(len(stem), utf8.RuneCountInString(other))
		if float64(commonPrefix(stem, other)) >= familyShare*float64(longer) {
			found = append(found, v.byStem[i])
		}
	}
	slices.Sort(found) // the relatives that stand first in the passages
	return found[:min(len(found), maxFamily)]
}

// commonPrefix counts the letters that a and b begin with alike.
func commonPrefix(a []rune, b string) int {
	n := 0
	for _, r := range b {
		if n == len(a) || a[n] != r {
			break
		}
		n++
	}
	return n
}
