package desk

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// articlesPage are the articles in force with what readers did with them.
type articlesPage struct {
	contentFrame
	Lines  []articleLine
	Count  string
	Views  string // of all lines together
	Unread bool   // nobody has opened any of them
}

// articleLine is an article with its figures.
type articleLine struct {
	URL      string
	Title    string
	Lang     string
	Language string
	Kind     string
	Category string
	Views    string
	Verdict  verdict
	Updated  time.Time
	Source   source
}

// verdict is what readers said of a place.
type verdict struct {
	Share string // against it, "60 %"; empty: nobody has said a word
	Count string // "3 of 5"
}

// readArticle is an article with its use.
type readArticle struct {
	*kb.Article
	use tickets.Use
}

// showArticles serves GET /desk/content/articles.
func (d *Desk) showArticles(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	p, v := d.words(r, me), readContentView(r.URL.Query())
	uses, err := d.Store.ContentUse(r.Context(), d.period(p, v))
	if err != nil {
		return fmt.Errorf("read the use of the content: %w", err)
	}
	page := &articlesPage{contentFrame: d.newContentFrame(r, me, v, "articles")}
	views := 0
	for _, a := range arranged(p.library, uses, v) {
		views += a.use.Views
		page.Lines = append(page.Lines, p.articleLine(a))
	}
	page.Count, page.Unread = p.N("desk.content.articles", len(page.Lines)), views == 0
	page.Views = p.N("desk.content.views", views, p.N("desk.span.days", v.Days))
	return d.pages.articles.Write(w, http.StatusOK, page)
}

// arranged returns the articles that a view selects, in its order.
func arranged(library *kb.Library, uses []tickets.Use, v contentView) []readArticle {
	type id struct {
		locale  kb.Locale
		article string
	}
	whole := map[id]tickets.Use{}
	for _, u := range uses {
		whole[id{u.Locale, u.Article}] = whole[id{u.Locale, u.Article}].Add(u)
	}
	var found []readArticle
	for _, l := range kb.Locales() {
		for _, a := range library.Articles(l) {
			if v.shows(l, a.Kind) {
				found = append(found, readArticle{a, whole[id{l, a.ID}]})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b readArticle) int { return compareArticles(v.Sort, a, b) })
	return found
}

// compareArticles orders by what is asked for, then by views. Of two with the same share,
// the one with more words against it comes first: one of one says less than ten of ten.
func compareArticles(by string, a, b readArticle) int {
	views := cmp.Compare(b.use.Views, a.use.Views)
	switch by {
	case sortShare:
		return cmp.Or(cmp.Compare(b.use.Share(), a.use.Share()), cmp.Compare(b.use.Bad(), a.use.Bad()), views)
	case sortUpdated:
		return cmp.Or(a.Updated.Compare(b.Updated), views)
	}
	return views
}

func (w words) articleLine(a readArticle) articleLine {
	return articleLine{
		URL: articleURL(a.Article), Title: a.Title, Lang: string(a.Locale), Language: w.language(a.Locale),
		Kind: w.kind(a.Kind), Category: w.category(a.Category),
		Views: w.Number(a.use.Views), Verdict: w.verdict(a.use), Updated: a.Updated, Source: w.source(a.File, 0, 0),
	}
}

func (w words) verdict(u tickets.Use) verdict {
	if u.Words() == 0 {
		return verdict{}
	}
	return verdict{
		w.T("desk.content.percent", w.Number(int(100*u.Share()+0.5))),
		w.T("desk.content.of", w.Number(u.Bad()), w.Number(u.Words())),
	}
}

// articleURL returns the page of an article on the site.
func articleURL(a *kb.Article) string { return "/" + string(a.Locale) + "/" + a.ID }
