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
// readings, and phrases of the synonyms where they stand as a whole; fillers only while it
// is typed, when every word that fits is news. Of a word that is still being typed only the
// typed letters are marked.
func (q *question) marks(x *index, text string) []Span {
	words := wordsIn(text)
	asked := make([]bool, len(words))
	q.markReadings(x, words, asked)
	var found []Span
	for i, w := range words {
		switch {
		case q.unfinished != "" && strings.HasPrefix(w.folded, q.unfinished):
			found = append(found, w.opening(text, utf8.RuneCountInString(q.unfinished)))
		case asked[i], slices.Contains(q.typed, w.folded):
			found = append(found, w.Span)
		}
	}
	return found
}

// markReadings notes which words are asked for; stop words may stand within a phrase.
func (q *question) markReadings(x *index, words []word, asked []bool) {
	var terms []termID
	var places []int
	for i, w := range words {
		if id := x.vocabulary.find(w.folded); id != stopWord {
			terms, places = append(terms, id), append(places, i)
		}
	}
	for i := range q.concepts {
		c := &q.concepts[i]
		if c.filler && q.typed == nil {
			continue
		}
		for _, r := range c.readings {
			for j := 0; j+len(r.terms) <= len(terms); j++ {
				if slices.Equal(terms[j:j+len(r.terms)], r.terms) {
					for k := range r.terms {
						asked[places[j+k]] = true
					}
				}
			}
		}
	}
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
