package site

import (
	"errors"

	"otvet/cmd/otvet/internal/web"
)

// pages are the templates, each checked against its struct.
type pages struct {
	start     web.Page[startPage]
	search    web.Page[searchPage]
	suggest   web.Page[suggestions]
	category  web.Page[categoryPage]
	article   web.Page[articlePage]
	terms     web.Page[termsPage]
	termsList web.Page[termsListPage]
	feedback  web.Page[feedbackPage]
	thanks    web.Page[thanksPage]
	care      web.Page[carePage]
	contact   web.Page[contactPage]
	offer     web.Page[offerPage]
	answers   web.Page[offerPage]
	request   web.Page[requestPage]
	missing   web.Page[missingPage]
}

func newPages(ts *web.Templates) (pages, error) {
	var p pages
	return p, errors.Join(
		load(&p.start, ts, "start"),
		load(&p.search, ts, "search"),
		load(&p.suggest, ts, "suggest"),
		load(&p.category, ts, "category"),
		load(&p.article, ts, "article"),
		load(&p.terms, ts, "terms"),
		load(&p.termsList, ts, "termslist"),
		load(&p.feedback, ts, "feedback"),
		load(&p.thanks, ts, "thanks"),
		load(&p.care, ts, "care"),
		load(&p.contact, ts, "contact"),
		load(&p.offer, ts, "offer"),
		load(&p.answers, ts, "answers"),
		load(&p.request, ts, "request"),
		load(&p.missing, ts, "missing"),
	)
}

func load[T any](into *web.Page[T], ts *web.Templates, name string) (err error) {
	*into, err = web.NewPage[T](ts, name)
	return err
}
