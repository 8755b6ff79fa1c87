package kb

import "strings"

// checkCategories finds articles in categories that are not listed.
func (e *edition) checkCategories(l *loader) {
	if len(e.categories) == 0 {
		if file := e.categoriesPath(); len(e.pages) > 0 && !l.unread[file] {
			l.report.add(file, place{}, "no categories: list them, each with id, title and summary")
		}
		return
	}
	for _, p := range e.pages {
		if c := p.article.Category; c != "" && !e.hasCategory(c) {
			p.src.problem(p.header.categoryAt, "unknown category %q: write one of %s", c, strings.Join(e.categoryIDs(), ", "))
		}
	}
}
