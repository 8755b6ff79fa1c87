package kb

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences cuts a passage's text into sentences, in Russian or English. A line end
// always ends a sentence; ".", "!", "?" and "…" do when what follows begins like a
// sentence and what precedes is no abbreviation. Every sentence stands in text
// verbatim, so [Passage.Marked] finds it.
func Sentences(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		for line != "" {
			end := sentenceEnd(line)
			if sentence := strings.TrimSpace(line[:end]); sentence != "" {
				out = append(out, sentence)
			}
			line = line[end:]
		}
	}
	return out
}

// sentenceEnd returns the offset at which the first sentence of a line ends.
func sentenceEnd(line string) int {
	for at := 0; ; {
		i := strings.IndexAny(line[at:], ".!?…")
		if i < 0 {
			return len(line)
		}
		stop := at + i
		at = stop + len(line[stop:]) - len(strings.TrimLeft(line[stop:], ".!?…»”\"')]"))
		if next := strings.TrimLeftFunc(line[at:], unicode.IsSpace); len(next) < len(line[at:]) && isEnd(line[:stop], line[stop], next) {
			return at
		}
	}
}

// isEnd decides whether a stop between two texts ends a sentence.
func isEnd(before string, stop byte, next string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, "«“„\"'([—– "))
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return false
	}
	if stop != '.' {
		return true
	}
	word := lastWord(before)
	switch {
	case isItemNumber(before, word) || isInitial(word) || bindsNext(word):
		return false
	case isMeasure(word):
		return unicode.IsUpper(first)
	}
	return true
}

// lastWord returns what stands between the last blank or bracket and the stop, in
// lower case except for an initial.
func lastWord(before string) string {
	opens := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("«“„\"'([", r) }
	word := strings.TrimLeftFunc(before[max(strings.LastIndexFunc(before, opens), 0):], opens)
	if utf8.RuneCountInString(word) == 1 {
		return word
	}
	return strings.ToLower(word)
}

// isItemNumber says whether the word numbers its line, as in "4. Withdrawals".
func isItemNumber(before, word string) bool {
	return before == word && word != "" && strings.Trim(word, "0123456789.") == ""
}

// isInitial says whether the word is one capital, as in "А. С. Пушкин".
func isInitial(word string) bool {
	r, n := utf8.DecodeRuneInString(word)
	return n == len(word) && unicode.IsUpper(r)
}

// bindsNext says whether the word, with a stop, always belongs to what follows.
func bindsNext(word string) bool {
	switch word {
	case "т", "т.е", "е", "т.к", "к", "напр", "см", "ср", "им", "ул", "тел", "доп",
		"e.g", "i.e", "vs", "mr", "mrs", "ms", "dr", "cf", "incl":
		return true
	}
	return false
}

// isMeasure says whether the word, with a stop, ends a sentence before a capital only:
// "100 руб. 50 коп.", "п. 4.2", "no. 5".
func isMeasure(word string) bool {
	switch word {
	case "руб", "коп", "тыс", "млн", "млрд", "г", "гг", "ч", "мин", "сек", "дн", "мес", "макс", "п", "пп",
		"ст", "стр", "рис", "гл", "no", "nos", "fig", "cl", "art", "max", "min", "approx", "hrs", "sec", "p.m", "a.m":
		return true
	}
	return false
}
