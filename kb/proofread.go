package kb

// proofread looks at what the content says, after check has looked at how it is built.
func (l *loader) proofread() {
	style := l.readStyle()
	for _, e := range l.editions {
		for _, p := range e.pages {
			text := p.prose()
			p.proofNumbers(l.facts, text)
			p.proofSentences(text)
			p.proofLength()
			p.proofQuestions()
			p.proofDates(l.now)
			text.proofWords(style, e.locale)
			text.proofDomains(style)
			text.proofMarks()
		}
		for _, f := range e.letters {
			text := newProse(f.src, f.src.text)
			text.proofWords(style, e.locale)
			text.proofDomains(style)
		}
		e.proofSynonyms()
	}
	l.proofTranslations()
	l.proofFacts()
}
