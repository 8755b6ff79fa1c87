package assistant

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"otvet/search"
)

// word is a word of a message, folded as search folds it.
type word struct {
	text string
	ends bool // a clause ends after it
}

// version is a message taken apart in one way.
type version struct {
	words   []word
	swapped bool // as typed in the other keyboard layout
}

// readings returns the ways to take a message apart: at every character that is no
// letter, at blanks only (letters split by "-" or "." belong together), and typed in
// the other keyboard layout, where punctuation at the end of a word may be a letter.
// Ways that come to the same are given once.
func readings(text string) []version {
	text = strings.ToValidUTF8(text, " ")
	folded := search.Fold(text)
	apart, joined := split(folded), join(folded)
	versions := []version{{words: apart}}
	if !slices.Equal(apart, joined) {
		versions = append(versions, version{words: joined})
	}
	swapped, trimmed := split(otherLayout(text)), split(otherLayout(trimWords(text)))
	versions = append(versions, version{swapped, true})
	if !slices.Equal(swapped, trimmed) {
		versions = append(versions, version{trimmed, true})
	}
	return versions
}

func otherLayout(text string) string { return search.Fold(search.OtherLayout(text)) }

// trimWords cuts the punctuation off the end of each word.
func trimWords(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = strings.TrimRight(w, ".,;:?!")
	}
	return strings.Join(words, " ")
}

// split takes a text apart at every character that is no letter, digit or apostrophe.
func split(text string) []word {
	var words []word
	for token := range strings.FieldsSeq(text) {
		from := len(words)
		for _, w := range strings.FieldsFunc(strings.ReplaceAll(token, "'", ""), isBreak) {
			words = append(words, word{text: w})
		}
		end(words, token, len(words) > from)
	}
	return words
}

// longestJoined is how many bytes of single letters make one word at most: longer than
// anything in the lexicon, and short enough for a text of nothing else.
const longestJoined = 80

// join takes a text apart at blanks, drops what is no letter inside a word, and
// joins letters that stand alone: "с у и ц и д".
func join(text string) []word {
	var words []word
	single := false
	for token := range strings.FieldsSeq(text) {
		w := strings.Map(keepLetters, token)
		if w == "" {
			end(words, token, false)
			continue
		}
		alone := utf8.RuneCountInString(w) == 1 && (w[0] < '0' || w[0] > '9')
		if alone && single && len(words[len(words)-1].text) < longestJoined {
			words[len(words)-1].text += w
		} else {
			words = append(words, word{text: w})
		}
		end(words, token, true)
		single = alone
	}
	return words
}

func isBreak(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func keepLetters(r rune) rune {
	if isBreak(r) {
		return -1
	}
	return r
}

// end notes on the last word whether its token, or one of punctuation behind it,
// ends a clause.
func end(words []word, token string, own bool) {
	if len(words) == 0 {
		return
	}
	last := &words[len(words)-1]
	last.ends = last.ends && !own || strings.ContainsAny(token[len(token)-1:], ".,!?;:)")
}
