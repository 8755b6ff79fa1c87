package ingest

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// escape stands for a backslash until the Markdown is written, before characters that the
// converter leaves as they are though a parser would read more than text in them. strip
// takes it out of every source, so that it cannot come from outside; and lineMark, which
// the converter itself turns into a line end.
const (
	escape   = "\ue000"
	lineMark = "\uf002"
)

// lineEnds turns all line ends into line feeds.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n")

// clean drops what no article may hold, and says what: control characters, what turns the
// direction of writing or cannot be seen, and characters that are none. Line ends become
// line feeds.
func clean(text string) (cleaned, note string) {
	cleaned, removed := strip(text)
	if removed > 0 {
		note = fmt.Sprintf("%d control characters removed", removed)
	}
	return cleaned, note
}

// strip does so and counts what is worth a note.
func strip(text string) (stripped string, removed int) {
	stripped = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case isHint(r):
			return -1
		case unicode.IsControl(r) || isInvisible(r) || string(r) == escape || string(r) == lineMark || r&0xfffe == 0xfffe:
			removed++
			return -1
		}
		return r
	}, lineEnds.Replace(text))
	return stripped, removed
}

// isHint says whether r only says where a line may end, as editors leave it behind by the
// dozen. Within a word it would keep search from finding that, and two braces apart.
func isHint(r rune) bool { return r == '\u00ad' || r == '\u200b' || r == '\u2060' || r == '\ufeff' }

// isInvisible says whether r shows nothing: it can turn the direction of writing, which
// makes a text read otherwise than it is, or spell words that only a program reads. The
// two joiners stay, which some scripts and many emoji need.
func isInvisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d'
}

// stripTree strips the texts and attributes of a tree, in which entities stand for any
// character, and counts what is worth a note.
func stripTree(tree *html.Node) (removed int) {
	take := func(text *string) {
		stripped, n := strip(*text)
		*text = stripped
		removed += n
	}
	for n := range tree.Descendants() {
		if n.Type != html.ElementNode {
			take(&n.Data)
		}
		for i := range n.Attr {
			take(&n.Attr[i].Val)
		}
	}
	return removed
}

// line makes a text one line with single blanks.
func line(text string) string {
	text, _ = strip(text)
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
