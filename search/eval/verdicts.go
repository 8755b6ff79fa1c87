package eval

import (
	"strconv"

	"otvet/search"
)

// Handoff is the verdict on a question that triage gives to a person before search sees it.
const Handoff search.Verdict = "handoff"

// Verdicts counts what was decided on the questions of one kind.
type Verdicts struct {
	Kind      string `json:"kind"`
	Questions int    `json:"questions"`
	Answered  int    `json:"answered"`
	Right     int    `json:"right"` // of those answered, with the right passage
	Suggested int    `json:"suggested"`
	NoAnswer  int    `json:"no_answer"`
	Handoff   int    `json:"handoff"`
}

// count adds one question.
func (v *Verdicts) count(verdict search.Verdict, right bool) {
	v.Questions++
	switch verdict {
	case search.Answered:
		v.Answered++
		if right {
			v.Right++
		}
	case search.Suggested:
		v.Suggested++
	case Handoff:
		v.Handoff++
	default:
		v.NoAnswer++
	}
}

// verdictTable shows them, and hand-offs only where there is triage.
func verdictTable(all []Verdicts, triage bool) table {
	t := table{Caption: "Verdicts", Head: []string{"kind", "questions", "answered", "of these right", "suggested", "no answer"}}
	if triage {
		t.Head = append(t.Head, "to a person")
	}
	for _, v := range all {
		row := []string{v.Kind}
		for _, n := range []int{v.Questions, v.Answered, v.Right, v.Suggested, v.NoAnswer} {
			row = append(row, strconv.Itoa(n))
		}
		if triage {
			row = append(row, strconv.Itoa(v.Handoff))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
