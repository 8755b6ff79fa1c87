package kb

import (
	"slices"
	"strings"
)

// The longest sentence that reads well on a phone, in words, and the longest that a clause of
// Terms should have. Russian says the same in fewer and longer words.
func longest(loc Locale, kind Kind) int {
	limits := map[Locale][2]int{EN: {30, 40}, RU: {25, 35}}[loc]
	if kind == Terms {
		return limits[1]
	}
	return limits[0]
}

// proofSentences finds sentences that take a second reading.
func (p *page) proofSentences(text prose) {
	limit := longest(p.article.Locale, p.kind)
	for start, block := range text.blocks() {
		at := 0
		for _, sentence := range Sentences(block) {
			at += strings.Index(block[at:], sentence)
			if n := len(slices.Collect(wordsOf(sentence))); n > limit {
				p.src.warn(p.src.at(start+at), "sentence of %d words: up to %d read well; make two of it", n, limit)
			}
			at += len(sentence)
		}
	}
}

// blocks returns the paragraphs and list items of the body, each as one line, with the offset
// at which it begins. Headings and tables are none.
func (p prose) blocks() func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		_, body, _ := p.src.split()
		offset, start, block := 0, 0, ""
		flush := func() bool {
			ok := strings.TrimSpace(block) == "" || yield(start, block)
			block = ""
			return ok
		}
		bodyAt := len(body) - len(strings.TrimLeft(body, " \n"))
		for line := range strings.SplitAfterSeq(p.text, "\n") {
			trimmed := strings.TrimLeft(line, " ")
			isText := offset >= bodyAt && strings.TrimSpace(trimmed) != "" && trimmed[0] != '#' && trimmed[0] != '|'
			if (!isText || markerLen(trimmed) > 0) && !flush() {
				return
			}
			if isText {
				if block == "" {
					start = offset
				}
				block += strings.ReplaceAll(line, "\n", " ")
			}
			offset += len(line)
		}
		flush()
	}
}
