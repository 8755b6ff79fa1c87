package assistant

import (
	"strings"

	"otvet/search"
)

// spelling brings the words of a lexicon and of a text to a form in which they can
// be compared. A word that is not written in the spelling becomes empty.
type spelling struct {
	lexicon  string // the file that it reads
	entry    func(string) string
	word     func(string) string
	own      func(rune) bool     // its letters, and the digits
	borrowed bool                // letters: nobody writes it in the wrong keyboard layout
	forgives bool                // a slip of the hand in any word
	hear     func(string) string // how a spelled word sounds, if people spell by sound
}

// spellings returns the ways to compare: English in Latin letters, Russian in
// Cyrillic ones, and Russian in Latin letters by its sound, however it is romanised;
// English first.
func spellings() []spelling {
	sound := search.NewTransliterator()
	latin, cyrillic := looksLatin(), looksCyrillic()
	english := func(w string) string { return search.Squeeze(latin.Replace(w)) }
	russian := func(w string) string { return search.Squeeze(cyrillic.Replace(w)) }
	romanised := func(w string) string {
		if strings.Trim(w, "0123456789") != "" && !strings.ContainsFunc(w, isLatin) {
			return ""
		}
		return sound.Skeleton(latin.Replace(w))
	}
	return []spelling{
		{lexicon: "en.txt", entry: english, word: english, own: isLatinOrDigit, forgives: true},
		{lexicon: "ru.txt", entry: russian, word: russian, own: isCyrillicOrDigit, forgives: true, hear: newEar().hear},
		{lexicon: "ru.txt", entry: sound.Skeleton, word: romanised, own: isLatinOrDigit, borrowed: true, hear: hearLatin()},
	}
}

func isLatinOrDigit(r rune) bool { return isLatin(r) || r >= '0' && r <= '9' }

func isCyrillicOrDigit(r rune) bool { return r >= 'а' && r <= 'я' || r >= '0' && r <= '9' }

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' }

// looksLatin writes letters and digits of other alphabets as the Latin letters that
// they look like.
func looksLatin() *strings.Replacer {
	return strings.NewReplacer(
		"а", "a", "в", "b", "с", "c", "е", "e", "н", "h", "і", "i", "ї", "i", "ј", "j", "к", "k", "м", "m", "о", "o",
		"р", "p", "ѕ", "s", "т", "t", "у", "y", "х", "x", "ԁ", "d", "ɡ", "g", "ı", "i", "ӏ", "l",
		"α", "a", "ε", "e", "ι", "i", "κ", "k", "ν", "v", "ο", "o", "ρ", "p", "τ", "t", "υ", "u", "χ", "x",
	)
}

// looksCyrillic writes Latin and other letters as the Cyrillic ones that they look like.
func looksCyrillic() *strings.Replacer {
	return strings.NewReplacer(
		"a", "а", "b", "в", "c", "с", "e", "е", "h", "н", "k", "к", "m", "м", "o", "о", "p", "р", "t", "т", "u", "и",
		"x", "х", "y", "у", "i", "и", "і", "и", "ї", "и", "є", "е", "n", "п", "r", "г",
		"α", "а", "ε", "е", "κ", "к", "ο", "о", "ρ", "р", "τ", "т", "χ", "х", "υ", "у",
	)
}
