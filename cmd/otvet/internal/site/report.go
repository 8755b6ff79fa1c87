package site

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// reportPage is GET /{lang}/reports and /{lang}/reports/{period}.
type reportPage struct {
	frame
	Period  string
	Away    bool // the figures cannot be read
	Enough  bool // there are figures
	Figures []reportFigure
	Topics  []reportTopic
	Hidden  []string // titles of categories whose figures are not shown
	CSV     string
	Earlier link // zero: none
	Later   link
	Whole   link   // of a month: its quarter
	Months  []link // of a quarter, and those since the last one
}

// reportFigure is a figure with what it is about.
type reportFigure struct{ Label, Value, Note string }

// reportTopic is a row of the table of categories.
type reportTopic struct {
	Title, Received, Resolved, Solve string
	Width                            int // of the bar, of 100
}

// latestReport answers GET /{lang}/reports.
func (s *Site) latestReport(w http.ResponseWriter, r *http.Request) error {
	return s.showReport(w, r, latestQuarter(time.Now(), s.reports.zone), "reports")
}

// report answers GET /{lang}/reports/{period} and /{lang}/reports/{period}.csv.
func (s *Site) report(w http.ResponseWriter, r *http.Request) error {
	name, table := strings.CutSuffix(chi.URLParam(r, "period"), ".csv")
	p, ok := parsePeriod(name, time.Now(), s.reports.zone)
	switch {
	case !ok:
		return s.missing(w, r)
	case table:
		return s.reportTable(w, r, p)
	}
	return s.showReport(w, r, p, "reports/"+p.String())
}

func (s *Site) showReport(w http.ResponseWriter, r *http.Request, period period, path string) error {
	lang := langOf(r)
	words := s.words(lang)
	p := reportPage{frame: s.frame(lang, words.T("report.title")+": "+period.title(words), path), Period: period.title(words)}
	p.Description = words.T("report.lead")
	s.navigate(&p, period)
	found, err := s.reports.read(r.Context(), period)
	if err != nil {
		s.Web.Note(r, err)
		p.Away, p.NoIndex = true, true
		private(w)
		return s.pages.report.Write(w, http.StatusServiceUnavailable, &p)
	}
	if p.Enough = found.enough; p.Enough {
		s.fillReport(&p, found.Published)
		p.CSV = address(lang, "reports/"+period.String()+".csv")
	}
	p.NoIndex = !p.Enough
	w.Header().Set("Cache-Control", "public, max-age=600")
	return s.pages.report.Write(w, http.StatusOK, &p)
}

// navigate links the periods around.
func (s *Site) navigate(p *reportPage, at period) {
	words, now := s.words(p.Lang), time.Now()
	to := func(q period) link {
		if !q.reported(now, s.reports.zone) {
			return link{}
		}
		return link{Path: address(p.Lang, "reports/"+q.String()), Title: q.title(words)}
	}
	p.Earlier, p.Later = to(at.move(-1)), to(at.move(1))
	if !at.quarter {
		p.Whole = to(at.around())
	}
	months := at.months()
	if p.Later == (link{}) { // those of the quarter that goes on have no other way to them
		months = append(months, at.move(1).months()...)
	}
	for _, m := range months {
		if l := to(m); l != (link{}) {
			p.Months = append(p.Months, l)
		}
	}
}

func (s *Site) fillReport(p *reportPage, r tickets.Published) {
	w := s.words(p.Lang)
	few := w.T("report.few")
	p.Figures = []reportFigure{
		{w.T("report.received"), w.Number(r.Received), ""},
		{w.T("report.resolved"), w.Number(r.Resolved), ""},
		percentFigure(w, "report.intime", r.InTime),
		{w.T("report.answer"), few, ""},
		{w.T("report.solve"), few, ""},
		{w.T("report.score"), few, ""},
		percentFigure(w, "report.helped", r.Helped),
	}
	if r.Answer.Count > 0 {
		p.Figures[3].Value, p.Figures[3].Note = w.Took(r.Answer.Median), w.T("report.answer.p90", w.Took(r.Answer.P90))
	}
	if r.Solve.Count > 0 {
		p.Figures[4].Value, p.Figures[4].Note = w.Took(r.Solve.Median), w.T("report.answer.p90", w.Took(r.Solve.P90))
	}
	if r.Scores > 0 {
		p.Figures[5].Value, p.Figures[5].Note = w.Tenths(r.Mean), w.N("report.score.of", r.Scores)
	}
	most := 1
	for _, c := range r.Categories {
		most = max(most, c.Received)
	}
	for _, c := range r.Categories {
		title := s.topic(p.Lang, c.Category)
		if c.Hidden {
			p.Hidden = append(p.Hidden, title)
			continue
		}
		row := reportTopic{title, w.Number(c.Received), w.Number(c.Resolved), few, 100 * c.Received / most}
		if c.Solve.Count > 0 {
			row.Solve = w.Took(c.Solve.Median)
		}
		p.Topics = append(p.Topics, row)
	}
}

func percentFigure(w *web.Printer, key string, percent int) reportFigure {
	if percent < 0 {
		return reportFigure{w.T(key), w.T("report.few"), ""}
	}
	return reportFigure{w.T(key), w.Percent(percent), ""}
}

// topic returns a category's title; one that the content has lost keeps its ID.
func (s *Site) topic(lang, id string) string {
	if id == tickets.CategoryUnsure {
		return s.words(lang).T("contact.unsure")
	}
	if c, ok := s.Engine.Library().Category(kb.Locale(lang), id); ok {
		return c.Title
	}
	return id
}

// reportTable answers with the figures as a table.
func (s *Site) reportTable(w http.ResponseWriter, r *http.Request, p period) error {
	found, err := s.reports.read(r.Context(), p)
	if err != nil {
		return err
	}
	if !found.enough {
		return s.missing(w, r)
	}
	var b bytes.Buffer
	if err := tickets.WriteCSV(&b, found.Rows()); err != nil {
		return fmt.Errorf("write the report of %s: %w", p, err)
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="report-`+p.String()+`.csv"`)
	_, _ = w.Write(b.Bytes()) // the reader has gone; nobody is left to tell
	return nil
}
