package search

import (
	"fmt"
	"strings"

	"otvet/kb"
)

// rewriting is a text on the way from the wrong letters to words that an index knows.
type rewriting struct {
	index            *index
	transliterator   *Transliterator
	tokens           []string // between blanks, folded
	layout, translit int      // tokens that make known words in that way
}

// rewrite reads a text as words of another language: typed in the other keyboard
// layout, or Russian in Latin letters. Words that to knows as they are stay, and so
// do words with a digit ("2fa").
func (s *snapshot) rewrite(typed string, to kb.Locale) text {
	r := rewriting{index: s.indexes[to], transliterator: s.transliterator, tokens: strings.Fields(Fold(typed))}
	r.tokens = r.tokens[:min(len(r.tokens), MaxTokens)]
	for _, token := range r.tokens {
		switch {
		case r.stays(token):
		case r.otherLayout(token, true) != nil:
			r.layout++
		case r.spelled(token, true) != nil:
			r.translit++
		}
	}
	out := text{locale: to}
	for _, token := range r.tokens {
		out.words = append(out.words, r.words(token)...)
	}
	reading := strings.Join(out.words, " ")
	if r.layout > 0 {
		out.notes = append(out.notes, fmt.Sprintf("read as typed in the other keyboard layout: %q", reading))
	}
	if r.translit > 0 {
		out.notes = append(out.notes, fmt.Sprintf("read as transliterated: %q", reading))
	}
	return out
}

// words reads one token; one that makes no known word is read as most others are,
// for it may hold a typo.
func (r *rewriting) words(token string) []string {
	if r.stays(token) {
		return r.plain(token)
	}
	if words := r.otherLayout(token, true); words != nil {
		return words
	}
	if words := r.spelled(token, true); words != nil {
		return words
	}
	switch {
	case r.layout > r.translit:
		return r.otherLayout(token, false)
	case r.translit > 0:
		return r.spelled(token, false)
	}
	return r.plain(token)
}

func (r *rewriting) plain(token string) []string { return r.index.vocabulary.lexicon.words(token) }

func (r *rewriting) stays(token string) bool {
	return strings.ContainsAny(token, "0123456789") || r.index.knows(r.plain(token))
}

// otherLayout returns the words that a token is in the other layout, with or
// without the punctuation at its end; nil when they must be known and are not.
func (r *rewriting) otherLayout(token string, known bool) []string {
	trimmed := r.plain(OtherLayout(strings.TrimRight(token, ".,;:?!")))
	for _, words := range [][]string{r.plain(OtherLayout(token)), trimmed} {
		if len(words) > 0 && r.index.knows(words) {
			return words
		}
	}
	if known {
		return nil
	}
	return trimmed
}

// spelled returns Latin words as the known Russian words of the same sound; nil when
// they must be known and are not.
func (r *rewriting) spelled(token string, known bool) []string {
	if r.index.vocabulary.lexicon.locale != kb.RU {
		return nil
	}
	words := r.plain(token)
	for i, w := range words {
		word, ok := r.index.skeletons[r.transliterator.Skeleton(w)]
		switch {
		case ok:
			words[i] = word
		case known:
			return nil
		default:
			words[i] = r.transliterator.spell(w)
		}
	}
	return words
}

// knows reports whether the index or the stop list holds every word.
func (x *index) knows(words []string) bool {
	for _, w := range words {
		if x.vocabulary.find(w) == unknownWord {
			return false
		}
	}
	return true
}
