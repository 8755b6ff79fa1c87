package kb

import (
	"cmp"
	"slices"
	"strings"
)

// span is a part of a text.
type span struct{ start, end int }

// proofNumbers finds rules whose numbers are typed. An older version is the other way round:
// what was in force then must not change with today's facts.
func (p *page) proofNumbers(w wordings, text prose) {
	if p.version != "" {
		p.proofFrozen()
		return
	}
	text.proofTyped(w, p.article.Locale)
}

// proofTyped finds typed rules in a text. Where there is no facts file, numbers are typed.
func (p prose) proofTyped(w wordings, loc Locale) {
	if w == nil {
		return
	}
	typed := p.typed()
	for _, s := range joinSpans(slices.Concat(looks(typed), counted(loc, typed, p.typedWords()))) {
		words := squeeze(typed[s.start:s.end])
		p.src.problem(p.src.at(s.start), "typed number %q: write %s, or {{example:%s}} if it only illustrates", words, w.instead(words), words)
	}
}

// joinSpans makes one of spans that overlap: "1.75" and "1.75 hours" are one number.
func joinSpans(spans []span) (joined []span) {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	for _, s := range spans {
		if last := len(joined) - 1; last >= 0 && s.start < joined[last].end {
			joined[last].end = max(joined[last].end, s.end)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// counted finds a number with a unit, "24 hours" or "два рабочих дня", and "within an hour".
func counted(loc Locale, typed string, words []word) (found []span) {
	u := unitWordsOf(loc)
	for i, w := range words {
		if end := u.spanFrom(phraseFrom(typed, words[i:])); end > 0 {
			found = append(found, span{numberStart(typed, w.start), end})
		}
	}
	return found
}

// longestPhrase is how many words a number with its unit has at most: "3 further business days".
const longestPhrase = 4

// phraseFrom returns the words that the first one may belong to: up to the next stop, comma,
// cell or paragraph.
func phraseFrom(text string, words []word) []word {
	n := 1
	for n < min(len(words), longestPhrase) {
		between := text[words[n-1].end:words[n].start]
		if strings.ContainsAny(between, ".,:;!?|") || strings.Count(between, "\n") > 1 {
			break
		}
		n++
	}
	return words[:n]
}

// numberStart returns where the number or the range begins whose last word is at an offset:
// the "1" of "1–5", of "1 to 5", of "1,000" and of "2.5".
func numberStart(text string, at int) int {
	const enough = 40 // bytes, more than any range has before its end
	before := text[max(at-enough, 0):at]
	if m := numberBefore.FindStringIndex(before); m != nil {
		return at - len(before) + m[0]
	}
	return at
}

// instead says which reference to write.
func (w wordings) instead(words string) string {
	return cmp.Or(strings.Join(w[plain(words)], " or "), "a reference such as {{name}} and its line in "+factsFile)
}

// proofFrozen finds references in an older version.
func (p *page) proofFrozen() {
	for _, e := range p.src.expansions {
		if e.fact != "" {
			p.src.problem(p.src.at(e.start), "reference to %q in an older version: write the number that was in force then", e.fact)
		}
	}
}
