package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a part of a text, in bytes.
type Span struct{ Start, End int }

// word is a word of a text and where it stands.
type word struct {
	Span
	folded string // as the vocabulary knows it
}

// wordsIn returns the words of a text as their author wrote them: runs of letters, digits
// and what belongs to them.
func wordsIn(text string) []word {
	var words []word
	start := -1
	for i, r := range text {
		if isWord(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			words = append(words, newWord(text, start, i))
			start = -1
		}
	}
	if start >= 0 {
		words = append(words, newWord(text, start, len(text)))
	}
	return words
}

func newWord(text string, start, end int) word {
	for _, quote := range []string{"'", "’"} { // of a quotation, not of a word
		end = start + len(strings.TrimRight(text[start:end], quote))
	}
	return word{Span{start, end}, oneScript(Fold(text[start:end]))}
}

// isWord reports whether a character is a part of a word: apostrophes are, at a word's
// end as well, and so is what shows nothing, such as a soft hyphen.
func isWord(r rune) bool {
	return unicode.In(r, unicode.L, unicode.N, unicode.Mn, unicode.Cf) || r == '\'' || r == '’'
}

// marks returns the words of a text that the question asks for, by whichever of their
// readings; fillers only while it is typed, when every word that fits is news. Of a word
// that is still being typed only the typed letters are marked.
func (q *question) marks(x *index, text string) []Span {
	asked := map[termID]bool{}
	for _, c := range q.concepts {
		for _, r := range c.readings {
			if c.filler && q.typed == nil {
				break
			}
			for _, id := range r.terms {
				asked[id] = true
			}
		}
	}
	var found []Span
	for _, w := range wordsIn(text) {
		switch id := x.vocabulary.find(w.folded); {
		case q.unfinished != "" && strings.HasPrefix(w.folded, q.unfinished):
			found = append(found, w.opening(text, utf8.RuneCountInString(q.unfinished)))
		case id >= 0 && asked[id], slices.Contains(q.typed, w.folded):
			found = append(found, w.Span)
		}
	}
	return found
}

// opening returns the first n characters of a word.
func (w word) opening(text string, n int) Span {
	for i := range text[w.Start:w.End] {
		if n == 0 {
			return Span{w.Start, w.Start + i}
		}
		n--
	}
	return w.Span
}
