package classify

import (
	"strings"
	"unicode"

	"otvet/search"
)

// block is a kind of feature. Each block of a vector has a length of its own, so that a
// few words are not drowned by their many n-grams.
type block uint8

const (
	begin  block = iota // the first letters of a word: what a stemmer would leave, in any language
	pair                // of neighbours, cut to cutPair letters, with the text's ends
	gram                // letters in a row within a word, its ends marked
	blocks = iota
)

// blockLengths is how long each block of a vector is before the whole is made of length 1.
func blockLengths() [blocks]float64 { return [blocks]float64{begin: 1, pair: 1, gram: 2} }

const (
	cutShort, cutLong = 4, 6 // letters of beginnings
	cutPair           = 5
	minGram, maxGram  = 2, 5
)

// feature names a part of a text by a hash: FNV-1a of 64 bits over its block and letters.
type feature uint64

func hash(b block, parts ...string) feature {
	const offset, prime = 14695981039346656037, 1099511628211
	h := (uint64(offset) ^ uint64(b)) * prime
	for _, p := range parts {
		for i := range len(p) {
			h = (h ^ uint64(p[i])) * prime
		}
		h = (h ^ 0xff) * prime // no byte of UTF-8
	}
	return feature(h)
}

// words returns the folded words of a text; an apostrophe does not part them.
func words(text string) []string {
	folded := strings.ReplaceAll(search.Fold(text), "'", "")
	return strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// features passes every feature of a text to use, as often as it occurs.
func features(text string, use func(block, feature)) {
	all := words(text)
	previous := "<"
	for _, w := range all {
		use(begin, hash(begin, cut(w, cutShort)))
		use(begin, hash(begin, cut(w, cutLong)))
		grams(w, use)
		short := cut(w, cutPair)
		use(pair, hash(pair, previous, short))
		previous = short
	}
	if len(all) > 0 {
		use(pair, hash(pair, previous, ">"))
	}
}

// grams passes the character n-grams of a word. A word that is shorter is its own, once.
func grams(w string, use func(block, feature)) {
	padded := " " + w + " "
	var starts []int // of each letter, and the end
	for i := range padded {
		starts = append(starts, i)
	}
	starts = append(starts, len(padded))
	letters := len(starts) - 1
	for n := minGram; n <= min(maxGram, letters); n++ {
		for i := 0; i+n <= letters; i++ {
			use(gram, hash(gram, padded[starts[i]:starts[i+n]]))
		}
	}
}

// cut returns the first n letters of a word.
func cut(w string, n int) string {
	for i := range w {
		if n == 0 {
			return w[:i]
		}
		n--
	}
	return w
}
