package search

import (
	"math/bits"
	"slices"
	"unicode/utf8"
)

// Shorter words than minCorrected have too many neighbours to guess at, only longer ones than
// minTwice may hold two typos, and a word has at most maxCorrections readings.
const (
	minCorrected   = 5
	minTwice       = 8
	maxCorrections = 3
)

// speller finds known words by misspelt ones.
type speller struct {
	byInitial map[rune][]spelling // by their first letter, the shortest words first
	tails     map[string][]string // by what follows their first letter
}

// spelling is a word with what shows quickly that another is not like it.
type spelling struct {
	word    string
	letters int
	bag     uint64 // see bagOf
}

// newSpeller learns the words of at least minCorrected-1 letters.
func newSpeller(words []string) *speller {
	s := &speller{byInitial: map[rune][]spelling{}, tails: map[string][]string{}}
	slices.Sort(words)
	for _, w := range words {
		letters := utf8.RuneCountInString(w)
		if letters < minCorrected-1 {
			continue
		}
		initial, size := utf8.DecodeRuneInString(w)
		s.byInitial[initial] = append(s.byInitial[initial], spelling{w, letters, bagOf(w)})
		s.tails[w[size:]] = append(s.tails[w[size:]], w)
	}
	for _, words := range s.byInitial {
		slices.SortStableFunc(words, func(a, b spelling) int { return a.letters - b.letters })
	}
	return s
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
	words := s.byInitial[initial]
	start, _ := slices.BinarySearchFunc(words, letters-edits, func(w spelling, n int) int { return w.letters - n })
	typed := []rune(word)
	var found []string
	for _, w := range words[start:] {
		if w.letters > letters+edits {
			break
		}
		if w.word != word && bits.OnesCount64(bag^w.bag) <= 2*edits && distance(typed, []rune(w.word), edits) <= edits {
			found = append(found, w.word)
		}
	}
	return found
}

// otherInitial returns the words that differ in the first letter, or in the order of the first
// two.
func (s *speller) otherInitial(word string) []string {
	_, first := utf8.DecodeRuneInString(word)
	_, second := utf8.DecodeRuneInString(word[first:])
	exchanged := word[first:first+second] + word[:first] + word[first+second:]
	found := slices.Clone(s.tails[word[first:]])          // changed
	found = append(found, s.tails[word]...)               // left out
	for _, w := range []string{word[first:], exchanged} { // added, exchanged
		_, size := utf8.DecodeRuneInString(w)
		if slices.Contains(s.tails[w[size:]], w) {
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
