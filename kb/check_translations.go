package kb

import (
	"path"
	"strings"
)

// checkTranslations finds what exists in one locale only. A locale without any
// article is one problem, not one for each article of the others.
func (l *loader) checkTranslations() {
	for _, e := range l.editions {
		if len(e.pages) == 0 {
			l.report.add(string(e.locale), 0, "no articles in this language: write them in the folders %s", joined(Kinds()))
			return
		}
	}
	for _, e := range l.editions {
		for _, other := range l.editions {
			if other != e {
				e.checkPagesIn(other)
				e.checkListsIn(other, l.report)
			}
		}
	}
}

// in returns the place of this locale's file in another.
func in(other *edition, file string) string {
	_, rest, _ := strings.Cut(file, "/")
	return path.Join(string(other.locale), rest)
}

// checkPagesIn looks for this edition's articles and sections in another.
func (e *edition) checkPagesIn(other *edition) {
	translations := map[string]*page{}
	for _, p := range other.pages {
		translations[p.src.file] = p
	}
	for _, p := range e.pages {
		file := in(other, p.src.file)
		if translation, ok := translations[file]; ok {
			p.checkSectionsIn(translation)
		} else {
			p.src.problem(0, "missing translation: write %s", file)
		}
	}
}

// checkSectionsIn looks for this page's anchors in its translation.
func (p *page) checkSectionsIn(translation *page) {
	for i, s := range p.article.Sections {
		if _, ok := translation.section(s.Anchor); !ok && s.Anchor != "" {
			p.src.problem(p.lines[i], "missing translation of the section: write it with {#%s} in %s", s.Anchor, translation.src.file)
		}
	}
}

// checkListsIn looks for this edition's categories and letters in another.
func (e *edition) checkListsIn(other *edition, r *report) {
	for _, c := range e.categories {
		if !other.hasCategory(c.ID) {
			r.add(c.file, c.line, "missing translation of the category: list %q in %s", c.ID, in(other, c.file))
		}
	}
	for _, f := range e.letters {
		if !other.hasLetter(f.letter.Name) {
			f.src.problem(0, "missing translation: write %s", in(other, f.src.file))
		}
	}
}
