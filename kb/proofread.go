package kb

// proofread looks at what the content says, after check has looked at how it is built.
func (l *loader) proofread() {
	style := l.readStyle()
	for _, e := range l.editions {
		typed := l.facts.wordings(e.locale)
		for _, p := range e.pages {
			text := p.prose()
			p.proofNumbers(typed, text)
			p.proofSentences(text)
			p.proofLength()
			p.proofQuestions()
			p.proofDates(l.now)
			text.proofStyle(style, e.locale)
			text.proofMarks()
		}
		for _, f := range e.letters {
			text := newProse(f.src, f.src.text)
			text.proofTyped(typed, e.locale)
			text.proofStyle(style, e.locale)
			f.proofLetter(style)
		}
		if e.categoriesIn != nil {
			newProse(e.categoriesIn, e.categoriesIn.text).proofStyle(style, e.locale)
		}
		e.proofSynonyms()
	}
	l.proofTranslations()
	l.proofVersions()
	l.proofFacts()
}

// proofStyle holds a text against the house style.
func (p prose) proofStyle(s *style, loc Locale) {
	p.proofWords(s, loc)
	p.proofDomains(s)
}
