package search

import "strings"

// The keys of the two layouts, in lower case, in the same order, and the keys that
// write punctuation with Shift where the other layout has a letter.
const (
	qwerty  = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
	ycuken  = "йцукенгшщзхъфывапролджэячсмитьбюё"
	shifted = `{}:"<>~`
	letters = "хъжэбюё"
)

// OtherLayout returns what the same keys write in the other keyboard layout:
// "rfr dsdtcnb" is "как вывести", "ызщке" is "sport". The result is in lower case.
func OtherLayout(s string) string {
	s = strings.ToLower(s)
	if latin, cyrillic := countScripts(s); cyrillic > latin {
		return mapRunes(s, ycuken, qwerty)
	}
	return mapRunes(s, qwerty+shifted, ycuken+letters)
}
