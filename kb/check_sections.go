package kb

// checkSections finds sections without text, and in an FAQ text that answers no
// question.
func (p *page) checkSections() {
	for i, s := range p.article.Sections {
		at := p.places[i]
		if s.Text == "" && !p.hasSubsections(i) {
			p.src.problem(at, "empty section: write a text below the heading or remove it")
		}
		if s.Level == 0 && p.kind == FAQ {
			p.src.problem(at, "text before the first heading: in an FAQ each text answers the question in its ## heading")
		}
	}
	if len(p.article.Sections) == 0 {
		p.src.problem(place{}, "article without text: write it below the front matter")
	}
}

// hasSubsections says whether a ### follows right after the i-th section, a ##.
func (p *page) hasSubsections(i int) bool {
	sections := p.article.Sections
	return sections[i].Level == 2 && i+1 < len(sections) && sections[i+1].Level == 3
}
