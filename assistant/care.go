package assistant

import (
	"strings"
	"unicode"

	"otvet/kb"
)

// Names of the content's fixed messages for someone who may be in distress.
const (
	CareReceived = "safety"        // a person has the message and will answer
	CareUnsent   = "safety-unsent" // only a program has read the words
)

// CareLetters returns a fixed message for the writer of a text: in the locale of the page,
// and in the other one too when the text has letters of its script, since nobody should
// have to read this in a foreign language.
func CareLetters(library *kb.Library, locale kb.Locale, text, name string) []kb.Letter {
	var letters []kb.Letter
	for _, l := range kb.Locales() {
		if l != locale && !writtenIn(text, l) {
			continue
		}
		letter, ok := library.Letter(l, name)
		switch {
		case !ok: // content without its required letters is never served
		case l == locale:
			letters = append([]kb.Letter{letter}, letters...)
		default:
			letters = append(letters, letter)
		}
	}
	return letters
}

// writtenIn reports whether a text has letters of the locale's script.
func writtenIn(text string, locale kb.Locale) bool {
	script := unicode.Latin
	if locale == kb.RU {
		script = unicode.Cyrillic
	}
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(script, r) })
}
