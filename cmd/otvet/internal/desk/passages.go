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
	judged
	Verdict verdict
	Said    string // how many said so on the page; empty: nobody
	Words   string // where their words are
	Wrote   string // how many wrote to us after reading it as an answer; empty: nobody
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
		page.Lines = append(page.Lines, p.passageLine(u, v))
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

func (w words) passageLine(u tickets.Use, v contentView) passageLine {
	line := passageLine{judged: w.judged(u.Locale, u.Article, u.Anchor), Verdict: w.verdict(u)}
	if u.Unhelped > 0 {
		line.Said = w.N("desk.passages.said", u.Unhelped)
		v.Lang = string(u.Locale)
		line.Words = feedbackView{contentView: v, Said: string(tickets.SaidNo), Article: u.Article}.address()
	}
	if u.Wrote > 0 {
		line.Wrote = w.N("desk.passages.wrote", u.Wrote)
	}
	return line
}
