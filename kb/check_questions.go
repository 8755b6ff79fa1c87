package kb

import "fmt"

// checkQuestions finds questions that two places claim to answer: FAQ headings and
// the phrasings of all articles. An older version of Terms repeats the newest one's.
func (e *edition) checkQuestions() {
	first := map[string]string{}
	for _, p := range e.pages {
		if p.version != "" {
			continue
		}
		for _, q := range p.asked() {
			if unwritten(q.text) {
				continue
			}
			key := fold(q.text)
			if place, twice := first[key]; twice {
				p.src.problem(q.at, "question %q is already at %s: keep it at one place", q.text, place)
				continue
			}
			first[key] = fmt.Sprintf("%s:%d", p.src.file, q.at.line)
		}
	}
}

// asked returns every question that the page answers, in the order of its lines.
func (p *page) asked() []phrasing {
	all := append([]phrasing(nil), p.header.whole...)
	for _, a := range p.header.anchored {
		all = append(all, a.phrasings...)
	}
	if p.kind != FAQ {
		return all
	}
	for i, s := range p.article.Sections {
		if s.Level > 0 && fold(s.Heading) != "" {
			all = append(all, phrasing{s.Heading, p.places[i]})
		}
	}
	return all
}
