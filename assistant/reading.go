package assistant

import (
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

// readings returns the ways to take a message apart: at every character that is no
// letter, at blanks only (letters split by "-" or "." belong together), and typed
// in the other keyboard layout.
func readings(text string) [][]word {
	folded := search.Fold(strings.ToValidUTF8(text, " "))
	other := search.OtherLayout(folded)
	return [][]word{split(folded), join(folded), split(other)}
}

// split takes a text apart at every character that is no letter, digit or apostrophe.
func split(text string) []word {
	var words []word
	for token := range strings.FieldsSeq(text) {
		from := len(words)
		for _, w := range strings.FieldsFunc(strings.ReplaceAll(token, "'", ""), isBreak) {
			words = append(words, word{text: w})
		}
		if len(words) > from {
			words[len(words)-1].ends = endsClause(token)
		}
	}
	return words
}

// join takes a text apart at blanks, drops what is no letter inside a word, and
// joins letters that stand alone: "с у и ц и д".
func join(text string) []word {
	var words []word
	single := false
	for token := range strings.FieldsSeq(text) {
		w := strings.Map(keepLetters, token)
		if w == "" {
			continue
		}
		alone := utf8.RuneCountInString(w) == 1
		if alone && single {
			words[len(words)-1].text += w
		} else {
			words = append(words, word{text: w})
		}
		words[len(words)-1].ends = endsClause(token)
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

func endsClause(token string) bool { return strings.ContainsAny(token[len(token)-1:], ".,!?;:)") }
