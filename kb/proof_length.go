package kb

import "slices"

// An answer of the FAQ has room for the answer, its exceptions and the next step, in words.
const (
	shortestAnswer = 40
	longestAnswer  = 120
)

// proofLength finds FAQ answers that are too short to help or too long to read, and those
// that rest on nothing.
func (p *page) proofLength() {
	if p.kind != FAQ {
		return
	}
	for i, s := range p.article.Sections {
		if s.Level == 0 {
			continue
		}
		n, at := len(slices.Collect(wordsOf(s.Text))), p.places[i]
		switch {
		case n == 0 || unwritten(s.Text):
			continue
		case n < shortestAnswer:
			p.src.warn(at, "answer of %d words: give the exceptions and the next step too; %d to %d words", n, shortestAnswer, longestAnswer)
		case n > longestAnswer:
			p.src.warn(at, "answer of %d words: move the details into a guide; %d to %d words", n, shortestAnswer, longestAnswer)
		}
		if n > 0 && !p.linksFrom(i) {
			p.src.warn(at, "answer without a link: lead to the clause or the guide that it rests on")
		}
	}
}

// linksFrom says whether the i-th section has a link to an article.
func (p *page) linksFrom(i int) bool {
	end := 1 << 30
	if i+1 < len(p.places) {
		end = p.places[i+1].line
	}
	return slices.ContainsFunc(p.links, func(l link) bool { return l.at.line >= p.places[i].line && l.at.line < end })
}
