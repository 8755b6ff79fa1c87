package desk

import (
	"time"

	"otvet/tickets"
)

// casePanel is where a case stands: its way, its clocks and what we owe. A plain question
// has clocks, and no way.
type casePanel struct {
	Facts  []factLine
	Way    []wayLine
	Clocks []clockLine
	Missed []missedLine
	Owed   []owedLine
	Notes  []string // what everybody who works on it must know
}

// wayLine is a step of a case as the player sees it.
type wayLine struct {
	Label string
	State string // "done", "here" or "to come"
	Words string // the same in words, with the day
	At    time.Time
}

// owedLine is something that we owe, and where it is done.
type owedLine struct {
	What string
	Href string // empty: not on this page, or not by this agent
}

func (s scene) panel() casePanel {
	return casePanel{
		Facts: s.caseFacts(), Way: s.way(), Clocks: s.clocks(), Missed: s.missed(), Owed: s.owed(), Notes: s.caseNotes(),
	}
}

// caseFacts are what a ticket is, and under which rules.
func (s scene) caseFacts() []factLine {
	t := s.ticket
	facts := []factLine{{s.T("desk.case.kind"), s.kindOf(t.Kind)}}
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, factLine{name, value})
		}
	}
	if t.Case.Stage != tickets.StageNone {
		add(s.T("desk.case.stage"), s.stage(t.Case.Stage))
	}
	if t.Case.Nature != "" {
		add(s.T("desk.case.nature"), s.T("desk.nature."+string(t.Case.Nature)))
	}
	if t.Department != "" {
		add(s.T("desk.case.department"), s.department(t.Department))
	}
	if t.Case.Level > 0 {
		add(s.T("desk.case.level"), s.Number(t.Case.Level))
	}
	if t.Channel != "" {
		add(s.T("desk.case.channel"), s.channel(t.Channel))
	}
	if !t.Case.ReceivedAt.IsZero() {
		add(s.T("desk.case.received"), s.DateTime(t.Case.ReceivedAt))
	}
	if t.Rules != nil {
		add(s.T("desk.case.rules"), t.Rules.Title(string(s.locale))+" ("+t.Rules.Ref().String()+")")
	}
	return facts
}

// way is the way of a case, done and to come.
func (s scene) way() []wayLine {
	var lines []wayLine
	for _, step := range s.ticket.Steps() {
		l := wayLine{Label: s.T("desk.way." + string(step.Name)), State: "to-come", At: step.At}
		switch {
		case step.Here:
			l.State, l.Words = "here", s.T("desk.way.here")
		case !step.At.IsZero():
			l.State, l.Words = "done", s.T("desk.way.done", s.Date(step.At.In(s.zone)))
		case !step.Due.IsZero():
			l.Words = s.T("desk.way.by", s.Date(step.Due.In(s.zone)))
		default:
			l.Words = s.T("desk.way.to_come")
		}
		lines = append(lines, l)
	}
	return lines
}

// owed lists what we owe now, with the form that fulfils it.
func (s scene) owed() []owedLine {
	var lines []owedLine
	for _, o := range s.ticket.Obligations() {
		l := owedLine{What: s.obligation(o)}
		for _, name := range fulfils(o) {
			if a, ok := actNamed(name); ok && s.refusal(a) == nil {
				l.Href = "#" + name
				break
			}
		}
		lines = append(lines, l)
	}
	return lines
}

// fulfils returns the acts that fulfil an obligation or lead there, the last step first.
func fulfils(o tickets.Obligation) []string {
	switch kind, _ := obligationOf(o); kind {
	case tickets.OweAck:
		return []string{"acknowledge"}
	case tickets.OweAnswer:
		return []string{"reply", "decide", "findings"}
	case tickets.OweJudging:
		return []string{"late"}
	case tickets.OweDecision:
		return []string{"decide", "findings", "assess"}
	case tickets.OweReview:
		return []string{"review"}
	case tickets.OweBody:
		return []string{"dispute-end"}
	case owedTask:
		return []string{"task-done"}
	case owedEnquiry:
		return []string{"enquiry-answer"}
	}
	return nil
}

// caseNotes are what everybody who works on a case must know.
func (s scene) caseNotes() []string {
	c := s.ticket.Case
	var notes []string
	for _, n := range []struct {
		holds bool
		says  string
	}{
		{c.Late && c.Lateness == nil, s.T("desk.case.is_late")},
		{c.Hold != "", s.T("desk.case.is_held", c.Hold)},
		{c.Appeals > 0, s.N("desk.case.appealed", c.Appeals)},
		{c.Gambling, s.T("desk.case.gambling")},
		{c.Against != 0, s.T("desk.case.against", s.agent(agentValue(c.Against)))},
		{c.MergedInto != "", s.T("desk.case.merged", string(c.MergedInto))},
	} {
		if n.holds {
			notes = append(notes, n.says)
		}
	}
	return notes
}
