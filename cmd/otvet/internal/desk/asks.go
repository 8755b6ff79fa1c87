package desk

import (
	"otvet/search"
	"otvet/tickets"
)

// askLine is a question that the player had asked before writing.
type askLine struct {
	Question string
	Lang     string
	When     moment
	Verdict  string
	Found    bool
	Shown    []shownLine
	Outcome  string
}

// shownLine is a passage that the player was shown.
type shownLine struct{ URL, Title, Place, Quote string }

func (w words) asks(all []tickets.Ask) []askLine {
	lines := make([]askLine, len(all))
	for i, a := range all {
		lines[i] = askLine{
			Question: a.Question, Lang: string(a.Locale), When: w.moment(a.At),
			Verdict: w.T("desk.verdict." + verdictName(a)), Found: a.Verdict != string(search.NoAnswer),
			Outcome: w.T("desk.outcome." + outcomeName(a.Outcome)),
		}
		if a.Verdict == tickets.VerdictHandoff {
			lines[i].Question, lines[i].Lang = w.T("desk.asks.unkept"), string(w.locale)
		}
		for _, c := range a.Shown {
			lines[i].Shown = append(lines[i].Shown, shownLine{citationURL(c.Ref), c.Title, place(c), c.Quote})
		}
	}
	return lines
}

// verdictName tells what was shown from what was only offered, folded up, beside the form.
func verdictName(a tickets.Ask) string {
	if a.Channel == "contact" && len(a.Shown) > 0 {
		return "offered"
	}
	return a.Verdict
}

func outcomeName(o tickets.AskOutcome) string {
	if o == tickets.AskOutcomeNone {
		return "none"
	}
	return string(o)
}
