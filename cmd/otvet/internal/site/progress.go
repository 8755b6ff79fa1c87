package site

import (
	"slices"
	"strings"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// progress is how far a request has come, as its page shows it: what happens next, and what
// the player may do.
type progress struct {
	Steps   []tickets.Step
	Next    tickets.Next
	Late    bool // what was to happen by Next.By has not happened
	May     tickets.Allowed
	Rules   string // title of the rules that it goes by; empty: none
	Outcome *outcome
	Final   bool // our last word was said, and the dispute service comes next
	Service string
	Dispute string // the dispute service in words; may be empty
	Acts    []act
	Rating  rating
	Rated   bool
	Missing factForm // facts that are still unknown
	Follow  string   // where a follow-up is written; empty: there is none yet
}

// outcome is the last decision that was told.
type outcome struct {
	Word                      tickets.Outcome
	Reasons, Remedy, Measures string
	At                        time.Time
}

// act is a form of the page by which the player takes a step.
type act struct {
	Name    string // of the step, and of its words
	Key     string
	Text    bool // it wants words
	Body    string
	Mistake string
	Refused bool // it was not accepted, through no fault of the player's
	Open    bool // unfolded
}

// rating is what stands in the form about how it was.
type rating struct {
	Key, Helped, Text string
	Score             int
	Mistake           string
	Refused           bool
}

// Scores are what can be chosen, the best first.
func (rating) Scores() []int { return []int{5, 4, 3, 2, 1} }

// newProgress returns the progress of a ticket whose page is at path.
func (s *Site) newProgress(lang string, t tickets.Ticket, path string) progress {
	p := progress{Steps: t.Steps(), Next: t.Next(), May: t.May(), Outcome: told(t.Case), Rated: t.Case.Rating != nil}
	if t.Rules != nil {
		p.Rules, p.Service = t.Rules.Title(lang), t.Rules.DisputeService()
	}
	p.Late = p.Next.Move == tickets.MoveOurs && !p.Next.By.IsZero() && p.Next.By.Before(time.Now())
	p.Final = p.Outcome != nil && (t.Case.Stage == tickets.StageFinal || t.Case.Ending == tickets.EndingFinal)
	if p.Final && s.Dispute != nil {
		p.Dispute = s.Dispute(lang)
	}
	if t.Priority == tickets.PrioritySafety { // no dates and no queue for somebody in distress
		p.Next, p.Late, p.May.Rate = tickets.Next{}, false, false
	}
	p.Acts = acts(p.May)
	if t.Status == tickets.StatusClosed {
		p.Follow = address(lang, "contact?follows="+lastOf(path))
		return p
	}
	c, _ := s.Engine.Library().Category(kb.Locale(lang), t.Category)
	unknown := slices.DeleteFunc(asked(t.Kind, c), func(a string) bool { return known(t.Case.Record, a) != "" })
	p.Missing = s.newFactForm(unknown, nil, matter{}, nil)
	return p
}

// lastOf returns the token or the number at the end of the path of a request's page.
func lastOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// told returns the last decision that the player was told; nil: none yet.
func told(c tickets.Case) *outcome {
	for _, d := range slices.Backward(c.Decisions) {
		if d.Approved {
			return &outcome{d.Outcome, d.Reasons, d.Remedy, d.Measures, d.ReviewedAt}
		}
	}
	return nil
}

// acts returns the forms for what the player may do, the friendliest first. Replying and
// closing have forms of their own.
func acts(may tickets.Allowed) []act {
	var list []act
	add := func(allowed, text bool, name string) {
		if allowed {
			list = append(list, act{Name: name, Key: newKey(), Text: text, Open: !text})
		}
	}
	add(may.Accept, false, actAccept)
	add(may.Clarify, true, actClarify)
	add(may.Appeal, true, actAppeal)
	add(may.Object, true, actObject)
	add(may.Escalate, true, actEscalate)
	return list
}

// keep puts what was typed for a step back into its form, with what was wrong with it.
func (p *progress) keep(posted act) bool {
	for i := range p.Acts {
		if p.Acts[i].Name == posted.Name {
			posted.Text, posted.Open = p.Acts[i].Text, true
			p.Acts[i] = posted
			return true
		}
	}
	return false
}
