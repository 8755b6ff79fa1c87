package kb

// check looks at everything that takes more than one file, or more than one section,
// to be wrong.
func (l *loader) check() {
	for _, e := range l.editions {
		e.checkCategories(l)
		e.checkDepartments(l)
		e.checkVersions()
		e.checkQuestions()
		e.checkDecision()
		e.checkLinks(l)
		for _, p := range e.pages {
			p.checkSections()
			p.checkNumbers()
		}
	}
	l.checkTranslations()
}
