package ingest

import (
	"fmt"
	"strings"
	"unicode"
)

// escape stands for a backslash until the Markdown is written, before characters that the
// converter leaves as they are though a parser would read more than text in them. clean
// takes it out of every source, so that it cannot come from outside.
const escape = "\ue000"

// clean drops what no article may hold, and says what: control characters, marks that
// turn the direction of writing, byte order marks within the text, and characters that
// are none. Line ends become line feeds.
func clean(text string) (cleaned, note string) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(text)
	removed := 0
	cleaned = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\ufeff':
			return -1
		case unicode.IsControl(r) || isBidi(r) || string(r) == escape || r&0xfffe == 0xfffe:
			removed++
			return -1
		}
		return r
	}, text)
	if removed > 0 {
		note = fmt.Sprintf("%d control characters removed", removed)
	}
	return cleaned, note
}

// isBidi says whether r turns the direction of writing, which can make a text read
// otherwise than it is.
func isBidi(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }

// line makes a text one line with single blanks.
func line(text string) string {
	text, _ = clean(text)
	return strings.Join(strings.Fields(text), " ")
}

// breakBraces keeps double braces from being references to facts.
func breakBraces(text string) string {
	for strings.Contains(text, "{{") {
		text = strings.ReplaceAll(text, "{{", "{ {")
	}
	for strings.Contains(text, "}}") {
		text = strings.ReplaceAll(text, "}}", "} }")
	}
	return text
}
