package desk

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"otvet/kb"
	"otvet/tickets"
)

// maxPassages is how many passages the page lists.
const maxPassages = 100

// passagesPage are the passages that did not help, those with most words against them
// first.
type passagesPage struct {
	contentFrame
	Lines []passageLine
	Count string
}

// passageLine is a passage with what readers said of it.
type passageLine struct {
	URL      string // empty when the article is gone
	Name     string // heading of the passage, or the article's title; anchor or ID when they are gone
	Title    string // of the article
	Whole    bool   // the article as a whole
	Gone     bool   // the content has it no more
	Lang     string
	Language string
	Verdict  verdict
	Said     string // how many said so on the page; empty: nobody
	Wrote    string // how many wrote to us after reading it as an answer; empty: nobody
	Source   source
}

// showPassages serves GET /desk/content/passages.
func (d *Desk) showPassages(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	p, v := d.words(r, me), readContentView(r.URL.Query())
	uses, err := d.Store.ContentUse(r.Context(), d.period(p, v))
	if err != nil {
		return fmt.Errorf("read the use of the content: %w", err)
	}
	page := &passagesPage{contentFrame: d.newContentFrame(r, me, v, "passages")}
	found := doubted(uses, v)
	page.Count = p.N("desk.content.doubted", len(found), p.N("desk.span.days", v.Days))
	for _, u := range found[:min(len(found), maxPassages)] {
		page.Lines = append(page.Lines, p.passageLine(u))
	}
	return d.pages.passages.Write(w, http.StatusOK, page)
}

// doubted returns the places with words against them.
func doubted(uses []tickets.Use, v contentView) []tickets.Use {
	var found []tickets.Use
	for _, u := range uses {
		kind, _, _ := strings.Cut(u.Article, "/")
		if u.Bad() > 0 && v.shows(u.Locale, kb.Kind(kind)) {
			found = append(found, u)
		}
	}
	slices.SortFunc(found, func(a, b tickets.Use) int {
		return cmp.Or(
			cmp.Compare(b.Bad(), a.Bad()), cmp.Compare(b.Share(), a.Share()),
			cmp.Compare(a.Locale, b.Locale), cmp.Compare(a.Article, b.Article), cmp.Compare(a.Anchor, b.Anchor),
		)
	})
	return found
}

func (w words) passageLine(u tickets.Use) passageLine {
	line := passageLine{
		Name: cmp.Or(u.Anchor, u.Article), Title: u.Article, Whole: u.Anchor == "", Gone: true,
		Lang: string(u.Locale), Language: w.language(u.Locale), Verdict: w.verdict(u),
	}
	if u.Unhelped > 0 {
		line.Said = w.N("desk.passages.said", u.Unhelped)
	}
	if u.Wrote > 0 {
		line.Wrote = w.N("desk.passages.wrote", u.Wrote)
	}
	a, ok := w.library.Article(u.Locale, u.Article)
	if !ok {
		return line
	}
	line.Title, line.URL, line.Source = a.Title, articleURL(a), w.source(a.File, 0, 0)
	s, ok := section(a, u.Anchor)
	switch {
	case line.Whole:
		line.Name, line.Gone = a.Title, false
	case ok:
		line.Name, line.Gone = strings.TrimSpace(s.Number+" "+s.Heading), false
		line.URL, line.Source = line.URL+"#"+s.Anchor, w.source(a.File, s.Line, 0)
	}
	return line
}
