package desk

import (
	"net/http"
	"slices"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// reviewsSoon is how many days ahead the page looks.
const reviewsSoon = 30

// reviewsPage are the articles that somebody should read again.
type reviewsPage struct {
	contentFrame
	Overdue []reviewLine
	Soon    []reviewLine
	Late    string // how many are overdue
	Coming  string // how many come soon
}

// reviewLine is an article with the day of its review.
type reviewLine struct {
	URL      string
	Title    string
	Lang     string
	Language string
	Kind     string
	Due      time.Time
	When     string // "12 days overdue", "today", "in 3 days"
	Updated  time.Time
	Source   source
}

// showReviews serves GET /desk/content/reviews.
func (d *Desk) showReviews(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	p, v := d.words(r, me), readContentView(r.URL.Query())
	overdue, soon := d.due(p, v)
	page := &reviewsPage{
		contentFrame: d.newContentFrame(r, me, v, "reviews"),
		Late:         p.N("desk.reviews.overdue", len(overdue)),
		Coming:       p.N("desk.reviews.soon", len(soon)),
	}
	for _, a := range overdue {
		page.Overdue = append(page.Overdue, p.reviewLine(a, d.today(p)))
	}
	for _, a := range soon {
		page.Soon = append(page.Soon, p.reviewLine(a, d.today(p)))
	}
	return d.pages.reviews.Write(w, http.StatusOK, page)
}

// due returns the articles whose review day has passed, and those whose day is today or
// comes soon; the earliest first.
func (d *Desk) due(p words, v contentView) (overdue, soon []*kb.Article) {
	today := d.today(p)
	for _, l := range kb.Locales() {
		for _, a := range p.library.Articles(l) {
			switch {
			case !v.shows(l, a.Kind) || a.Review.After(today.AddDate(0, 0, reviewsSoon)):
			case a.Review.Before(today):
				overdue = append(overdue, a)
			default:
				soon = append(soon, a)
			}
		}
	}
	byDay := func(a, b *kb.Article) int { return a.Review.Compare(b.Review) }
	slices.SortStableFunc(overdue, byDay)
	slices.SortStableFunc(soon, byDay)
	return overdue, soon
}

func (w words) reviewLine(a *kb.Article, today time.Time) reviewLine {
	return reviewLine{
		URL: articleURL(a), Title: a.Title, Lang: string(a.Locale), Language: w.language(a.Locale), Kind: w.kind(a.Kind),
		Due: a.Review, When: w.until(a.Review, today), Updated: a.Updated, Source: w.source(a.File, 0, 0),
	}
}

// until says how far a day is from today.
func (w words) until(day, today time.Time) string {
	switch days := int(day.Sub(today).Hours() / 24); {
	case days < 0:
		return w.N("desk.reviews.late", -days)
	case days > 0:
		return w.N("desk.reviews.in", days)
	}
	return w.T("desk.reviews.today")
}
