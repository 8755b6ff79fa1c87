package kb

// checkVersions finds Terms whose files' names and effective days do not tell the
// same story.
func (e *edition) checkVersions() {
	newest := map[string]*page{}
	for _, p := range e.pages {
		if p.version == "" {
			newest[p.id()] = p
		}
	}
	for _, p := range e.pages {
		if p.version != "" {
			p.checkVersion(newest[p.id()])
		}
	}
}

// checkVersion checks an older version against its name and against the newest.
func (p *page) checkVersion(newest *page) {
	effective := p.article.Effective
	switch {
	case effective.IsZero() || newest != nil && newest.article.Effective.IsZero():
		return // reported with the front matter
	case effective.Format(day) != p.version:
		p.src.problem(p.header.effectiveAt, "effective is %s, but the file's name says %s: make them equal",
			effective.Format(day), p.version)
	case newest == nil:
		p.src.problem(place{}, "only a dated version: the newest version is named %s.md", p.slug)
	case !effective.Before(newest.article.Effective):
		p.src.problem(p.header.effectiveAt, "effective is not before that of %s, which must be the newest version", newest.src.file)
	}
}
