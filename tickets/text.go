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
)

// clean prepares a player's or an agent's writing: NFC, line ends as \n, no
// control or invisible format characters (but those that emoji and scripts need),
// no space around.
func clean(s string) (string, Code) {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return "", BadText
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(dropInvisible, norm.NFC.String(s))
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

// field cleans a value and checks that it is there and at most limit characters long.
func field(s string, limit int) (string, Code) {
	s, code := clean(s)
	switch {
	case code != "":
		return s, code
	case strings.Trim(s, "\u200c\u200d \n\t") == "":
		return "", Required
	case utf8.RuneCountInString(s) > limit:
		return s, TooLong
	}
	return s, ""
}
