package api

import (
	"time"

	"otvet/kb"
)

// Passage is a citable text of the knowledge base, as a reader sees it.
type Passage struct {
	Ref       string `json:"ref" doc:"Names the passage exactly, with the revision of its article." example:"en/faq/withdrawals#how-long@0123456789ab"`
	Kind      string `json:"kind" enum:"faq,help,terms" doc:"What sort of document it stands in."`
	Title     string `json:"title" doc:"Title of the document." example:"Withdrawals"`
	Clause    string `json:"clause,omitempty" doc:"Terms: number of the clause." example:"4.2"`
	Heading   string `json:"heading" doc:"Heading of the passage; of an FAQ, the question." example:"How long does a withdrawal take?"`
	Effective string `json:"effective,omitempty" format:"date" doc:"Terms: the day since which this version is in force." example:"2026-03-01"`
	URL       string `json:"url" format:"uri" doc:"The page on which it stands." example:"https://help.demo.example/en/faq/withdrawals#how-long"`
	Text      string `json:"text" doc:"The whole passage as plain text, one block a line, as its author wrote it."`
	Quote     string `json:"quote" doc:"The sentence of the text that matches best, verbatim."`
}

func (s *service) passage(p kb.Passage, quote string) Passage {
	return newPassage(s.BaseURL, p, quote)
}

func newPassage(base string, p kb.Passage, quote string) Passage {
	return Passage{
		Ref: p.Ref.String(), Kind: string(p.Kind), Title: p.Title, Clause: p.Number, Heading: p.Heading,
		Effective: day(p.Effective), URL: base + p.Ref.Path(), Text: p.Text, Quote: quote,
	}
}

// day writes a calendar day; a zero time is empty.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
