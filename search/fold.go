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
	if strings.IndexFunc(s, isUnusual) < 0 {
		return strings.Map(foldRune, s)
	}
	return foldLong(s)
}

// foldLong is Fold for any text. What stood apart may be composed once something between is
// dropped, so the result is looked at again, a few times at most.
func foldLong(s string) string {
	for range 4 {
		s = strings.Map(foldRune, norm.NFKC.String(s))
		if norm.NFKC.IsNormalString(s) {
			break
		}
	}
	return s
}

// isUnusual reports whether a character may change under NFKC: none of ASCII and of the
// Russian alphabet does, by itself or beside another of them.
func isUnusual(r rune) bool {
	return r > unicode.MaxASCII && (r < 'А' || r > 'я') && r != 'ё' && r != 'Ё'
}

func foldRune(r rune) rune {
	if r < unicode.MaxASCII {
		return foldASCII(r)
	}
	if r >= 'а' && r <= 'я' && r != 'э' {
		return r
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
