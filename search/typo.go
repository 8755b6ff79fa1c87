package search

import (
	"cmp"
	"math/bits"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Shorter words than minCorrected have too many neighbours to guess at, only longer ones than
// minTwice may hold two typos, and a word has at most maxCorrections readings.
const (
	minCorrected   = 5
	minTwice       = 8
	maxCorrections = 3
)

// speller finds known words by misspelt ones. Its lists are of places in words.
type speller struct {
	words   []string // sorted
	alike   []int32  // by their first letter, then the shortest first
	letters []int32  // parallel to alike: how many they have
	bags    []uint64 // parallel to alike: see bagOf
	tails   []int32  // by what follows their first letter
}

// newSpeller learns the words of at least minCorrected-1 letters that have a stem; of is parallel
// to words.
func newSpeller(words []string, of []termID) *speller {
	s := &speller{words: words}
	for i, w := range words {
		if of[i] >= 0 && utf8.RuneCountInString(w) >= minCorrected-1 {
			s.alike = append(s.alike, int32(i))
		}
	}
	s.tails = slices.Clone(s.alike)
	slices.SortStableFunc(s.alike, func(a, b int32) int { return compareShapes(words[a], words[b]) })
	slices.SortStableFunc(s.tails, func(a, b int32) int { return strings.Compare(tail(words[a]), tail(words[b])) })
	for _, i := range s.alike {
		s.letters = append(s.letters, int32(utf8.RuneCountInString(words[i])))
		s.bags = append(s.bags, bagOf(words[i]))
	}
	return s
}

// compareShapes orders by first letter and length.
func compareShapes(a, b string) int {
	first, _ := utf8.DecodeRuneInString(a)
	second, _ := utf8.DecodeRuneInString(b)
	return cmp.Or(cmp.Compare(first, second), cmp.Compare(utf8.RuneCountInString(a), utf8.RuneCountInString(b)))
}

// tail returns what follows the first letter.
func tail(word string) string {
	_, size := utf8.DecodeRuneInString(word)
	return word[size:]
}

// transfer passes the speller over a tape, all but its words.
func (s *speller) transfer(t *tape) {
	ints(t, &s.alike)
	ints(t, &s.letters)
	t.hashes(&s.bags)
	ints(t, &s.tails)
	outside := func(i int32) bool { return i < 0 || int(i) >= len(s.words) || s.words[i] == "" }
	if n := len(s.alike); len(s.letters) != n || len(s.bags) != n || slices.ContainsFunc(s.alike, outside) || slices.ContainsFunc(s.tails, outside) {
		t.fail()
	}
}

// bagOf returns the set of a word's letters, several letters to a bit. One edit changes at most
// two bits.
func bagOf(word string) uint64 {
	var bag uint64
	for _, r := range word {
		bag |= 1 << (uint(r) % 64)
	}
	return bag
}

// near returns the words that word may be a typo of: those one edit away (see [OneEdit]) with
// the same first letter; or else one edit away with another; or else, for a long word, two edits
// away. In no order.
func (s *speller) near(word string) []string {
	letters := utf8.RuneCountInString(word)
	if letters < minCorrected {
		return nil
	}
	found := s.within(word, letters, 1)
	if len(found) == 0 {
		found = s.otherInitial(word)
	}
	if len(found) == 0 && letters >= minTwice {
		found = s.within(word, letters, 2)
	}
	return found
}

// within returns the words with the same first letter and at most that many edits.
func (s *speller) within(word string, letters, edits int) []string {
	initial, _ := utf8.DecodeRuneInString(word)
	bag := bagOf(word)
	typed := []rune(word)
	var found []string
	for i := s.first(initial, letters-edits); i < len(s.alike) && int(s.letters[i]) <= letters+edits; i++ {
		known := s.words[s.alike[i]]
		if first, _ := utf8.DecodeRuneInString(known); first != initial {
			break
		}
		if known != word && bits.OnesCount64(bag^s.bags[i]) <= 2*edits && distance(typed, []rune(known), edits) <= edits {
			found = append(found, known)
		}
	}
	return found
}

// first returns where in alike the words with a first letter and at least that many letters begin.
func (s *speller) first(initial rune, letters int) int {
	return sort.Search(len(s.alike), func(i int) bool {
		r, _ := utf8.DecodeRuneInString(s.words[s.alike[i]])
		return r > initial || r == initial && int(s.letters[i]) >= letters
	})
}

// tailed returns the words of which that follows the first letter.
func (s *speller) tailed(end string) []string {
	i, _ := slices.BinarySearchFunc(s.tails, end, func(at int32, end string) int {
		return strings.Compare(tail(s.words[at]), end)
	})
	var found []string
	for ; i < len(s.tails) && tail(s.words[s.tails[i]]) == end; i++ {
		found = append(found, s.words[s.tails[i]])
	}
	return found
}

// otherInitial returns the words that differ in the first letter, or in the order of the first
// two.
func (s *speller) otherInitial(word string) []string {
	_, first := utf8.DecodeRuneInString(word)
	_, second := utf8.DecodeRuneInString(word[first:])
	exchanged := word[first:first+second] + word[:first] + word[first+second:]
	found := s.tailed(word[first:])                       // changed
	found = append(found, s.tailed(word)...)              // left out
	for _, w := range []string{word[first:], exchanged} { // added, exchanged
		if slices.Contains(s.tailed(tail(w)), w) {
			found = append(found, w)
		}
	}
	slices.Sort(found)
	return slices.DeleteFunc(slices.Compact(found), func(w string) bool { return w == word })
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

// distance returns how many letters must be added, left out, changed or exchanged with their
// neighbour to make b of a (the optimal string alignment distance), or most+1 for more than most.
func distance(a, b []rune, most int) int {
	if max(len(a)-len(b), len(b)-len(a)) > most {
		return most + 1
	}
	if most == 1 {
		return oneOrMore(a, b)
	}
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range a {
		row[0] = i + 1
		least := row[0]
		for j := range b {
			row[j+1] = min(above[j], above[j+1]+1, row[j]+1)
			if a[i] != b[j] {
				row[j+1] = min(above[j], above[j+1], row[j]) + 1
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
			least = min(least, row[j+1])
		}
		if least > most {
			return most + 1
		}
		before, above, row = above, row, before
	}
	return min(above[len(b)], most+1)
}

// oneOrMore is distance with most = 1, without a table.
func oneOrMore(a, b []rune) int {
	switch {
	case slices.Equal(a, b):
		return 0
	case OneEdit(a, b):
		return 1
	}
	return 2
}
