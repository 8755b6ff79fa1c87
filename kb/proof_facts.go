package kb

import (
	"maps"
	"slices"
)

// proofFacts finds numbers that no article uses.
func (l *loader) proofFacts() {
	used := map[string]bool{}
	for _, s := range l.sources {
		for _, e := range s.expansions {
			used[e.fact] = true
		}
	}
	for _, name := range l.facts.names() {
		if !used[name] {
			l.report.note(Warning, factsFile, l.facts[name].at, "%q is used nowhere: write {{%s}} where the number belongs, or remove the line", name, name)
		}
	}
}

// proofSameFacts warns when a section names a fact that its translation does not.
func (p *page) proofSameFacts(t *page) {
	if p.version != "" {
		return // has no references, or is told so
	}
	mine, its := p.factsBySection(), t.factsBySection()
	for i, s := range p.article.Sections {
		j, ok := t.sections[s.Anchor]
		if !ok {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(mine[i])) {
			if !its[j][name] {
				p.src.warn(p.places[i], "names %q, and %s#%s does not: say the same in every language", name, t.src.file, s.Anchor)
			}
		}
	}
}

// factsBySection returns the names of the facts in each section.
func (p *page) factsBySection() map[int]map[string]bool {
	bySection := map[int]map[string]bool{}
	for _, e := range p.src.expansions {
		line := p.src.line(e.start)
		i := len(p.places) - 1
		for i >= 0 && p.places[i].line > line {
			i--
		}
		if i < 0 || e.fact == "" {
			continue
		}
		if bySection[i] == nil {
			bySection[i] = map[string]bool{}
		}
		bySection[i][e.fact] = true
	}
	return bySection
}
