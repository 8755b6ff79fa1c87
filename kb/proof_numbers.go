package kb

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Numbers that are rules by their looks: amounts, percentages, odds, "18+". Spans of time and
// counts are found word by word. A bare number, such as one of a version, may be typed.
var ruleNumber = regexp.MustCompile(`[€$£₽]\x{a0}?\d[\d,.\x{a0}]*` +
	`|\d[\d\x{a0} ]*(?:[.,]\d+)?[ \x{a0}]?(?:[€$£₽]|EUR|USD|GBP|RUB|euros?|евро|рубл\pL*|долл\pL*)` +
	`|\d+(?:[.,]\d+)?[ \x{a0}]?(?:%|percent|процент)` +
	`|\b\d{1,3}[.,]\d{2}\b|\d+\+`)

// The numbers of clauses look like odds: they stand in the text of links. Those of headings are
// no part of the prose.
var (
	linkText     = regexp.MustCompile(`\[[^\[\]\n]*\]`)
	clauseNumber = regexp.MustCompile(`\d+[.,]\d{2}`)
)

// span is a part of a text.
type span struct{ start, end int }

// proofNumbers finds rules whose numbers are typed. An older version is the other way round:
// what was in force then must not change with today's facts.
func (p *page) proofNumbers(f facts, text prose) {
	if p.version != "" {
		p.proofFrozen()
		return
	}
	if f == nil {
		return
	}
	loc, typed := p.article.Locale, text.typed()
	for _, s := range slices.Concat(looks(typed), counted(loc, text.text, text.typedWords())) {
		words := strings.Trim(typed[s.start:s.end], " "+noBreak)
		p.src.problem(p.src.at(s.start), "typed number %q: write %s, or {{example:%s}} if it only illustrates", words, f.instead(loc, words), words)
	}
}

// looks finds the numbers that are rules by their looks.
func looks(typed string) (found []span) {
	typed = linkText.ReplaceAllStringFunc(typed, func(s string) string { return blankAll(clauseNumber, s) })
	for _, m := range ruleNumber.FindAllStringIndex(typed, -1) {
		found = append(found, span{m[0], m[1]})
	}
	return found
}

// counted finds a number with a unit, "24 hours" or "два рабочих дня", and "within an hour".
func counted(loc Locale, text string, words []word) (found []span) {
	u := unitWordsOf(loc)
	for i, w := range words {
		if end := u.spanFrom(words[i:]); end > 0 {
			found = append(found, span{rangeStart(text, w.start), end})
		}
	}
	return found
}

// rangeStart returns where the range ends that a number closes: the "1" of "1–5".
func rangeStart(text string, at int) int {
	before := strings.TrimRight(text[:at], "–")
	if before == text[:at] {
		return at
	}
	return len(strings.TrimRight(before, "0123456789"))
}

// instead says which reference to write.
func (f facts) instead(loc Locale, words string) string {
	return cmp.Or(f.sayThe(loc, words), "a reference such as {{name}} and its line in "+factsFile)
}

// proofFrozen finds references in an older version.
func (p *page) proofFrozen() {
	for _, e := range p.src.expansions {
		if e.fact != "" {
			p.src.problem(p.src.at(e.start), "reference to %q in an older version: write the number that was in force then", e.fact)
		}
	}
}
