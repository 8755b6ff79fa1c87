package kb

// checkLinks finds links to articles and sections that are not there, or that no
// reader can open yet.
func (e *edition) checkLinks(l *loader) {
	pages, versions := e.byFile(), e.versions()
	for _, p := range e.pages {
		for _, link := range p.links {
			to, ok := pages[link.file]
			switch {
			case l.unread[link.file]:
			case !ok:
				p.src.problem(link.at, "dead link: there is no %s", link.file)
			case to == p || to.version != "":
				p.checkAnchor(link, to)
			default:
				current, ok := inForce(versions[to.id()], l.now)
				p.checkUndated(link, to, current, ok)
			}
		}
	}
}

// checkUndated checks a link to an article's undated file. It leads to the version in
// force: today perhaps an older one, later the file itself; its anchor must be in both.
func (p *page) checkUndated(l link, to, current *page, served bool) {
	if !served {
		p.src.problem(l.at, "dead link: %s takes effect on %s only", l.file, to.article.Effective.Format(day))
		return
	}
	p.checkAnchor(l, to)
	if current != to {
		p.checkAnchor(l, current)
	}
}

// checkAnchor looks for a link's anchor in a page.
func (p *page) checkAnchor(l link, to *page) {
	if _, ok := to.sections[l.anchor]; !ok && l.anchor != "" {
		p.src.problem(l.at, "dead link: no heading in %s has {#%s}", to.src.file, l.anchor)
	}
}
