package tickets

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of what people write, in characters.
const (
	MaxSubject = 200
	MaxBody    = 8000
	MaxContact = 254

	MaxCategory = 100 // of a category's ID
)

// Limits of an idempotency key, in bytes. A ticket's key must be hard to guess, since
// who repeats it gets a token of the ticket.
const (
	MinKey = 16
	MaxKey = 255
)

// checkKey accepts visible ASCII of shortest to MaxKey bytes.
func checkKey(key string, shortest int) Code {
	switch {
	case len(key) < shortest:
		return Required
	case len(key) > MaxKey:
		return TooLong
	case strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }):
		return BadText
	}
	return ""
}

// clean prepares a player's or an agent's writing: NFC, line ends as \n, no
// control or invisible format characters (but those that emoji and scripts need),
// no space around.
func clean(s string) (string, Code) {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return "", BadText
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = norm.NFC.String(strings.Map(dropInvisible, s)) // in this order: what stood apart may join
	return strings.TrimSpace(s), ""
}

func dropInvisible(r rune) rune {
	const zwnj, zwj = '\u200c', '\u200d'
	switch {
	case r == '\n', r == '\t', r == zwnj, r == zwj:
		return r
	case unicode.Is(unicode.Cf, r), unicode.IsControl(r):
		return -1
	}
	return r
}

// visible reports whether a character leaves a mark on the page. The exceptions are
// letters and symbols in name only: Hangul fillers and the empty Braille pattern.
func visible(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800':
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
}

// field cleans a value and checks that it is there and at most limit characters long.
func field(s string, limit int) (string, Code) {
	s, code := clean(s)
	switch {
	case code != "":
		return s, code
	case !strings.ContainsFunc(s, visible):
		return "", Required
	case utf8.RuneCountInString(s) > limit:
		return s, TooLong
	}
	return s, ""
}

// optional is field for a value that may be missing.
func optional(s string, limit int) (string, Code) {
	s, code := field(s, limit)
	if code == Required {
		return "", ""
	}
	return s, code
}
