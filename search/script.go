package search

import (
	"strings"
	"sync"
	"unicode"

	"otvet/kb"
)

// Latin letters and the Cyrillic ones that look the same, in lower case.
const (
	latinLookAlikes    = "aceopxykmhtb"
	cyrillicLookAlikes = "асеорхукмнтв"
)

var (
	toLatin    = sync.OnceValue(func() runeMap { return newRuneMap(cyrillicLookAlikes, latinLookAlikes) })
	toCyrillic = sync.OnceValue(func() runeMap { return newRuneMap(latinLookAlikes, cyrillicLookAlikes) })
)

// oneScript writes a word that mixes Latin and Cyrillic letters in the script of
// most of them: the letter c stands on one key in both layouts, and people slip.
func oneScript(word string) string {
	latin, cyrillic := countScripts(word)
	switch {
	case latin == 0 || cyrillic == 0:
		return word
	case latin > cyrillic:
		return toLatin().replace(word)
	}
	return toCyrillic().replace(word)
}

// runeMap replaces runes by others.
type runeMap map[rune]rune

// newRuneMap pairs each rune of from with the one at the same place of to.
func newRuneMap(from, to string) runeMap {
	target := []rune(to)
	m := make(runeMap, len(target))
	for i, r := range []rune(from) {
		m[r] = target[i]
	}
	return m
}

func (m runeMap) replace(s string) string {
	return strings.Map(func(r rune) rune {
		if t, ok := m[r]; ok {
			return t
		}
		return r
	}, s)
}

func countScripts(s string) (latin, cyrillic int) {
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			latin++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		}
	}
	return latin, cyrillic
}

// scriptLocale returns the language that a text's words are written in: one
// Cyrillic word means Russian, other letters English; page decides when there are none.
func scriptLocale(words []string, page kb.Locale) kb.Locale {
	letters := 0
	for _, w := range words {
		latin, cyrillic := countScripts(w)
		if cyrillic > latin {
			return kb.RU
		}
		letters += latin
	}
	if letters > 0 {
		return kb.EN
	}
	return page
}
