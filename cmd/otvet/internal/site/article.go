package site

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
)

const (
	relatedArticles = 4
	contentsFrom    = 3 // headings from which an article gets a table of contents
)

// articlePage is an FAQ article or a guide: GET /{lang}/faq/{slug}, /{lang}/help/{slug}.
type articlePage struct {
	frame
	document
}

// document is what a page shows of an article, whatever its kind.
type document struct {
	Article  *kb.Article
	Crumbs   []link // from the start page down to the article's category
	Category kb.Category
	Contents []kb.Section
	Related  []link
	Ref      string // of the whole article, for feedback
	Contact  string // path of the contact form with the category chosen
}

// newDocument gathers what stands around an article. Categories without a name, which
// only broken content has, leave no crumb.
func (s *Site) newDocument(lib *kb.Library, a *kb.Article) document {
	lang := string(a.Locale)
	d := document{
		Article: a,
		Crumbs:  []link{{Path: address(lang, ""), Title: s.words(lang).T("crumbs.help")}},
		Related: articleLinks(lib.Related(a, relatedArticles)),
		Ref:     kb.Ref{Locale: a.Locale, Article: a.ID, Revision: a.Revision}.String(),
		Contact: contactIn(lang, a.Category),
	}
	if c, ok := lib.Category(a.Locale, a.Category); ok {
		d.Category = c
		d.Crumbs = append(d.Crumbs, link{Path: address(lang, "categories/"+c.ID), Title: c.Title})
	}
	if found := headings(a); len(found) >= contentsFrom {
		d.Contents = found
	}
	return d
}

// article answers GET /{lang}/faq/{slug} and GET /{lang}/help/{slug}.
func (s *Site) article(kind kb.Kind) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		lang, lib := langOf(r), s.Engine.Library()
		a, ok := lib.Article(kb.Locale(lang), string(kind)+"/"+chi.URLParam(r, "slug"))
		if !ok {
			return s.missing(w, r)
		}
		p := articlePage{s.frame(lang, a.Title, a.ID), s.newDocument(lib, a)}
		p.Description = a.Summary
		s.viewed(r, a)
		return s.pages.article.Write(w, http.StatusOK, &p)
	}
}
