package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form of s in which words are compared: NFKC, lower case,
// ё and э as е (счет and счёт, кешаут and кэшаут are typed alike), straight
// apostrophes, control characters as spaces, without invisible characters (Unicode
// Cf) and without the combining marks that composition leaves over.
func Fold(s string) string {
	return strings.Map(foldRune, norm.NFKC.String(s))
}

func foldRune(r rune) rune {
	if r < unicode.MaxASCII {
		return foldASCII(r)
	}
	switch r {
	case 'ё', 'Ё', 'э', 'Э':
		return 'е'
	case '’', '‘', 'ʼ', '′':
		return '\''
	}
	if unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me) {
		return -1
	}
	return unicode.ToLower(r)
}

func foldASCII(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r == '`':
		return '\''
	case r < ' ':
		return ' '
	}
	return r
}
