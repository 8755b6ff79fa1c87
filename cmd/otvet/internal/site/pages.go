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
	standards web.Page[standardsPage]
	signIn    web.Page[signInPage]
	link      web.Page[linkPage]
	mine      web.Page[minePage]
	report    web.Page[reportPage]
	missing   web.Page[missingPage]
}

func newPages(ts *web.Templates) (pages, error) {
	var p pages
	return p, errors.Join(
		web.LoadPage(&p.start, ts, "start"),
		web.LoadPage(&p.search, ts, "search"),
		web.LoadPage(&p.suggest, ts, "suggest"),
		web.LoadPage(&p.category, ts, "category"),
		web.LoadPage(&p.article, ts, "article"),
		web.LoadPage(&p.terms, ts, "terms"),
		web.LoadPage(&p.termsList, ts, "termslist"),
		web.LoadPage(&p.feedback, ts, "feedback"),
		web.LoadPage(&p.thanks, ts, "thanks"),
		web.LoadPage(&p.care, ts, "care"),
		web.LoadPage(&p.contact, ts, "contact"),
		web.LoadPage(&p.offer, ts, "offer"),
		web.LoadPage(&p.answers, ts, "answers"),
		web.LoadPage(&p.request, ts, "request"),
		web.LoadPage(&p.standards, ts, "standards"),
		web.LoadPage(&p.signIn, ts, "signin"),
		web.LoadPage(&p.link, ts, "link"),
		web.LoadPage(&p.mine, ts, "mine"),
		web.LoadPage(&p.report, ts, "report"),
		web.LoadPage(&p.missing, ts, "missing"),
	)
}
