package search

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"otvet/kb"
)

// question is a query understood: in which language to look, for what, and how the
// text was read.
type question struct {
	locale     kb.Locale
	concepts   []concept
	written    string   // the text, in the letters in which it was read
	changes    []Change // what that took
	origins    []origin // where its words stand in what was typed, in order; none where it was taken as typed
	unfinished string   // the beginning of a word at its end, folded; empty: all words are whole
	typed      []string // while it is typed: its words so far, stop words too
	notes      []string // how the text was read, in words
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

// understand reads a query against the words of both languages. The last word of a text
// that is being typed may be unfinished.
func (s *snapshot) understand(q Query, typing bool) (question, error) {
	if err := checkText(q.Text); err != nil {
		return question{}, err
	}
	if !q.Locale.Valid() {
		q.Locale = kb.EN
	}
	r := s.read(q, typing && endsInWord(q.Text))
	if len(r.words) == 0 {
		return question{}, ErrEmpty
	}
	if r.locale != q.Locale {
		r.notes = append(r.notes, fmt.Sprintf("the question is in the other language: searched %s", r.locale))
	}
	asked := s.ask(q, r)
	if typing {
		asked.typed = r.words
	}
	return asked, nil
}

// endsInWord reports whether a text ends in the middle or at the end of a word.
func endsInWord(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsLetter(last) || unicode.IsDigit(last)
}

// ask turns a reading into concepts.
func (s *snapshot) ask(q Query, r text) question {
	if len(r.words) > MaxTokens {
		r.words = r.words[:MaxTokens]
		r.notes = append(r.notes, fmt.Sprintf("only the first %d words count", MaxTokens))
	}
	x := s.indexes[r.locale]
	asked := question{locale: r.locale, concepts: x.concepts(r.words, q.Verbatim), written: r.written, changes: r.changes, origins: r.origins, notes: r.notes}
	if q.Verbatim {
		asked.notes = append(asked.notes, "taken as it was typed")
	}
	if r.unfinished {
		x.complete(&asked, r.words[len(r.words)-1])
	}
	asked.notes = append(asked.notes, asked.guesses()...)
	return asked
}

// text is one way to read what was typed.
type text struct {
	locale     kb.Locale
	words      []string
	unfinished bool   // the last word may go on
	written    string // the words as a person would write them
	changes    []Change
	origins    []origin // of what is written; none where it is what was typed
	notes      []string
}

// read chooses the language and, when the words make no sense as they stand, tries
// the other keyboard layout and Russian in Latin letters.
func (s *snapshot) read(q Query, unfinished bool) text {
	words := s.indexes[kb.RU].vocabulary.lexicon.words(q.Text)
	direct := text{locale: scriptLocale(words, q.Locale), words: words, unfinished: unfinished, written: q.Text}
	if direct.locale != q.Locale && s.knows(direct.in(q.Locale)) == 1 {
		direct.locale = q.Locale
	}
	best := s.knows(direct)
	if best >= understood || q.Verbatim {
		return direct
	}
	rewritten := s.rewrite(q.Text, other(direct.locale), unfinished)
	if share := s.knows(rewritten); share > best && share >= understood {
		return rewritten
	}
	return direct
}

// origin says where a part of the text as it was read stands, and where what was typed for it.
type origin struct{ written, typed Span }

// typedAs returns what was typed for the part of the text as it was read.
func (q *question) typedAs(typed string, part Span) string {
	if q.origins == nil {
		return typed[part.Start:part.End]
	}
	var at []Span
	for _, o := range q.origins {
		if o.written.End > part.Start && o.written.Start < part.End {
			at = append(at, o.typed)
		}
	}
	if at == nil {
		return ""
	}
	return typed[at[0].Start:at[len(at)-1].End]
}

// in returns the same words as words of a language.
func (t text) in(loc kb.Locale) text {
	t.locale = loc
	return t
}

// other returns the other one of the two languages.
func other(loc kb.Locale) kb.Locale {
	if loc == kb.RU {
		return kb.EN
	}
	return kb.RU
}

// understood is the share of known words from which a reading is accepted.
const understood = 0.5

// knows returns the share of the subject words of a reading that its language's index
// knows. It knows an unfinished word when it knows one that begins like it.
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
		if id >= 0 || t.unfinished && i == len(terms)-1 && x.begins(words[i]) {
			known++
		}
	}
	if total == 0 {
		return 0
	}
	return float64(known) / float64(total)
}
