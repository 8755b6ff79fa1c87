package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"otvet/assistant"
	"otvet/kb"
	"otvet/tickets"
)

// feedbackView is what the page of readers' words was asked to show.
type feedbackView struct {
	contentView
	Said    string // one of saids()
	Article string // its ID; empty: every article
	Before  tickets.FeedbackMark
}

// saidAll selects clicks without a word too.
const saidAll = "all"

// saids are the words to choose from; the first is what is shown unasked: a click alone
// gives an editor nothing to mend.
func saids() []string {
	return []string{string(tickets.SaidReason), string(tickets.SaidNo), string(tickets.SaidYes), saidAll}
}

// articleForm is what an article's ID looks like, also when the content has it no more.
var articleForm = regexp.MustCompile(`^[a-z]+/[0-9A-Za-z._-]{1,200}$`)

// readFeedbackView reads a view as readContentView does.
func readFeedbackView(q url.Values) feedbackView {
	v := feedbackView{contentView: readContentView(q), Said: q.Get("said"), Article: q.Get("article")}
	if !slices.Contains(saids(), v.Said) {
		v.Said = saids()[0]
	}
	if !articleForm.MatchString(v.Article) {
		v.Article = ""
	}
	v.Before, _ = tickets.ParseFeedbackMark(q.Get("before"))
	return v
}

// address returns the view's address.
func (v feedbackView) address() string {
	q := v.query()
	if v.Said != saids()[0] {
		q.Set("said", v.Said)
	}
	if v.Article != "" {
		q.Set("article", v.Article)
	}
	if mark := v.Before.String(); mark != "" {
		q.Set("before", mark)
	}
	return contentURL("feedback", q)
}

// before returns the same view of what is older than a mark.
func (v feedbackView) before(mark tickets.FeedbackMark) feedbackView {
	v.Before = mark
	return v
}

// saying returns the newest of the same view with other words selected.
func (v feedbackView) saying(said string) feedbackView {
	v.Said = said
	return v.before(tickets.FeedbackMark{})
}

// narrowed reports whether a language or an article is selected.
func (v feedbackView) narrowed() bool { return v.Lang != "" || v.Article != "" }

func (v feedbackView) filter(p tickets.Period) tickets.FeedbackFilter {
	f := tickets.FeedbackFilter{Period: p, Locale: kb.Locale(v.Lang), Article: v.Article, Said: tickets.Said(v.Said), Before: v.Before}
	if v.Said == saidAll {
		f.Said = tickets.SaidAny
	}
	return f
}

// feedbackPage is what readers said of articles, the newest first.
type feedbackPage struct {
	contentFrame
	Saids    []choice
	Articles []choiceGroup
	Lines    []feedbackLine
	Count    string
	Empty    feedbackEmpty
	Newest   string // empty: this is the page of the newest
	Older    string // empty: there are none
}

// choiceGroup are options of a select under one heading.
type choiceGroup struct {
	Label   string
	Choices []choice
}

// feedbackLine is one reader's word, without what may lead to the reader.
type feedbackLine struct {
	judged
	Text   string // empty: only a click, or held back
	Held   bool   // the reader may be in distress: a person's matter, whoever it was
	Helped bool
	When   moment
}

// feedbackEmpty says why there are no lines, and where there may be some.
type feedbackEmpty struct{ Lead, More, URL, Link string }

// showFeedback serves GET /desk/content/feedback.
func (d *Desk) showFeedback(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	p, v := d.words(r, me), readFeedbackView(r.URL.Query())
	found, err := d.Store.Feedback(r.Context(), v.filter(d.period(p, v.contentView)))
	if err != nil {
		return fmt.Errorf("read readers' words: %w", err)
	}
	page := &feedbackPage{
		contentFrame: d.newContentFrame(r, me, v.contentView, "feedback"), Articles: p.articleChoices(v.Article),
		Count: p.feedbackCount(v, found.Total), Empty: p.feedbackEmpty(v),
	}
	for _, s := range saids() {
		page.Saids = append(page.Saids, choice{s, p.T("desk.feedback.said." + s), s == v.Said})
	}
	for _, f := range found.List {
		page.Lines = append(page.Lines, p.feedbackLine(f))
	}
	if found.Older != (tickets.FeedbackMark{}) {
		page.Older = v.before(found.Older).address()
	}
	if v.Before != (tickets.FeedbackMark{}) {
		page.Newest = v.before(tickets.FeedbackMark{}).address()
	}
	return d.pages.feedback.Write(w, http.StatusOK, page)
}

func (w words) feedbackLine(f tickets.Feedback) feedbackLine {
	line := feedbackLine{judged: w.judged(f.Ref.Locale, f.Ref.Article, f.Ref.Anchor), Helped: f.Helped, When: w.moment(f.At)}
	// The site hands such words over and keeps none. What was recorded before the triage
	// knew them must not be shown either.
	if line.Held = assistant.Assess(f.Reason).Class == assistant.Safety; !line.Held {
		line.Text = tickets.Mask(folded(f.Reason))
	}
	return line
}

func (w words) feedbackCount(v feedbackView, n int) string {
	within := w.N("desk.span.days", v.Days)
	if v.Said == string(tickets.SaidReason) {
		return w.N("desk.feedback.written", n, within)
	}
	return w.N("desk.feedback.count", n, within)
}

func (w words) feedbackEmpty(v feedbackView) feedbackEmpty {
	switch {
	case v.Before != (tickets.FeedbackMark{}):
		return feedbackEmpty{Lead: w.T("desk.feedback.none_older")}
	case v.Said == saidAll && !v.narrowed():
		return feedbackEmpty{Lead: w.T("desk.feedback.none"), More: w.T("desk.feedback.none_more")}
	case v.Said != string(tickets.SaidReason):
		return feedbackEmpty{Lead: w.T("desk.feedback.none_such"), More: w.T("desk.feedback.none_such_more")}
	}
	empty := feedbackEmpty{w.T("desk.feedback.none_written"), w.T("desk.feedback.none_more"), v.saying(saidAll).address(), w.T("desk.feedback.show_all")}
	if v.narrowed() {
		empty.Lead, empty.More = w.T("desk.feedback.none_such"), w.T("desk.feedback.none_such_more")
	}
	return empty
}

// articleChoices returns the articles by their kinds, in the agent's language; one that
// the content has lost is there too when it is selected.
func (w words) articleChoices(selected string) []choiceGroup {
	known := selected == ""
	var groups []choiceGroup
	for _, k := range kb.Kinds() {
		g := choiceGroup{Label: w.kind(k)}
		for _, a := range w.library.Articles(w.locale) {
			if a.Kind == k {
				g.Choices = append(g.Choices, choice{a.ID, a.Title, a.ID == selected})
				known = known || a.ID == selected
			}
		}
		if len(g.Choices) > 0 {
			groups = append(groups, g)
		}
	}
	if !known {
		groups = append(groups, choiceGroup{w.T("desk.passages.gone"), []choice{{selected, selected, true}}})
	}
	return groups
}
