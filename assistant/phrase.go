package assistant

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"otvet/search"
)

// phrase is one entry of a lexicon, as steps from word to word.
type phrase struct {
	reason int // rank in Reasons; ordinary for what is harmless
	steps  []step
}

// step is one word of a phrase in its alternatives.
type step struct {
	words map[int]bool // pattern words, any of which fits
	gap   int          // how many other words may stand before it
	end   bool         // a clause must end after it
}

// gaps reports whether other words may stand inside the phrase.
func (p *phrase) gaps() bool {
	return slices.ContainsFunc(p.steps, func(s step) bool { return s.gap > 0 })
}

// follow takes the steps from the given one on, beginning at a word, and returns the
// places of the words, added to at; nil when they do not fit. A harmless phrase does
// not go on behind the end of a clause.
func (p *phrase) follow(text []seen, start, n int, at []int) []int {
	s := p.steps[n]
	for i := start; i < len(text) && i <= start+s.gap; i++ {
		if p.reason == ordinary && len(at) > 0 && text[i-1].ends {
			return nil
		}
		if !s.takes(text, i) {
			continue
		}
		if n+1 == len(p.steps) {
			return append(at, i)
		}
		if found := p.follow(text, i+1, n+1, append(at, i)); found != nil {
			return found
		}
	}
	return nil
}

// takes reports whether the step fits the word at i.
func (s *step) takes(text []seen, i int) bool {
	if s.end && !text[i].ends && i+1 < len(text) {
		return false
	}
	return slices.ContainsFunc(text[i].fits, func(id int) bool { return s.words[id] })
}

// parsePhrase reads one expanded line of a lexicon.
func (m *matcher) parsePhrase(line string, reason int) (phrase, error) {
	p := phrase{reason: reason}
	gap := 0
	for field := range strings.FieldsSeq(line) {
		switch {
		case field == shortGap:
			gap = maxGap
		case field == longGap:
			gap = maxApart
		case field == "$" && len(p.steps) > 0:
			p.steps[len(p.steps)-1].end = true
		default:
			words, err := m.alternatives(field)
			if err != nil {
				return phrase{}, err
			}
			p.steps = append(p.steps, step{words: words, gap: gap})
			gap = 0
		}
	}
	if len(p.steps) == 0 || gap > 0 || p.steps[0].gap > 0 {
		return phrase{}, fmt.Errorf("phrase %q does not begin and end with a word", line)
	}
	return p, nil
}

// alternatives returns the pattern words of a field.
func (m *matcher) alternatives(field string) (map[int]bool, error) {
	words := map[int]bool{}
	for alt := range strings.SplitSeq(field, "|") {
		id, err := m.pattern(alt)
		if err != nil {
			return nil, err
		}
		words[id] = true
	}
	return words, nil
}

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

// fits reports whether a word, given twice, is meant by the pattern.
func (p *pattern) fits(word string, letters []rune) bool {
	if word == p.text || p.prefix && strings.HasPrefix(word, p.text) {
		return true
	}
	return p.typo && p.nearly(letters)
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
