package desk

import (
	"net/http"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// contentPage is the state of the help section: what serves, and what is wrong with
// newer content that was refused.
type contentPage struct {
	frame
	Revision string
	Loaded   moment
	Passages string
	Problems []kb.Problem
	Count    string // of the problems
	Next     time.Time
	Locales  []localeContent
}

// localeContent are the articles of one language.
type localeContent struct {
	Lang     string
	Language string
	Count    string
	Articles []articleLine
}

type articleLine struct {
	URL      string
	Title    string
	Kind     string
	Category string
	Updated  time.Time
	File     string
}

// showContent serves GET /desk/content.
func (d *Desk) showContent(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	p, status := d.words(r, me), d.Engine.Status()
	page := &contentPage{
		frame: d.newFrame(r, me, p.T("desk.content.title")), Revision: status.Revision,
		Loaded: p.moment(status.LoadedAt), Passages: p.N("desk.content.passages", status.Passages),
		Problems: status.Problems, Count: p.N("desk.content.problems", len(status.Problems)), Next: p.library.NextChange(),
	}
	page.Section = "content"
	for _, l := range kb.Locales() {
		page.Locales = append(page.Locales, p.localeContent(l))
	}
	return d.pages.content.Write(w, http.StatusOK, page)
}

func (w words) localeContent(l kb.Locale) localeContent {
	articles := w.library.Articles(l)
	c := localeContent{Lang: string(l), Language: w.language(l), Count: w.N("desk.content.articles", len(articles))}
	for _, a := range articles {
		c.Articles = append(c.Articles, articleLine{
			URL: "/" + string(l) + "/" + a.ID, Title: a.Title, Kind: w.T("desk.kind." + string(a.Kind)),
			Category: w.category(a.Category), Updated: a.Updated, File: a.File,
		})
	}
	return c
}
