package desk

import (
	"cmp"
	"strings"

	"otvet/kb"
)

// judged is a passage that readers said something of, or an article as a whole.
type judged struct {
	URL      string // empty when the article is gone
	Name     string // heading of the passage, or the article's title; anchor or ID when they are gone
	Title    string // of the article
	Whole    bool   // the article as a whole
	Gone     bool   // the content has it no more
	Lang     string
	Language string
	Source   source
}

// judged looks a passage up; the empty anchor stands for the article as a whole.
func (w words) judged(l kb.Locale, article, anchor string) judged {
	p := judged{
		Name: cmp.Or(anchor, article), Title: article, Whole: anchor == "", Gone: true,
		Lang: string(l), Language: w.language(l),
	}
	a, ok := w.library.Article(l, article)
	if !ok {
		return p
	}
	p.Title, p.URL, p.Source = a.Title, articleURL(a), w.source(a.File, 0, 0)
	s, ok := section(a, anchor)
	switch {
	case p.Whole:
		p.Name, p.Gone = a.Title, false
	case ok:
		p.Name, p.Gone = strings.TrimSpace(s.Number+" "+s.Heading), false
		p.URL, p.Source = p.URL+"#"+s.Anchor, w.source(a.File, s.Line, 0)
	}
	return p
}
