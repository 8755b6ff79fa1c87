package eval

import (
	"unicode"

	"otvet/kb"
)

// leaning is how many more Cyrillic than Latin letters a text has.
func leaning(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			n++
		case unicode.Is(unicode.Latin, r):
			n--
		}
	}
	return n
}

func leaningLocale(balance int) kb.Locale {
	if balance > 0 {
		return kb.RU
	}
	return kb.EN
}
