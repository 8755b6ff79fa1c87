package search

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"otvet/kb"
)

// question is a query understood: in which language to look, for what, and how the
// text was read.
type question struct {
	locale   kb.Locale
	concepts []concept
	notes    []string // how the text was read, in words
}

// checkText returns ErrTooLong or ErrText for what cannot be searched for.
func checkText(text string) error {
	switch {
	case len(text) > MaxBytes:
		return ErrTooLong
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return ErrText
	}
	return nil
}

// understand reads a query against the words of both languages.
func (s *snapshot) understand(q Query) (question, error) {
	if err := checkText(q.Text); err != nil {
		return question{}, err
	}
	if !q.Locale.Valid() {
		q.Locale = kb.EN
	}
	r := s.read(q)
	if len(r.words) == 0 {
		return question{}, ErrEmpty
	}
	if len(r.words) > MaxTokens {
		r.words = r.words[:MaxTokens]
		r.notes = append(r.notes, fmt.Sprintf("only the first %d words count", MaxTokens))
	}
	if r.locale != q.Locale {
		r.notes = append(r.notes, fmt.Sprintf("the question is in the other language: searched %s", r.locale))
	}
	concepts := s.indexes[r.locale].concepts(r.words)
	for _, c := range concepts {
		if c.guess != "" {
			r.notes = append(r.notes, fmt.Sprintf("read %q as %q", c.word, c.guess))
		}
	}
	return question{locale: r.locale, concepts: concepts, notes: r.notes}, nil
}

// text is one way to read what was typed.
type text struct {
	locale kb.Locale
	words  []string
	notes  []string
}

// read chooses the language and, when the words make no sense as they stand, tries
// the other keyboard layout and Russian in Latin letters.
func (s *snapshot) read(q Query) text {
	words := s.indexes[kb.RU].vocabulary.lexicon.words(q.Text)
	direct := text{locale: scriptLocale(words, q.Locale), words: words}
	if direct.locale != q.Locale && s.knows(text{locale: q.Locale, words: words}) == 1 {
		direct.locale = q.Locale
	}
	best := s.knows(direct)
	if best >= understood {
		return direct
	}
	other := kb.RU
	if direct.locale == kb.RU {
		other = kb.EN
	}
	rewritten := s.rewrite(q.Text, other)
	if share := s.knows(rewritten); share > best && share >= understood {
		return rewritten
	}
	return direct
}

// understood is the share of known words from which a reading is accepted.
const understood = 0.5

// knows returns the share of the subject words of a reading that its language's index knows.
func (s *snapshot) knows(t text) float64 {
	x := s.indexes[t.locale]
	words, terms := x.content(t.words[:min(len(t.words), MaxTokens)])
	fillers := x.fillers(words)
	known, total := 0, 0
	for i, id := range terms {
		if fillers[i] {
			continue
		}
		total++
		if id >= 0 {
			known++
		}
	}
	if total == 0 {
		return 0
	}
	return float64(known) / float64(total)
}
