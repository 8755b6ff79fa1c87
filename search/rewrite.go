package search

import (
	"fmt"
	"slices"
	"strings"

	"otvet/kb"
)

// rewriting is a text on the way from the wrong letters to words that an index knows.
type rewriting struct {
	index            *index
	transliterator   *Transliterator
	typed            string
	tokens           []string // between blanks, folded
	places           []Span   // where the tokens stand in what was typed
	unfinished       string   // the last token, when it may go on; else empty
	layout, translit int      // tokens that make known words in that way; some do in both
}

// rewrite reads a text as words of another language: typed in the other keyboard
// layout, or Russian in Latin letters. Words that to knows as they are stay, and so
// do words with a digit ("2fa").
func (s *snapshot) rewrite(typed string, to kb.Locale, unfinished bool) text {
	r := rewriting{index: s.indexes[to], transliterator: s.transliterator, typed: typed}
	r.cut()
	if unfinished && len(r.tokens) > 0 {
		r.unfinished = r.tokens[len(r.tokens)-1]
	}
	for _, token := range r.tokens {
		if r.stays(token) {
			continue
		}
		if r.otherLayout(token, true) != nil {
			r.layout++
		}
		if r.spelled(token, true) != nil {
			r.translit++
		}
	}
	return r.text(to, unfinished)
}

// cut sets the tokens.
func (r *rewriting) cut() {
	end := 0
	for field := range strings.FieldsSeq(r.typed) {
		start := end + strings.Index(r.typed[end:], field)
		end = start + len(field)
		for _, token := range strings.Fields(Fold(field)) {
			if len(r.tokens) == MaxTokens {
				return
			}
			r.tokens, r.places = append(r.tokens, token), append(r.places, Span{start, end})
		}
	}
}

// text puts the tokens together again.
func (r *rewriting) text(to kb.Locale, unfinished bool) text {
	out := text{locale: to, unfinished: unfinished}
	var written strings.Builder
	made := map[Change]bool{}
	for i, token := range r.tokens {
		words, change := r.words(token)
		out.words = append(out.words, words...)
		made[change] = true
		out.origins = append(out.origins, r.write(&written, i, words, change))
	}
	out.written = written.String()
	reading := strings.Join(out.words, " ")
	if made[ChangeLayout] {
		out.changes = append(out.changes, ChangeLayout)
		out.notes = append(out.notes, fmt.Sprintf("read as typed in the other keyboard layout: %q", reading))
	}
	if made[ChangeTranslit] {
		out.changes = append(out.changes, ChangeTranslit)
		out.notes = append(out.notes, fmt.Sprintf("read as transliterated: %q", reading))
	}
	return out
}

// write adds the ith token as it was read to a text and returns where it stands.
func (r *rewriting) write(to *strings.Builder, i int, words []string, change Change) origin {
	token, tail, typed := r.tokens[i], "", r.places[i]
	if change != "" {
		tail = r.tail(token, words, change)
		token = strings.Join(words, " ")
	}
	if strings.HasSuffix(r.typed[:typed.End], tail) {
		typed.End -= len(tail)
	}
	to.WriteString(r.gap(i))
	start := to.Len()
	to.WriteString(token)
	written := Span{start, to.Len()}
	to.WriteString(tail)
	return origin{written, typed}
}

// gap returns what parts a token from the one before: lines stay lines.
func (r *rewriting) gap(i int) string {
	switch {
	case i == 0:
		return ""
	case r.places[i-1].End <= r.places[i].Start && strings.Contains(r.typed[r.places[i-1].End:r.places[i].Start], "\n"):
		return "\n"
	}
	return " "
}

// punctuation may end a token in either layout, or be letters of the other one.
const punctuation = ".,;:?!"

// tail returns the punctuation at the end of a token that is not a part of the words that it was
// read as.
func (r *rewriting) tail(token string, words []string, change Change) string {
	for end := len(strings.TrimRight(token, punctuation)); end < len(token); end++ {
		if slices.Equal(r.by(change, token[:end], false), words) {
			return token[end:]
		}
	}
	return ""
}

// words reads one token, and says by which change; none when it stays. One that makes known
// words in both ways ("ne" is ту and не) is read as most others are, and so is one that
// makes none, for it may hold a typo.
func (r *rewriting) words(token string) ([]string, Change) {
	if r.stays(token) {
		return r.plain(token), ""
	}
	first, second := ChangeLayout, ChangeTranslit
	if r.translit > r.layout {
		first, second = second, first
	}
	for _, change := range []Change{first, second} {
		if words := r.by(change, token, true); words != nil {
			return words, change
		}
	}
	if r.layout+r.translit == 0 {
		return r.plain(token), ""
	}
	return r.by(first, token, false), first
}

// by returns the words that a token is after a change; nil when they must be known and
// are not.
func (r *rewriting) by(change Change, token string, known bool) []string {
	if change == ChangeLayout {
		return r.otherLayout(token, known)
	}
	return r.spelled(token, known)
}

func (r *rewriting) plain(token string) []string { return r.index.vocabulary.lexicon.words(token) }

func (r *rewriting) stays(token string) bool {
	return strings.ContainsAny(token, "0123456789") || r.known(token, r.plain(token))
}

// known reports whether the index knows the words that a token was read as. Of an
// unfinished token the last one may be the beginning of a word.
func (r *rewriting) known(token string, words []string) bool {
	if r.index.knows(words) {
		return true
	}
	last := len(words) - 1
	return token == r.unfinished && last >= 0 && r.index.knows(words[:last]) && r.index.begins(words[last])
}

// otherLayout returns the words that a token is in the other layout, with or
// without the punctuation at its end; nil when they must be known and are not.
func (r *rewriting) otherLayout(token string, known bool) []string {
	trimmed := r.plain(OtherLayout(strings.TrimRight(token, punctuation)))
	for _, words := range [][]string{r.plain(OtherLayout(token)), trimmed} {
		if len(words) > 0 && r.known(token, words) {
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
		word, ok := r.index.skeletons.word(r.transliterator.Skeleton(w))
		spelt := r.transliterator.spell(w)
		switch {
		case ok:
			words[i] = word
		case token == r.unfinished && i == len(words)-1 && r.index.begins(spelt):
			words[i] = spelt
		case known:
			return nil
		default:
			words[i] = spelt
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
