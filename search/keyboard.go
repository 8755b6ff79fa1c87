package search

import "strings"

// The keys of the two layouts, in lower case, in the same order.
const (
	qwerty = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
	ycuken = "йцукенгшщзхъфывапролджэячсмитьбюё"
)

// OtherLayout returns what the same keys write in the other keyboard layout:
// "rfr dsdtcnb" is "как вывести", "ызщке" is "sport". The result is in lower case.
func OtherLayout(s string) string {
	s = strings.ToLower(s)
	if latin, cyrillic := countScripts(s); cyrillic > latin {
		return mapRunes(s, ycuken, qwerty)
	}
	return mapRunes(s, qwerty, ycuken)
}
