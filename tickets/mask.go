package tickets

import (
	"regexp"
	"strings"
	"unicode"
)

// veil stands for what Mask hides.
const veil = "•••••"

// How many digits make a number that may lead to a person. Six in a row are an account
// or a code; seven with something between them a telephone number, a card, a day of
// birth. Shorter ones are amounts, years and odds, without which a question says nothing.
const (
	digitsInARow = 6
	digitsInAll  = 7
)

// atForm is an e-mail address, also with spaces around its @, or a name that begins with
// one.
var atForm = regexp.MustCompile(`(?:[^\s@<>()«»",;:]+(?:@ ?| @ )|@)[^\s@<>()«»",;]+`)

// digitsForm is digits with what people write between the groups of a long number.
var digitsForm = regexp.MustCompile(`\+?\(?\p{Nd}(?:[ \x{00a0}\x{202f}().\-–/]{0,3}\p{Nd})+`)

// tokenForm is a word that nobody thinks up: an account or a wallet in letters and digits.
var tokenForm = regexp.MustCompile(`[0-9A-Za-z]{16,}`)

// Mask hides what may lead from a player's question to the player: e-mail addresses and
// @names, telephone numbers, and long runs of digits such as cards and accounts. What a
// name or a street gives away it cannot see.
func Mask(text string) string {
	text = atForm.ReplaceAllString(text, veil)
	text = tokenForm.ReplaceAllStringFunc(text, func(m string) string {
		if strings.ContainsAny(m, "0123456789") {
			return veil
		}
		return m
	})
	return digitsForm.ReplaceAllStringFunc(text, func(m string) string {
		if leadsToAPerson(m) {
			return veil
		}
		return m
	})
}

// leadsToAPerson reports whether a number is long enough for it.
func leadsToAPerson(number string) bool {
	all, row := 0, 0
	for _, r := range number {
		if !unicode.IsDigit(r) {
			row = 0
			continue
		}
		all, row = all+1, row+1
		if row >= digitsInARow || all >= digitsInAll {
			return true
		}
	}
	return false
}
