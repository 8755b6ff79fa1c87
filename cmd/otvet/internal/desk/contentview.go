package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// contentView is what a page of the content was asked to show. It has an address, and
// goes along from page to page.
type contentView struct {
	Days int    // one of days()
	Sort string // one of sorts()
	Lang string // empty: every language
	Kind string // empty: every kind
}

// days are the periods to choose from; the second is what is shown unasked.
func days() []int { return []int{7, 30, 90} }

// The orders of the articles.
const (
	sortViews   = "views"   // most read first
	sortShare   = "share"   // those that helped least first
	sortUpdated = "updated" // those unchanged for longest first
)

func sorts() []string { return []string{sortViews, sortShare, sortUpdated} }

// readContentView reads a view from an address. A value that does not exist selects what
// is shown unasked, and the page's form shows so.
func readContentView(q url.Values) contentView {
	v := contentView{Days: days()[1], Sort: q.Get("sort"), Lang: q.Get("lang"), Kind: q.Get("kind")}
	if n, err := strconv.Atoi(q.Get("days")); err == nil && slices.Contains(days(), n) {
		v.Days = n
	}
	if !slices.Contains(sorts(), v.Sort) {
		v.Sort = sortViews
	}
	if !kb.Locale(v.Lang).Valid() {
		v.Lang = ""
	}
	if !slices.Contains(kb.Kinds(), kb.Kind(v.Kind)) {
		v.Kind = ""
	}
	return v
}

// url returns the address of a page below /desk/content with this view; the empty page
// is /desk/content itself.
func (v contentView) url(page string) string { return contentURL(page, v.query()) }

func contentURL(page string, q url.Values) string {
	address := strings.TrimSuffix("/desk/content/"+page, "/")
	return strings.TrimSuffix(address+"?"+q.Encode(), "?")
}

// query returns what differs from what is shown unasked.
func (v contentView) query() url.Values {
	q := url.Values{}
	if v.Days != days()[1] {
		q.Set("days", strconv.Itoa(v.Days))
	}
	if v.Sort != sortViews {
		q.Set("sort", v.Sort)
	}
	if v.Lang != "" {
		q.Set("lang", v.Lang)
	}
	if v.Kind != "" {
		q.Set("kind", v.Kind)
	}
	return q
}

// shows reports whether the view selects a language and a kind.
func (v contentView) shows(l kb.Locale, k kb.Kind) bool {
	return (v.Lang == "" || v.Lang == string(l)) && (v.Kind == "" || v.Kind == string(k))
}

// period returns the days that a view is about, with today.
func (d *Desk) period(p words, v contentView) tickets.Period {
	return tickets.LastDays(v.Days, p.now, d.TimeZone)
}

// today is the operator's day, as midnight UTC.
func (d *Desk) today(p words) time.Time { return tickets.Day(p.now, d.TimeZone) }

// contentFrame is what stands around every page of the content.
type contentFrame struct {
	frame
	View      contentView
	Tabs      []tab
	Periods   []choice
	Sorts     []choice
	Languages []choice
	Kinds     []choice
}

// tab is a page of the content in the list of them.
type tab struct {
	URL, Title string
	Here       bool
}

// newContentFrame makes the frame of one of the pages: "state", "articles", "passages",
// "feedback", "questions" or "reviews".
func (d *Desk) newContentFrame(r *http.Request, me tickets.Agent, v contentView, name string) contentFrame {
	p := d.words(r, me)
	f := contentFrame{frame: d.newFrame(r, me, p.T("desk.content.title."+name)), View: v, Languages: p.languages(v.Lang)}
	f.Section = "content"
	for _, n := range []string{"state", "articles", "passages", "feedback", "questions", "reviews"} {
		f.Tabs = append(f.Tabs, tab{v.url(strings.TrimPrefix(n, "state")), p.T("desk.content.tab." + n), n == name})
	}
	for _, n := range days() {
		f.Periods = append(f.Periods, choice{strconv.Itoa(n), p.N("desk.span.days", n), n == v.Days})
	}
	for _, s := range sorts() {
		f.Sorts = append(f.Sorts, choice{s, p.T("desk.articles.sort." + s), s == v.Sort})
	}
	for _, k := range kb.Kinds() {
		f.Kinds = append(f.Kinds, choice{string(k), p.kind(k), string(k) == v.Kind})
	}
	return f
}
