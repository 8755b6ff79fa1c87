package desk

import (
	"fmt"
	"net/http"
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

// showQuestions serves GET /desk/content/questions.
func (d *Desk) showQuestions(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	p, v := d.words(r, me), readContentView(r.URL.Query())
	filter := tickets.GapFilter{Period: d.period(p, v), Locale: kb.Locale(v.Lang)}
	unanswered, err := d.Store.Unanswered(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("read questions without an answer: %w", err)
	}
	suggested, err := d.Store.SuggestedInVain(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("read questions with suggestions in vain: %w", err)
	}
	page := &questionsPage{contentFrame: d.newContentFrame(r, me, v, "questions"), Kept: p.N("desk.questions.kept", days()[len(days())-1])}
	page.Lists = []questionList{p.questionList("unanswered", unanswered), p.questionList("suggested", suggested)}
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
