package search

import (
	"strings"
	"sync"
)

// The keys of the two layouts, in lower case, in the same order, and the keys that
// write punctuation with Shift where the other layout has a letter.
const (
	qwerty  = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
	ycuken  = "йцукенгшщзхъфывапролджэячсмитьбюё"
	shifted = `{}:"<>~`
	letters = "хъжэбюё"
)

var (
	toQwerty = sync.OnceValue(func() runeMap { return newRuneMap(ycuken, qwerty) })
	toYcuken = sync.OnceValue(func() runeMap { return newRuneMap(qwerty+shifted, ycuken+letters) })
)

// OtherLayout returns what the same keys write in the other keyboard layout:
// "rfr dsdtcnb" is "как вывести", "ызщке" is "sport". The result is in lower case.
func OtherLayout(s string) string {
	s = strings.ToLower(s)
	if latin, cyrillic := countScripts(s); cyrillic > latin {
		return toQwerty().replace(s)
	}
	return toYcuken().replace(s)
}
