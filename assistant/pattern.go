package assistant

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"otvet/search"
)

// pattern is one word of a lexicon.
type pattern struct {
	text     string
	letters  []rune // of text
	prefix   bool   // longer words that begin with text fit too
	typo     bool   // and words with one typo
	low, top int    // numbers from low to top, when text is empty
}

// parsePattern reads a word of the notation; fix spells it as texts are spelled.
func parsePattern(s string, fix func(string) string) (pattern, error) {
	if strings.HasPrefix(s, "@") {
		return pattern{}, fmt.Errorf("list %s is not defined", s)
	}
	if span, ok := strings.CutPrefix(s, "#"); ok {
		low, top, _ := strings.Cut(span, "-")
		p := pattern{}
		var err1, err2 error
		p.low, err1 = strconv.Atoi(low)
		p.top, err2 = strconv.Atoi(top)
		if err1 != nil || err2 != nil {
			return pattern{}, fmt.Errorf("number %q: want #low-top", s)
		}
		return p, nil
	}
	text, typo := strings.CutPrefix(s, "~")
	text, prefix := strings.CutSuffix(text, "*")
	text = fix(text)
	p := pattern{text: text, letters: []rune(text), prefix: prefix, typo: typo}
	if p.text == "" {
		return pattern{}, fmt.Errorf("word %q is empty", s)
	}
	return p, nil
}

// nearly allows one letter to be missing, added, changed or exchanged with the next;
// in a word that goes on after the pattern none may be missing, or other words fit.
func (p *pattern) nearly(word []rune) bool {
	if search.OneEdit(word, p.letters) {
		return true
	}
	if !p.prefix {
		return false
	}
	for n := len(p.letters); n <= len(p.letters)+1; n++ {
		if n < len(word) && search.OneEdit(word[:n], p.letters) {
			return true
		}
	}
	return false
}

// patterns finds the patterns that a word fits without trying each of them.
type patterns struct {
	all      []pattern
	ids      map[string]int   // by notation
	whole    map[string][]int // by text
	begin    map[string][]int // those that end in "*", by text
	typos    map[rune][]int   // those with "~", by first letter
	shorter  map[string][]int // long words, by their text without one letter
	heard    map[string][]int // by sound
	begun    map[string][]int // those that end in "*", by sound
	numbers  []int
	longest  int                 // bytes of a word that ends in "*"
	forgives bool                // one slip of the hand in any word
	hear     func(string) string // nil where spelling is not by sound
}

func newPatterns(s spelling) *patterns {
	return &patterns{
		ids: map[string]int{}, whole: map[string][]int{}, begin: map[string][]int{}, typos: map[rune][]int{},
		shorter: map[string][]int{}, heard: map[string][]int{}, begun: map[string][]int{}, forgives: s.forgives, hear: s.hear,
	}
}

// add returns the number of a word of the notation.
func (ps *patterns) add(s string, fix func(string) string) (int, error) {
	if id, ok := ps.ids[s]; ok {
		return id, nil
	}
	p, err := parsePattern(s, fix)
	if err != nil {
		return 0, err
	}
	id := len(ps.all)
	ps.ids[s] = id
	ps.all = append(ps.all, p)
	ps.index(p, id)
	return id, nil
}

func (ps *patterns) index(p pattern, id int) {
	switch {
	case p.text == "":
		ps.numbers = append(ps.numbers, id)
		return
	case p.prefix:
		ps.begin[p.text] = append(ps.begin[p.text], id)
		ps.longest = max(ps.longest, len(p.text))
	default:
		ps.whole[p.text] = append(ps.whole[p.text], id)
		ps.addShorter(p.letters, id)
	}
	if p.typo {
		initial, _ := utf8.DecodeRuneInString(p.text)
		ps.typos[initial] = append(ps.typos[initial], id)
	}
	if ps.hear == nil {
		return
	}
	sound := ps.hear(p.text)
	switch {
	case !p.prefix:
		ps.heard[sound] = append(ps.heard[sound], id)
	case len(p.letters) >= minHeard:
		ps.begun[sound] = append(ps.begun[sound], id)
	}
}

// minForgiven is how many letters a word has at least in which a letter may be
// missing or too much; in shorter ones that is often another word.
const minForgiven = 5

func (ps *patterns) addShorter(letters []rune, id int) {
	if !ps.forgives || len(letters) < minForgiven {
		return
	}
	for i := 1; i < len(letters)-1; i++ {
		w := without(letters, i)
		ps.shorter[w] = append(ps.shorter[w], id)
	}
}

func without(letters []rune, i int) string { return string(letters[:i]) + string(letters[i+1:]) }

// longestTyped is how many bytes a word has at most in which a typo is looked for.
const longestTyped = 60

// fits returns the patterns that a word fits, and whether it is one of the lexicon's.
func (ps *patterns) fits(word string) (found []int, known bool) {
	if word == "" {
		return nil, false
	}
	found = lookUp(word, ps.whole, ps.begin, ps.longest)
	if n, err := strconv.Atoi(word); err == nil {
		return append(found, ps.fitsNumber(n)...), true
	}
	known = len(found) > 0
	if len(word) > longestTyped {
		return found, known
	}
	initial, _ := utf8.DecodeRuneInString(word)
	if ids := ps.typos[initial]; len(ids) > 0 {
		letters := []rune(word)
		for _, id := range ids {
			if ps.all[id].nearly(letters) {
				found = append(found, id)
			}
		}
	}
	return found, known
}

// guess returns the patterns of the words that a word which is none may be meant for:
// one with a slip of the hand, or one that sounds like it.
func (ps *patterns) guess(word string) []int {
	n := utf8.RuneCountInString(word)
	if n < minForgiven-1 || len(word) > longestTyped || word[0] <= '9' {
		return nil
	}
	var found []int
	if ps.forgives {
		found = ps.slips(word, n)
	}
	if ps.hear != nil {
		found = append(found, lookUp(ps.hear(word), ps.heard, ps.begun, ps.longest)...)
	}
	return found
}

// lookUp returns the patterns of a whole word and of its beginnings.
func lookUp(word string, whole, begin map[string][]int, longest int) []int {
	found := slices.Clone(whole[word])
	for i := range word {
		if i > longest {
			return found
		}
		found = append(found, begin[word[:i]]...)
	}
	return append(found, begin[word]...)
}

func (ps *patterns) fitsNumber(n int) []int {
	var found []int
	for _, id := range ps.numbers {
		if ps.all[id].low <= n && n <= ps.all[id].top {
			found = append(found, id)
		}
	}
	return found
}

// slips returns the patterns of words that differ by a slip of the hand behind the
// first letter: two neighbours exchanged, in long words one letter missing or too much,
// though not the last, which is an ending.
func (ps *patterns) slips(word string, n int) []int {
	found := slices.Clone(ps.shorter[word])
	slip := make([]byte, 0, longestTyped)
	_, i := utf8.DecodeRuneInString(word)
	for {
		_, size := utf8.DecodeRuneInString(word[i:])
		next := i + size
		if next >= len(word) {
			return found
		}
		if n > minForgiven {
			slip = append(append(slip[:0], word[:i]...), word[next:]...)
			found = append(found, ps.whole[string(slip)]...)
		}
		_, size = utf8.DecodeRuneInString(word[next:])
		slip = append(append(slip[:0], word[:i]...), word[next:next+size]...)
		slip = append(append(slip, word[i:next]...), word[next+size:]...)
		found = append(found, ps.whole[string(slip)]...)
		i = next
	}
}
