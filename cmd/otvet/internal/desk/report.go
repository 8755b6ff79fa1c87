package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"otvet/assistant"
	"otvet/tickets"
)

// reportView is which days the report page was asked for.
type reportView struct {
	Span string // one of spans(), or custom
	From string // of a custom span: its first day, as 2006-01-02
	To   string // and its last
}

// spanCustom is a span between two days; the others are of the calendar.
const spanCustom = "custom"

func spans() []string { return []string{"week", "month", "quarter", spanCustom} }

// reportPage is how requests are handled: what is late now, and the figures of a time.
type reportPage struct {
	frame
	View     reportView
	Spans    []choice
	Wrong    bool // the days asked for make no span: this month is shown
	Days     string
	Facts    []reportFact
	Ages     []reportBar
	Oldest   string
	Overdue  []lateLine
	Late     string
	Soon     []lateLine
	Review   []lateLine
	Clocks   []reportBar
	Parts    []reportPart
	Comments []commentLine
}

type reportFact struct{ Label, Value, Note string }

// reportBar is a figure with a bar, Width of 100 long.
type reportBar struct {
	Label, Value string
	Width        int
}

// lateLine is a request with what is owed to it.
type lateLine struct {
	Number                         tickets.Number
	Category, Kind, Rule, Assignee string
	Due                            moment
}

// reportPart are figures by one dimension.
type reportPart struct {
	Title string
	Lines []reportLine
}

type reportLine struct {
	Name, Received, Resolved, Reopened, Repeated, Unanswered, Answer, Solve, Score string
	Width                                                                          int
}

// commentLine is a player's word on the handling, without what may lead to the player.
type commentLine struct {
	Number   tickets.Number
	Category string
	Verdict  string
	Text     string // empty: none, or held back
	Held     bool   // the player may be in distress
	Low      bool
	When     moment
}

// showReport serves GET /desk/reports.
func (d *Desk) showReport(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	p := d.words(r, me)
	view, span, ok := d.readReportView(r.URL.Query(), p.now)
	figures, err := d.Store.Report(r.Context(), span, p.now)
	if err != nil {
		return fmt.Errorf("read the report: %w", err)
	}
	backlog, err := d.Store.Backlog(r.Context(), me.ID, p.now)
	if err != nil {
		return fmt.Errorf("read the backlog: %w", err)
	}
	comments, err := d.Store.Comments(r.Context(), me.ID, span)
	if err != nil {
		return fmt.Errorf("read what players said: %w", err)
	}
	page := &reportPage{frame: d.newFrame(r, me, p.T("desk.report.title")), View: view, Wrong: !ok}
	page.Section = "reports"
	page.Days = p.T("desk.report.days", p.Date(tickets.Day(span.From, d.TimeZone)), p.Date(tickets.Day(span.To.Add(-time.Second), d.TimeZone)))
	for _, s := range spans() {
		page.Spans = append(page.Spans, choice{s, p.T("desk.report.span." + s), s == view.Span})
	}
	p.fillBacklog(page, backlog)
	p.fillReport(page, figures)
	for _, c := range comments {
		if c.Rating.Low() || c.Rating.Text != "" { // a good mark alone is in the figures
			page.Comments = append(page.Comments, p.comment(c))
		}
	}
	return d.pages.report.Write(w, http.StatusOK, page)
}

// readReportView reads the days from an address. What makes no span is this month, and
// false.
func (d *Desk) readReportView(q url.Values, now time.Time) (reportView, tickets.Span, bool) {
	v := reportView{q.Get("span"), q.Get("from"), q.Get("to")}
	switch v.Span {
	case "week":
		return v, tickets.WeekOf(now, d.TimeZone), true
	case "quarter":
		return v, tickets.QuarterOf(now, d.TimeZone), true
	case spanCustom:
		first, err := time.Parse(time.DateOnly, v.From)
		last, err2 := time.Parse(time.DateOnly, v.To)
		if err == nil && err2 == nil && !last.Before(first) && last.Sub(first) <= 366*24*time.Hour && first.Year() >= 2000 {
			return v, tickets.Days(first, last, d.TimeZone), true
		}
		return v, tickets.MonthOf(now, d.TimeZone), false
	}
	v.Span = "month"
	return v, tickets.MonthOf(now, d.TimeZone), true
}

func (w words) fillBacklog(page *reportPage, b tickets.Backlog) {
	most := 1
	for _, a := range b.Ages {
		most = max(most, a.Count)
	}
	for _, a := range b.Ages {
		page.Ages = append(page.Ages, reportBar{w.T(fmt.Sprintf("desk.report.age.%d", a.Days)), w.Number(a.Count), 100 * a.Count / most})
	}
	if !b.Oldest.IsZero() {
		page.Oldest = w.T("desk.report.oldest", w.span(b.Oldest))
	}
	page.Overdue, page.Soon, page.Review = w.owed(b.Overdue), w.owed(b.Soon), w.owed(b.Review)
	page.Late = w.N("desk.report.late", b.Late)
}

func (w words) owed(list []tickets.Owed) (lines []lateLine) {
	for _, o := range list {
		line := lateLine{Number: o.Number, Category: w.category(o.Category), Kind: w.T("desk.kinds." + string(o.Kind)), Assignee: o.Assignee, Due: moment{o.Due, w.DateTime(o.Due)}}
		if o.Rule != "" {
			line.Rule = w.T("desk.report.rule." + string(o.Rule))
		}
		lines = append(lines, line)
	}
	return lines
}

func (w words) fillReport(page *reportPage, r tickets.Report) {
	number := func(key string, n int) reportFact { return reportFact{w.T("desk.report." + key), w.Number(n), ""} }
	score := reportFact{w.T("desk.report.score"), "–", w.N("desk.report.ratings", r.All.Said.Scores)}
	if r.All.Said.Scores > 0 {
		score.Value = w.Tenths(r.All.Said.Mean())
	}
	page.Facts = []reportFact{
		number("received", r.All.Received), number("resolved", r.All.Resolved),
		w.took("answer", r.All.Answer), w.took("solve", r.All.Solve),
		w.part("reopened", r.All.Reopened, r.All.Resolved), w.part("repeated", r.All.Repeated, r.All.Received),
		score, w.part("helped", r.All.Said.Helped, r.All.Said.Asked),
		number("appeals", r.Appeals), number("overtakings", r.Overtakings), number("filed_late", r.Late),
	}
	for _, k := range r.Clocks {
		percent, _ := tickets.Percent(k.Kept, k.Total)
		value := w.T("desk.report.kept", w.Percent(percent), w.Number(k.Kept), w.Number(k.Total))
		page.Clocks = append(page.Clocks, reportBar{w.T("desk.report.rule." + string(k.Rule)), value, percent})
	}
	for _, by := range tickets.Dimensions() {
		if part := w.reportPart(by, r.By[by]); len(part.Lines) > 0 {
			page.Parts = append(page.Parts, part)
		}
	}
}

func (w words) took(key string, s tickets.Spread) reportFact {
	if s.Count == 0 {
		return reportFact{w.T("desk.report." + key), "–", ""}
	}
	return reportFact{w.T("desk.report." + key), w.Took(s.Median), w.T("desk.report.p90", w.Took(s.P90))}
}

func (w words) part(key string, n, of int) reportFact {
	f := reportFact{w.T("desk.report." + key), "–", w.T("desk.report.of", w.Number(n), w.Number(of))}
	if percent, ok := tickets.Percent(n, of); ok {
		f.Value = w.Percent(percent)
	}
	return f
}

func (w words) reportPart(by tickets.Dimension, list []tickets.Figures) reportPart {
	part := reportPart{Title: w.T("desk.report.by." + string(by))}
	most := 1
	for _, f := range list {
		most = max(most, f.Received)
	}
	for _, f := range list {
		line := reportLine{
			Name: w.figureName(by, f.Key), Received: w.Number(f.Received), Resolved: w.Number(f.Resolved), Reopened: w.Number(f.Reopened),
			Repeated: w.Number(f.Repeated), Unanswered: w.Number(f.Unanswered),
			Answer: w.took("answer", f.Answer).Value, Solve: w.took("solve", f.Solve).Value, Score: "–", Width: 100 * f.Received / most,
		}
		if f.Said.Scores > 0 {
			line.Score = w.Tenths(f.Said.Mean())
		}
		part.Lines = append(part.Lines, line)
	}
	return part
}

// figureName names a value of a dimension.
func (w words) figureName(by tickets.Dimension, key string) string {
	switch by {
	case tickets.ByKind:
		return w.T("desk.kinds." + key)
	case tickets.ByCategory:
		return w.category(key)
	case tickets.ByChannel:
		return w.channel(tickets.Channel(key))
	case tickets.ByDepartment:
		return w.department(key)
	case tickets.ByOutcome:
		return w.T("desk.outcomes." + key)
	}
	return w.T("desk.cause." + key)
}

func (w words) comment(c tickets.Comment) commentLine {
	line := commentLine{Number: c.Number, Category: w.category(c.Category), Low: c.Rating.Low(), When: w.moment(c.Rating.At)}
	if c.Rating.Score > 0 {
		line.Verdict = w.T("desk.report.scored", w.Number(c.Rating.Score))
	} else if c.Rating.Helped != nil && !*c.Rating.Helped {
		line.Verdict = w.T("desk.report.helped_not")
	} else {
		line.Verdict = w.T("desk.report.helped_yes")
	}
	if line.Held = assistant.Assess(c.Rating.Text).Class == assistant.Safety; !line.Held {
		line.Text = tickets.Mask(folded(c.Rating.Text))
	}
	return line
}
