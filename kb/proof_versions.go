package kb

import (
	"slices"
	"strings"
	"time"
)

// proofVersions looks at Terms in the light of their versions: today's numbers against the text
// that is in force today, and texts that were changed when they held already.
func (l *loader) proofVersions() {
	for _, e := range l.editions {
		for _, versions := range e.versions() {
			newest := versions[0]
			if current, ok := inForce(versions, l.now); ok && current != newest && newest.version == "" {
				l.proofEarly(newest, current)
			}
			for _, p := range versions {
				p.proofChanged()
			}
		}
	}
}

// proofEarly finds facts that already say what holds only from the newest version's day. Articles
// show them today, and the Terms in force say otherwise.
func (l *loader) proofEarly(newest, current *page) {
	for i, names := range newest.factsBySection() {
		s := newest.article.Sections[i]
		j, ok := current.sections[s.Anchor]
		if !ok {
			continue // a new clause
		}
		held := plain(current.article.Sections[j].Text)
		for name := range names {
			f := l.facts[name]
			if !f.saidIn(held, newest.article.Locale) {
				l.report.add(factsFile, f.at, "%q is %s already, but %s, in force until %s, does not say so in #%s: change the number on the day on which it takes effect",
					name, f.write(newest.article.Locale, ""), current.src.file, newest.article.Effective.AddDate(0, 0, -1).Format(day), s.Anchor)
			}
		}
	}
}

// saidIn says whether a text, made plain, holds the quantity in any form.
func (q quantity) saidIn(text string, loc Locale) bool {
	return slices.ContainsFunc(append(forms(loc), ""), func(form string) bool {
		return form != formNumber && strings.Contains(text, plain(q.write(loc, form)))
	})
}

// proofChanged warns of Terms that say of themselves that they were changed while in force.
func (p *page) proofChanged() {
	a := p.article
	if a.Kind == Terms && !a.Effective.IsZero() && a.Updated.After(a.Effective) {
		p.src.warn(p.header.updatedAt, "changed on %s, after it took effect on %s: what players agreed to must stay; write a new version with \"otvet new terms\"",
			a.Updated.Format(time.DateOnly), a.Effective.Format(time.DateOnly))
	}
}
