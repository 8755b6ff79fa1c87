package kb

import "path"

// checkTranslations finds what exists in one locale only. A locale without any
// article is one problem, not one for each article of the others.
func (l *loader) checkTranslations() {
	complete := true
	for _, e := range l.editions {
		if len(e.pages) == 0 {
			l.report.add(string(e.locale), place{}, "no articles in this language: write them in the folders %s", joined(Kinds()))
			complete = false
		}
	}
	if !complete {
		return
	}
	l.checkRequiredLetters()
	for _, e := range l.editions {
		for _, other := range l.editions {
			if other != e {
				l.checkArticlesIn(e, other)
				l.checkCategoriesIn(e, other)
				e.checkDepartmentsIn(other)
				l.checkLettersIn(e, other)
			}
		}
	}
}

// checkArticlesIn looks for an edition's articles and sections in another.
func (l *loader) checkArticlesIn(e, other *edition) {
	translations := other.byFile()
	for _, p := range e.pages {
		file := other.counterpart(p.src.file)
		if translation, ok := translations[file]; ok {
			p.checkSectionsIn(translation)
			if e.hasCategory(p.article.Category) && other.hasCategory(translation.article.Category) {
				p.checkSameCategory(translation)
			}
		} else if !l.unread[file] {
			p.src.problem(place{}, "missing translation: write %s", file)
		}
	}
}

// checkSameCategory finds a pair that players meet in different places.
func (p *page) checkSameCategory(translation *page) {
	mine, its := p.article.Category, translation.article.Category
	if mine < its { // told once, of the two
		p.src.problem(p.header.categoryAt, "category is %q, and %s says %q: write the same in every language", mine, translation.src.file, its)
	}
}

// checkSectionsIn looks for this page's anchors in its translation.
func (p *page) checkSectionsIn(translation *page) {
	for i, s := range p.article.Sections {
		if _, ok := translation.sections[s.Anchor]; !ok && s.Anchor != "" {
			p.src.problem(p.places[i], "missing translation of the section: write it with {#%s} in %s", s.Anchor, translation.src.file)
		}
	}
}

// checkCategoriesIn looks for an edition's categories in another; a list that is
// missing altogether is reported elsewhere.
func (l *loader) checkCategoriesIn(e, other *edition) {
	for _, c := range e.categories {
		if len(other.categories) > 0 && !other.hasCategory(c.ID) {
			l.report.add(c.file, c.at, "missing translation of the category: list %q in %s", c.ID, other.categoriesPath())
		}
		for _, translation := range other.categories {
			if key, same := c.sameRouting(translation); c.ID == translation.ID && !same && e.locale < other.locale { // told once, of the two
				l.report.add(c.file, c.at, "%s of %q differs from %s: write the same in every language", key, c.ID, other.categoriesPath())
			}
		}
	}
}

// checkRequiredLetters finds letters that no locale has; one that only some have is a
// missing translation.
func (l *loader) checkRequiredLetters() {
	for _, name := range RequiredLetters() {
		var files []string
		for _, e := range l.editions {
			file := path.Join(string(e.locale), lettersDir, name+".md")
			if e.hasLetter(name) || l.unread[file] {
				files = nil
				break
			}
			files = append(files, file)
		}
		if len(files) > 0 {
			l.report.add(files[0], place{}, "missing letter: write %s", joined(files))
		}
	}
}

// checkLettersIn looks for an edition's letters in another.
func (l *loader) checkLettersIn(e, other *edition) {
	for _, f := range e.letters {
		if file := other.counterpart(f.src.file); !other.hasLetter(f.letter.Name) && !l.unread[file] {
			f.src.problem(place{}, "missing translation: write %s", file)
		}
	}
}
