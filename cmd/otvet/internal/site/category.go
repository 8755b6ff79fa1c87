package site

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"otvet/kb"
)

// categoryPage is GET /{lang}/categories/{id}.
type categoryPage struct {
	frame
	Category kb.Category
	FAQ      []questions
	Guides   []link
	Terms    []link
	Contact  string // path of the contact form with the category chosen
}

// questions are the questions of one FAQ article.
type questions struct {
	Article link
	Links   []link
}

// category answers GET /{lang}/categories/{id}.
func (s *Site) category(w http.ResponseWriter, r *http.Request) error {
	lang, lib := langOf(r), s.Engine.Library()
	c, ok := lib.Category(kb.Locale(lang), chi.URLParam(r, "id"))
	if !ok {
		return s.missing(w, r)
	}
	p := categoryPage{frame: s.frame(lang, c.Title, "categories/"+c.ID), Category: c, Contact: contactIn(lang, c.ID)}
	p.Description = c.Summary
	for _, a := range lib.Articles(kb.Locale(lang)) {
		if a.Category == c.ID {
			p.add(a)
		}
	}
	return s.pages.category.Write(w, http.StatusOK, &p)
}

func (p *categoryPage) add(a *kb.Article) {
	switch a.Kind {
	case kb.FAQ:
		q := questions{Article: articleLink(a)}
		for _, s := range headings(a) {
			q.Links = append(q.Links, sectionLink(a, s))
		}
		p.FAQ = append(p.FAQ, q)
	case kb.Help:
		p.Guides = append(p.Guides, articleLink(a))
	case kb.Terms:
		p.Terms = append(p.Terms, articleLink(a))
	}
}
