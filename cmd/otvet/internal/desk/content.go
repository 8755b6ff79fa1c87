package desk

import (
	"fmt"
	"net/http"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// contentPage is the state of the help section: what serves, what is wrong with newer
// content that was refused, and what there is for editors to do.
type contentPage struct {
	contentFrame
	Revision string
	Loaded   moment
	Passages string
	Problems []problemLine
	Count    string // of the problems
	Next     time.Time
	Locales  []localeContent
	Tasks    []task
}

// problemLine is a problem at a place that an editor can open.
type problemLine struct {
	Source  source
	Warning bool
	Message string
}

// localeContent is how much there is in one language.
type localeContent struct{ Language, Count string }

// task is a figure with the page that explains it.
type task struct {
	URL, Title string
	Figure     string
	Pressing   bool
}

// showContent serves GET /desk/content.
func (d *Desk) showContent(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	p, v, status := d.words(r, me), readContentView(nil), d.Engine.Status()
	tasks, err := d.tasks(r, p, v)
	if err != nil {
		return err
	}
	page := &contentPage{
		contentFrame: d.newContentFrame(r, me, v, "state"), Revision: status.Revision,
		Loaded: p.moment(status.LoadedAt), Passages: p.N("desk.content.passages", status.Passages),
		Problems: p.problemLines(status.Problems), Count: p.N("desk.content.problems", len(status.Problems)),
		Next: p.library.NextChange(), Tasks: tasks,
	}
	for _, l := range kb.Locales() {
		page.Locales = append(page.Locales, localeContent{p.language(l), p.N("desk.content.articles", len(p.library.Articles(l)))})
	}
	return d.pages.content.Write(w, http.StatusOK, page)
}

func (w words) problemLines(problems []kb.Problem) []problemLine {
	var lines []problemLine
	for _, p := range problems {
		lines = append(lines, problemLine{w.source(p.File, p.Line, p.Column), p.Severity == kb.Warning, p.Message})
	}
	return lines
}

// tasks sums up the pages below.
func (d *Desk) tasks(r *http.Request, p words, v contentView) ([]task, error) {
	period := d.period(p, v)
	uses, err := d.Store.ContentUse(r.Context(), period)
	if err != nil {
		return nil, fmt.Errorf("read the use of the content: %w", err)
	}
	gaps, err := d.Store.Unanswered(r.Context(), tickets.GapFilter{Period: period})
	if err != nil {
		return nil, fmt.Errorf("read questions without an answer: %w", err)
	}
	written := feedbackView{contentView: v, Said: string(tickets.SaidReason)}
	feedback, err := d.Store.Feedback(r.Context(), written.filter(period))
	if err != nil {
		return nil, fmt.Errorf("read readers' words: %w", err)
	}
	views, bad := 0, len(doubted(uses, v))
	for _, u := range uses {
		views += u.Views
	}
	overdue, soon := d.due(p, v)
	within := p.N("desk.span.days", v.Days)
	return []task{
		{v.url("articles"), p.T("desk.content.tab.articles"), p.N("desk.content.views", views, within), false},
		{v.url("passages"), p.T("desk.content.tab.passages"), p.N("desk.content.doubted", bad, within), bad > 0},
		{written.address(), p.T("desk.content.tab.feedback"), p.feedbackCount(written, feedback.Total), feedback.Total > 0},
		{v.url("questions"), p.T("desk.content.tab.questions"), p.N("desk.content.gaps", gaps.Questions, within), gaps.Questions > 0},
		{v.url("reviews"), p.T("desk.content.tab.reviews"), p.N("desk.content.overdue", len(overdue), p.Number(len(soon))), len(overdue) > 0},
	}, nil
}
