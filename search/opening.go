package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// openings finds headings by how they begin. They are put in order when somebody types
// for the first time.
type openings struct {
	once   sync.Once
	sorted []opening
}

// opening is a heading as plain words.
type opening struct {
	words string
	entry *entry
}

// maxOpenings is how many of the headings that begin alike are looked at.
const maxOpenings = 1000

// of returns up to maxOpenings passages whose heading begins with the words, in the order of
// the headings. Less than two letters begin everything.
func (o *openings) of(x *index, words string) []*entry {
	if utf8.RuneCountInString(words) < 2 {
		return nil
	}
	o.once.Do(func() { o.sort(x) })
	i, _ := slices.BinarySearchFunc(o.sorted, words, func(a opening, words string) int { return strings.Compare(a.words, words) })
	var found []*entry
	for ; i < len(o.sorted) && len(found) < maxOpenings && strings.HasPrefix(o.sorted[i].words, words); i++ {
		found = append(found, o.sorted[i].entry)
	}
	return found
}

func (o *openings) sort(x *index) {
	for i := range x.entries {
		o.sorted = append(o.sorted, opening{plainWords(x.entries[i].passage.Heading), &x.entries[i]})
	}
	slices.SortFunc(o.sorted, func(a, b opening) int {
		return cmp.Or(strings.Compare(a.words, b.words), cmp.Compare(a.entry.place, b.entry.place))
	})
}

// plainWords returns the folded words of a text, each after one blank.
func plainWords(text string) string {
	var words []string
	for _, w := range wordsIn(text) {
		words = append(words, w.folded)
	}
	return strings.Join(words, " ")
}
