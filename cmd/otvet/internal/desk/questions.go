package desk

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"otvet/assistant"
	"otvet/kb"
	"otvet/tickets"
)

// maxQuestion is how much of a question is shown, in characters. What is longer is a
// story, and tells more of its player than of the content.
const maxQuestion = 160

// questionsPage are the questions that the content left open.
type questionsPage struct {
	contentFrame
	Shows []choice // the sorts to choose from
	Lists []questionList
	Kept  string // how far back the lists reach at most
}

// questionList are open questions of one sort.
type questionList struct {
	ID, Title, More string
	Count           string
	Empty           string // what it means that there is none
	Lines           []questionLine
}

// questionLine is a question without what may lead to its player.
type questionLine struct {
	Question string
	Lang     string
	Language string
	Asks     string
	Last     moment
}

// questionSort is a sort of open questions.
type questionSort struct {
	id   string
	read func(context.Context, tickets.GapFilter) (tickets.Gaps, error)
}

// questionSorts are the sorts, in the order of the page.
func (d *Desk) questionSorts() []questionSort {
	return []questionSort{
		{"unanswered", d.Store.Unanswered}, {"unopened", d.Store.Unopened}, {"suggested", d.Store.SuggestedInVain},
	}
}

// showQuestions serves GET /desk/content/questions. With show=<sort> it lists those alone;
// a sort that does not exist selects all.
func (d *Desk) showQuestions(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	p, v := d.words(r, me), readContentView(r.URL.Query())
	filter := tickets.GapFilter{Period: d.period(p, v), Locale: kb.Locale(v.Lang)}
	page := &questionsPage{contentFrame: d.newContentFrame(r, me, v, "questions"), Kept: p.N("desk.questions.kept", days()[len(days())-1])}
	sorts, show := d.questionSorts(), r.URL.Query().Get("show")
	known := slices.ContainsFunc(sorts, func(s questionSort) bool { return s.id == show })
	for _, s := range sorts {
		page.Shows = append(page.Shows, choice{s.id, p.T("desk.questions." + s.id), s.id == show})
		if known && s.id != show {
			continue
		}
		gaps, err := s.read(r.Context(), filter)
		if err != nil {
			return fmt.Errorf("read questions of the sort %s: %w", s.id, err)
		}
		page.Lists = append(page.Lists, p.questionList(s.id, gaps))
	}
	return d.pages.questions.Write(w, http.StatusOK, page)
}

func (w words) questionList(id string, gaps tickets.Gaps) questionList {
	key := "desk.questions." + id
	list := questionList{
		ID: id, Title: w.T(key), More: w.T(key + "_more"), Empty: w.T(key + "_none"),
		Count: w.N("desk.questions.count", gaps.Questions, w.N("desk.questions.asks", gaps.Asks)),
	}
	for _, g := range gaps.List {
		// What was recorded before the triage knew such words must not be shown either.
		if assistant.Assess(g.Question).Class != assistant.Safety {
			list.Lines = append(list.Lines, w.questionLine(g))
		}
	}
	return list
}

func (w words) questionLine(g tickets.Gap) questionLine {
	return questionLine{
		Question: shortened(tickets.Mask(folded(g.Question))), Lang: string(g.Locale), Language: w.language(g.Locale),
		Asks: w.N("desk.questions.asks", g.Asks), Last: w.moment(g.Last),
	}
}

// folded puts a text on one line. It comes before masking: a number that is broken over several
// lines leads to a person all the same.
func folded(text string) string { return strings.Join(strings.Fields(text), " ") }

// shortened cuts a question at maxQuestion.
func shortened(question string) string {
	runes := []rune(question)
	if len(runes) <= maxQuestion {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:maxQuestion-1])) + "…"
}
