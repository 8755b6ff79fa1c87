package tickets

import (
	"time"

	"otvet/tickets/policy"
)

// MessageOf returns the message that an event adds to a ticket; false when it adds none.
// What is told to the player carries its review.
func MessageOf(after Ticket, e Event) (Message, bool) {
	m := Message{Author: e.Actor, At: e.At, Public: true, Files: FilesOf(e.Change)}
	switch c := e.Change.(type) {
	case Noted:
		m.Body, m.Public = c.Body, false
	case PlayerReplied:
		m.Body = c.Body
	case ClarificationAsked:
		m.Body = c.Body
	case Appealed:
		m.Body = c.Body
	case Objected:
		m.Body = c.Body
	case EscalationAsked:
		m.Body = c.Body
	case AgentReplied:
		m.Body, m.Review = c.Body, c.Review
	case InfoAsked:
		m.Body, m.Review = c.Body, c.Review
	case Extended:
		m.Body, m.Review = c.Reason, c.Review
	case Escalated:
		m.Body, m.Review = c.Reason, c.Review
	case KindSet:
		m.Body, m.Review = c.Reason, c.Review
		return m, after.Case.Rejection != nil && !after.Kind.Procedure() && c.Reason != "" && after.Case.Rejection.At.Equal(e.At)
	case DecisionReviewed:
		return outcomeMessage(after, m, c)
	default:
		return m, false
	}
	return m, true
}

// outcomeMessage is written by who decided and reviewed by who approved.
func outcomeMessage(after Ticket, m Message, c DecisionReviewed) (Message, bool) {
	d := after.Case.decision()
	if d == nil {
		return m, false
	}
	m.Author = Actor{Kind: ByAgent, Agent: d.By}
	m.Body, m.Review = d.Text(), Review{By: d.ReviewedBy, At: d.ReviewedAt}
	return m, c.Approve
}

// LetterOrder is a letter that an event demands. The text of the event's message goes with
// it as "reply".
type LetterOrder struct {
	Kind   LetterKind
	Values map[string]string
	Dates  map[string]time.Time
}

// OpeningLetters returns the letters that a new ticket demands.
func OpeningLetters(t Ticket) []LetterOrder {
	kind := LetterAck
	switch {
	case t.Priority == PrioritySafety:
		return []LetterOrder{t.order(LetterSafety)}
	case t.Kind == KindData:
		kind = LetterDataAck
	case t.Kind.Procedure():
		kind = LetterAckComplaint
	}
	letters := []LetterOrder{t.order(kind)}
	if t.Case.Late {
		letters = append(letters, t.order(LetterLate))
	}
	return letters
}

// LetterOf returns the letter that an event demands; false when it demands none.
func LetterOf(before, after Ticket, e Event) (LetterOrder, bool) {
	switch c := e.Change.(type) {
	case AgentReplied:
		if after.Kind.Procedure() {
			return after.order(LetterInterim), true
		}
		return after.order(LetterReply), true
	case InfoAsked:
		return after.order(LetterInfoRequest).with("reason", c.Body), true
	case Extended:
		return after.order(LetterExtension).with("reason", c.Reason), true
	case Escalated:
		return after.order(LetterTransferred), true
	case KindSet:
		return converted(before, after, c)
	case Objected:
		return heardOf(before, after, LetterObjectionAck, e.At)
	case DecisionReviewed:
		return after.outcomeLetter(), c.Approve
	case Appealed:
		return heardOf(before, after, LetterAppealAck, e.At)
	case PlayerClosed:
		return after.order(LetterClosed), after.Kind.Procedure() && after.Priority != PrioritySafety
	case Merged:
		return after.order(LetterMerged).with("other-number", string(c.Into)), true
	case DeadlinePassed:
		return ranOut(before, after, c)
	case PlayerAccepted, Closed:
		return after.order(LetterClosed), after.Priority != PrioritySafety
	}
	return LetterOrder{}, false
}

// heardOf confirms what the player sent at a moment. Somebody who may be in distress gets the
// letter for that, once, and no dates.
func heardOf(before, after Ticket, k LetterKind, at time.Time) (LetterOrder, bool) {
	if after.Priority == PrioritySafety {
		return after.order(LetterSafety), before.Priority != PrioritySafety
	}
	o := after.order(k)
	o.Dates["received"] = at
	return o, true
}

// converted tells that a matter is a complaint now, or is none.
func converted(before, after Ticket, c KindSet) (LetterOrder, bool) {
	switch {
	case after.Priority == PrioritySafety && before.Priority != PrioritySafety:
		return after.order(LetterSafety), true
	case before.Kind.Procedure() == after.Kind.Procedure():
		return LetterOrder{}, false
	case after.Kind.Procedure() && after.Priority == PrioritySafety:
		return LetterOrder{}, false // who may be in distress is told by a person
	case !after.Kind.Procedure():
		return after.order(LetterNotComplaint).with("reason", c.Reason), true
	case after.Kind == KindData:
		return after.order(LetterDataAck), true
	}
	return after.order(LetterAckComplaint), true
}

// ranOut is what the clock tells the player. In a safety case it tells nothing: only
// people speak to somebody who may be in distress.
func ranOut(before, after Ticket, c DeadlinePassed) (LetterOrder, bool) {
	if after.Priority == PrioritySafety {
		return LetterOrder{}, false
	}
	switch c.Rule {
	case policy.RuleFinal:
		return after.order(LetterHolding), true
	case policy.RuleUpdate:
		return after.order(LetterProgress), after.Kind.Procedure() && !after.Case.Dispute.external()
	case policy.RuleRemind:
		return after.order(LetterInfoReminder), true
	case policy.RuleRespond:
		switch {
		case before.Case.Stage == StageClosed:
			return LetterOrder{}, false
		case after.Kind.Procedure():
			return after.order(LetterClosed), true
		}
		return after.order(LetterSatisfaction), after.MayRate()
	}
	return LetterOrder{}, false
}

// outcomeLetter tells the decision in the form that its round asks for.
func (t Ticket) outcomeLetter() LetterOrder {
	d := t.Case.decision()
	if d == nil {
		return LetterOrder{}
	}
	kind := map[Outcome]LetterKind{
		OutcomeUpheld: LetterOutcomeUpheld, OutcomePartly: LetterOutcomePartly, OutcomeNotUpheld: LetterOutcomeNotUpheld,
		OutcomeExplained: LetterOutcomeExplained, OutcomeTechnical: LetterOutcomeTechnical,
		OutcomeFulfilled: LetterDataFulfilled, OutcomeRefused: LetterDataRefused,
	}[d.Outcome]
	switch {
	case t.Kind == KindData && d.Outcome == OutcomeFulfilled && !t.Case.DataErasedAt.IsZero():
		kind = LetterErased
	case t.Kind == KindData:
	case d.Deadlock:
		kind = LetterDeadlock
	case d.Final:
		kind = LetterFinal
	case d.Round > 0:
		kind = LetterReviewResult
	}
	o := t.order(kind)
	for name, value := range map[string]string{
		"outcome": string(d.Outcome), "reasons": d.Reasons, "remedy": d.Remedy, "measures": d.Measures,
	} {
		o.Values[name] = value
	}
	// The clock of the answer may not run yet, for want of a confirmed receipt: a letter
	// without its date would never be sent.
	if term, ok := t.term(policy.RuleRespond); ok && kind == LetterDataFulfilled {
		o.date("until", t.Rules.Calendar().Due(t.Case.AnsweredAt, term.Limit, nil))
	}
	return o
}

// order is a letter with the dates that the ticket has now.
func (t Ticket) order(k LetterKind) LetterOrder {
	o := LetterOrder{Kind: k, Values: map[string]string{"department": t.Department}, Dates: map[string]time.Time{}}
	o.date("received", t.Case.ReceivedAt)
	for _, d := range t.Deadlines() {
		switch d.Rule {
		case policy.RuleFirst:
			o.date("due-first", d.Due)
			o.date("next", d.Due)
		case policy.RuleUpdate:
			o.date("next", d.Due)
		case policy.RuleWait, policy.RuleRespond:
			o.date("until", d.Due)
		}
	}
	final, ok := t.FinalDue()
	if ok {
		o.date("due-final", final)
	}
	if ok && final.After(t.UpdatedAt) {
		o.date("due", final)
	}
	if ok { // the last day is over: our next word
		o.date("due", o.Dates["next"])
	}
	return o
}

// date sets a date that is known.
func (o LetterOrder) date(name string, at time.Time) {
	if _, set := o.Dates[name]; !set && !at.IsZero() {
		o.Dates[name] = at
	}
}

func (o LetterOrder) with(name, value string) LetterOrder {
	o.Values[name] = value
	return o
}
