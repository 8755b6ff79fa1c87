package ingest

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"otvet/kb"
)

// tellingLetters is how many letters a text must have for its script to say anything.
const tellingLetters = 40

// otherScript says why a text cannot be in a locale that only the command line claims; empty
// when it can. Russian is mostly Cyrillic letters and English has next to none.
func otherScript(text string, locale kb.Locale) string {
	letters, cyrillic := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
			letters++
		case unicode.IsLetter(r):
			letters++
		}
	}
	switch {
	case letters < tellingLetters:
		return ""
	case locale == kb.EN && cyrillic*2 > letters:
		return fmt.Sprintf("it is written in Cyrillic, and --locale says %s: import it with --locale %s", kb.EN, kb.RU)
	case locale == kb.RU && cyrillic*10 < letters:
		return fmt.Sprintf("it has no Cyrillic to speak of, and --locale says %s: import it with --locale %s", kb.RU, kb.EN)
	}
	return ""
}

var anyTag = regexp.MustCompile(`<[^<>]*>`)

// words returns what the article says, roughly.
func (a *article) words() string {
	var b strings.Builder
	b.WriteString(a.title + " " + withoutTags(a.html))
	for _, row := range a.rows {
		b.WriteString(" " + row.question + " " + withoutTags(row.html))
	}
	return b.String()
}

// withoutTags returns about what a reader sees of HTML, which is enough to count letters.
func withoutTags(html string) string { return anyTag.ReplaceAllString(html, " ") }
