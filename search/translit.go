package search

import "strings"

// Transliterator reads Russian words written in Latin letters. It is safe for
// concurrent use.
type Transliterator struct {
	romanise, unify, soften, cyrillic *strings.Replacer
}

// NewTransliterator returns a Transliterator.
func NewTransliterator() *Transliterator {
	return &Transliterator{
		romanise: strings.NewReplacer(
			"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ж", "zh", "з", "z", "и", "i", "й", "y", "к", "k",
			"л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "h",
			"ц", "ts", "ч", "ch", "ш", "sh", "щ", "sch", "ъ", "", "ы", "y", "ь", "", "ю", "yu", "я", "ya",
		),
		unify: strings.NewReplacer(
			"shch", "sh", "sch", "sh", "sh", "sh", "ch", "ch", "zh", "zh", "kh", "h",
			"yo", "e", "jo", "e", "y", "i", "j", "i", "w", "v", "x", "ks", "c", "ts", "4", "ch", "'", "",
		),
		soften: strings.NewReplacer(
			"iia", "a", "iie", "e", "iio", "o", "iiu", "u", "ia", "a", "ie", "e", "io", "o", "iu", "u", "ii", "i",
		),
		cyrillic: strings.NewReplacer(
			"shch", "щ", "sch", "щ", "sh", "ш", "ch", "ч", "zh", "ж", "kh", "х", "ts", "ц",
			"yo", "е", "jo", "е", "yu", "ю", "ju", "ю", "ya", "я", "ja", "я", "ye", "е", "iy", "ий",
			"a", "а", "b", "б", "v", "в", "w", "в", "g", "г", "d", "д", "e", "е", "z", "з", "i", "и", "j", "й", "k", "к",
			"l", "л", "m", "м", "n", "н", "o", "о", "p", "п", "r", "р", "s", "с", "t", "т", "u", "у", "f", "ф", "h", "х",
			"x", "кс", "c", "ц", "y", "ы", "q", "к", "'", "ь",
		),
	}
}

// Skeleton returns a rough romanisation in which the usual ways of writing a
// Russian word in Latin letters fall together with the word itself: "verifikacija",
// "verifikatsiya" and "верификация" all become "verifikatsa". The word must be
// folded; a number stays as it is.
func (t *Transliterator) Skeleton(word string) string {
	if isNumber(word) {
		return word
	}
	return Squeeze(t.soften.Replace(t.unify.Replace(t.romanise.Replace(word))))
}

// spell writes a word in Latin letters as Russian, letter by letter: a rough form
// for words whose skeleton is not known.
func (t *Transliterator) spell(word string) string { return t.cyrillic.Replace(word) }

// Squeeze writes runs of one letter as one; digits stay, 11 is not 1.
func Squeeze(s string) string {
	var b strings.Builder
	last := rune(-1)
	for _, r := range s {
		if r != last || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}
