package kb

import (
	"slices"
	"time"
)

// checkLinks finds links to articles and sections that are not there, or that no
// reader can open yet.
func (e *edition) checkLinks(now time.Time) {
	byFile := map[string]*page{}
	for _, p := range e.pages {
		byFile[p.src.file] = p
	}
	versions := e.versions()
	for _, p := range e.pages {
		for _, l := range p.links {
			to, ok := byFile[l.file]
			if !ok {
				p.src.problem(l.line, "dead link: there is no %s", l.file)
				continue
			}
			p.checkLink(l, to, versions[to.id()], now)
		}
	}
}

// checkLink checks a link to an article that exists. A link to an undated file leads to
// the version in force, today an older one and later the file itself: its anchor must
// be in both.
func (p *page) checkLink(l link, to *page, versions []*page, now time.Time) {
	served := []*page{to}
	if to.version == "" {
		current, ok := inForce(versions, now)
		if !ok {
			p.src.problem(l.line, "dead link: %s takes effect on %s only", l.file, to.article.Effective.Format(day))
			return
		}
		served = append(served, current)
	}
	for _, s := range slices.Compact(served) {
		if _, ok := s.section(l.anchor); !ok && l.anchor != "" {
			p.src.problem(l.line, "dead link: no heading in %s has {#%s}", s.src.file, l.anchor)
		}
	}
}
