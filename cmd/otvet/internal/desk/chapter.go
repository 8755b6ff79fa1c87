package desk

import (
	"strconv"
	"time"

	"otvet/tickets"
)

// chapter is a part of a case's file.
type chapter struct {
	Title string
	Facts []factLine
	Texts []string // what people wrote, as they wrote it
}

// by names who did something, and when.
func (s scene) by(who tickets.AgentID, at time.Time) string {
	name := s.agent(agentValue(who))
	if name == "" {
		return s.DateTime(at)
	}
	return s.T("desk.file.by", name, s.DateTime(at))
}

// chapters is the file of a case: what was found, asked, decided and promised.
func (s scene) chapters() []chapter {
	var all []chapter
	for _, part := range []func() []chapter{
		s.recordChapter, s.assessmentChapter, s.lateChapter, s.tasksChapter, s.pausesChapter, s.extensionsChapter,
		s.findingsChapter, s.decisionChapters, s.rejectionChapter, s.disputeChapter, s.ratingChapter,
	} {
		all = append(all, part()...)
	}
	return all
}

func (s scene) recordChapter() []chapter {
	lines := s.recordLines()
	if len(lines) == 0 {
		return nil
	}
	return []chapter{{Title: s.T("desk.file.record"), Facts: lines}}
}

func (s scene) assessmentChapter() []chapter {
	a := s.ticket.Case.Assessment
	if a == nil {
		return nil
	}
	c := chapter{Title: s.T("desk.file.assessment"), Facts: []factLine{
		{s.T("desk.assess.severity"), s.T("desk.severity." + string(a.Severity))},
		{s.T("desk.assess.complexity"), s.T("desk.complexity." + string(a.Complexity))},
		{s.T("desk.assess.impact"), s.T("desk.impact." + string(a.Impact))},
		{s.T("desk.file.who"), s.by(a.By, a.At)},
	}}
	if a.Immediate != "" {
		c.Texts = []string{a.Immediate}
	}
	return []chapter{c}
}

func (s scene) lateChapter() []chapter {
	j := s.ticket.Case.Lateness
	if j == nil {
		return nil
	}
	verdict := s.T("desk.late.no")
	if j.Pursued {
		verdict = s.T("desk.late.yes")
	}
	return []chapter{{s.T("desk.file.late"), []factLine{{s.T("desk.late.pursued"), verdict}, {s.T("desk.file.who"), s.by(j.By, j.At)}}, []string{j.Reason}}}
}

func (s scene) tasksChapter() []chapter {
	var chapters []chapter
	for _, k := range s.ticket.Case.Tasks {
		c := chapter{Title: s.T("desk.file.task", s.Number(k.ID), s.department(k.Department)), Texts: []string{k.What}}
		switch {
		case k.Dropped:
			c.Facts = []factLine{{s.T("desk.file.state"), s.T("desk.task.was_dropped", s.by(k.DoneBy, k.DoneAt))}}
		case !k.DoneAt.IsZero():
			c.Facts = []factLine{{s.T("desk.file.state"), s.T("desk.task.was_done", s.by(k.DoneBy, k.DoneAt))}}
		case !k.Due.IsZero():
			c.Facts = []factLine{{s.T("desk.file.state"), s.T("desk.task.is_open", s.DateTime(k.Due), s.left(k.Due))}}
		}
		if k.Result != "" {
			c.Texts = append(c.Texts, s.T("desk.task.result")+": "+k.Result)
		}
		chapters = append(chapters, c)
	}
	return chapters
}

func (s scene) pausesChapter() []chapter {
	c := chapter{Title: s.T("desk.file.pauses")}
	for _, p := range s.ticket.Case.Pauses {
		until := s.T("desk.file.still_open")
		if !p.To.IsZero() {
			until = s.DateTime(p.To)
		}
		why := p.Reason
		if why == pauseOutcome {
			why = s.T("desk.file.outcome_considered")
		}
		c.Facts = append(c.Facts, factLine{s.T("desk.file.from_to", s.DateTime(p.From), until), why})
	}
	if len(c.Facts) == 0 {
		return nil
	}
	return []chapter{c}
}

// pauseOutcome is the reason that the domain gives for the pause after an outcome.
const pauseOutcome = "outcome"

func (s scene) extensionsChapter() []chapter {
	var chapters []chapter
	for _, x := range s.ticket.Case.Extensions {
		chapters = append(chapters, chapter{s.T("desk.file.extension"), []factLine{{s.T("desk.file.when"), s.DateTime(x.At)}}, []string{x.Reason}})
	}
	return chapters
}

func (s scene) findingsChapter() []chapter {
	f := s.ticket.Case.Findings
	if f.Text == "" {
		return nil
	}
	c := chapter{Title: s.T("desk.file.findings"), Texts: []string{f.Text}}
	if f.Cause != "" {
		c.Facts = append(c.Facts, factLine{s.T("desk.findings.cause"), s.T("desk.cause." + string(f.Cause))})
	}
	if f.Corrective != "" {
		c.Facts = append(c.Facts, factLine{s.T("desk.findings.corrective"), f.Corrective})
	}
	c.Facts = append(c.Facts, factLine{s.T("desk.file.who"), s.by(f.By, f.At)})
	return []chapter{c}
}

func (s scene) decisionChapters() []chapter {
	var chapters []chapter
	for _, d := range s.ticket.Case.Decisions {
		c := chapter{Title: s.T("desk.file.decision"), Texts: []string{d.Reasons}}
		if d.Round > 0 {
			c.Title = s.T("desk.file.decision_again")
		}
		c.Facts = []factLine{
			{s.T("desk.decide.outcome"), s.T("desk.outcomes." + string(d.Outcome))},
			{s.T("desk.file.decided"), s.by(d.By, d.At)},
			{s.T("desk.file.reviewed"), s.reviewedBy(d)},
		}
		if d.Remedy != "" {
			c.Facts = append(c.Facts, factLine{s.T("desk.decide.remedy"), d.Remedy})
		}
		if d.Measures != "" {
			c.Facts = append(c.Facts, factLine{s.T("desk.decide.measures"), d.Measures})
		}
		if d.Final {
			c.Facts = append(c.Facts, factLine{s.T("desk.decide.ending"), s.T("desk.decide.final")})
		}
		chapters = append(chapters, c)
	}
	return chapters
}

// reviewedBy says what a second person made of a decision.
func (s scene) reviewedBy(d tickets.Decision) string {
	switch {
	case d.ReviewedBy == 0:
		return s.T("desk.file.unreviewed")
	case d.Approved:
		return s.T("desk.file.approved", s.by(d.ReviewedBy, d.ReviewedAt))
	}
	return s.T("desk.file.returned", s.by(d.ReviewedBy, d.ReviewedAt))
}

func (s scene) rejectionChapter() []chapter {
	r := s.ticket.Case.Rejection
	if r == nil {
		return nil
	}
	facts := []factLine{{s.T("desk.file.was"), s.kindName(string(r.Kind))}, {s.T("desk.file.who"), s.by(r.By, r.At)}}
	if s.ticket.Case.Objections > 0 {
		facts = append(facts, factLine{s.T("desk.file.state"), s.T("desk.file.objected")})
	}
	return []chapter{{s.T("desk.file.rejection"), facts, []string{r.Reason}}}
}

func (s scene) disputeChapter() []chapter {
	d := s.ticket.Case.Dispute
	if d == nil {
		return nil
	}
	c := chapter{Title: s.T("desk.file.dispute"), Facts: []factLine{
		{s.T("desk.refer.service"), d.Body}, {s.T("desk.file.when"), s.DateTime(d.At)},
	}}
	for _, q := range d.Enquiries {
		state := s.T("desk.enquiry.open")
		if !q.AnsweredAt.IsZero() {
			state = s.T("desk.enquiry.answered", s.DateTime(q.AnsweredAt))
		}
		c.Facts = append(c.Facts, factLine{s.T("desk.file.enquiry", s.Number(q.ID)), state})
		c.Texts = append(c.Texts, strconv.Itoa(q.ID)+". "+q.What)
		if q.Answer != "" {
			c.Texts = append(c.Texts, s.T("desk.file.answer", q.Answer))
		}
	}
	if d.Result != "" {
		c.Facts = append(c.Facts, factLine{s.T("desk.dispute.result"), d.Result})
	}
	return []chapter{c}
}

func (s scene) ratingChapter() []chapter {
	r := s.ticket.Case.Rating
	if r == nil {
		return nil
	}
	c := chapter{Title: s.T("desk.file.rating"), Facts: []factLine{{s.T("desk.file.when"), s.DateTime(r.At)}}}
	if r.Score > 0 {
		c.Facts = append(c.Facts, factLine{s.T("desk.file.score"), s.T("desk.file.of_five", s.Number(r.Score))})
	}
	if r.Helped != nil {
		answer := s.T("desk.feedback.no")
		if *r.Helped {
			answer = s.T("desk.feedback.yes")
		}
		c.Facts = append(c.Facts, factLine{s.T("desk.feedback.helped"), answer})
	}
	if r.Text != "" {
		c.Texts = []string{r.Text}
	}
	return []chapter{c}
}
