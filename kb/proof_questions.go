package kb

import "slices"

// enoughQuestions is how many other ways to ask an entry should know.
const enoughQuestions = 5

// proofQuestions finds entries that know too few of the ways in which players ask, and ways
// that only say the title again.
func (p *page) proofQuestions() {
	if p.version != "" {
		return
	}
	switch p.kind {
	case FAQ:
		for i, s := range p.article.Sections {
			if s.Level > 0 {
				p.proofEnough(len(s.Questions), p.places[i])
			}
		}
	case Help:
		p.proofEnough(len(p.article.Questions), place{1, 1})
	}
	for _, q := range p.ways() {
		if p.says(q.text) {
			p.src.warn(q.at, "question %q only repeats the title or the heading: write it as a player types it", q.text)
		}
	}
}

// proofEnough warns of too few questions.
func (p *page) proofEnough(n int, at place) {
	if n < enoughQuestions {
		p.src.warn(at, "known in %d other ways to ask: write at least %d under questions, as players type them", n, enoughQuestions)
	}
}

// ways returns the questions of the front matter.
func (p *page) ways() []phrasing {
	all := slices.Clone(p.header.whole)
	for _, a := range p.header.anchored {
		all = append(all, a.phrasings...)
	}
	return all
}

// says says whether a text is the title or a heading.
func (p *page) says(text string) bool {
	same := func(s Section) bool { return fold(s.Heading) == fold(text) }
	return fold(p.article.Title) == fold(text) || p.kind != FAQ && slices.ContainsFunc(p.article.Sections, same)
}
