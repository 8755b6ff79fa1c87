package tickets

import (
	"cmp"
	"errors"
	"time"

	"otvet/kb"
	"otvet/tickets/policy"
)

// CategoryUnsure is the category of a player who does not know which to take. All
// other categories are those of the content.
const CategoryUnsure = "unsure"

// FirstLine is the department of a ticket that belongs to no other.
const FirstLine = "support"

// Ticket is one request of one player.
type Ticket struct {
	ID        int64 // internal; never shown
	Number    Number
	Version   int // grows with each event; guards against stale forms
	Status    Status
	Priority  Priority
	Category  string
	Locale    kb.Locale // the player's language
	Subject   string
	Requester Requester
	Account   Account   // of the player who was signed in on the operator's site; else zero
	Assurance Assurance // how far it is proven who wrote
	Assignee  AgentID   // 0: nobody
	CreatedAt time.Time
	UpdatedAt time.Time

	Kind       Kind
	Channel    Channel
	Department string       // whose work it is; never empty
	Rules      *policy.Pack // under which it was opened; nil: no clock runs
	Case       Case
}

// NewTicket is what opens a ticket.
type NewTicket struct {
	Key       string // idempotency key, 16 to 255 characters: the same key opens one ticket
	Visit     string // links what the visitor had asked before; may be empty
	Locale    kb.Locale
	Category  string
	Subject   string
	Body      string
	Files     []Attachment
	Requester Requester
	By        Identity // who is signed in; may be zero
	Priority  Priority
	At        time.Time // zero lets the store take its own time

	Kind       Kind    // empty: KindQuestion, or KindSafety with PrioritySafety
	Channel    Channel // empty: ChannelForm
	Department string
	Record     Record
	Follows    Number // the ended ticket that this one continues; may be empty
}

// Validate cleans the texts and checks every field but the requester's shape, which
// ParseRequester did; knows tells whether a category exists. An empty Priority becomes
// PriorityNormal. The error is an *InvalidError with the fields category, subject, body,
// files, contact, key, visit, locale, priority, kind, channel, department, and those of
// [Record.Validate].
func (n NewTicket) Validate(knows func(category string) bool) (NewTicket, error) {
	var invalid InvalidError
	var code Code
	if n.Category == "" {
		invalid.add("category", Required)
	} else if n.Category != CategoryUnsure && !knows(n.Category) {
		invalid.add("category", Unknown)
	}
	n.Subject, code = field(n.Subject, MaxSubject)
	invalid.add("subject", code)
	n.Body, code = field(n.Body, MaxBody)
	invalid.add("body", code)
	invalid.add("files", checkFiles(n.Files))
	if n.Requester == (Requester{}) {
		invalid.add("contact", Required)
	}
	invalid.add("key", checkKey(n.Key, MinKey))
	invalid.add("visit", checkKey(n.Visit, 0))
	if !n.Locale.Valid() {
		invalid.add("locale", Unknown)
	}
	n.Priority = cmp.Or(n.Priority, PriorityNormal)
	if !n.Priority.Valid() {
		invalid.add("priority", Unknown)
	}
	n.matter(&invalid)
	return n, invalid.orNil()
}

// matter checks what the request is about.
func (n *NewTicket) matter(invalid *InvalidError) {
	var code Code
	if n.Kind == "" && n.Priority == PrioritySafety {
		n.Kind = KindSafety
	}
	n.Kind = cmp.Or(n.Kind, KindQuestion)
	if !n.Kind.Valid() {
		invalid.add("kind", Unknown)
	}
	n.Channel = cmp.Or(n.Channel, ChannelForm)
	if !n.Channel.Valid() {
		invalid.add("channel", Unknown)
	}
	n.Department, code = optional(n.Department, MaxCategory)
	invalid.add("department", code)
	facts, err := n.Record.Validate(cmp.Or(n.At, time.Now()))
	n.Record = facts
	var bad *InvalidError
	if errors.As(err, &bad) {
		invalid.Fields = append(invalid.Fields, bad.Fields...)
	}
}

// Open returns the ticket that a request opens, under the rules of today.
func (n NewTicket) Open(number Number, rules *policy.Pack) Ticket {
	t := Ticket{
		Number: number, Version: 1, Status: StatusNew, Priority: n.Priority, Category: n.Category, Locale: n.Locale,
		Subject: n.Subject, Requester: n.Requester, Account: n.By.Account, Assurance: n.By.Assures(n.Requester),
		CreatedAt: n.At, UpdatedAt: n.At,
		Kind: n.Kind, Channel: n.Channel, Department: cmp.Or(n.Department, FirstLine), Rules: rules,
		Case: Case{ReceivedAt: n.At, UnansweredSince: n.At, Record: n.Record},
	}
	if n.Priority == PrioritySafety || n.Kind == KindSafety {
		t.Priority, t.Case.AlarmAt = PrioritySafety, n.At
	}
	if n.Kind.Procedure() {
		t.Case.Stage = StageReceived
		t.Case.Late = t.late()
	}
	return t
}

// Apply returns the ticket after the event. It holds every rule; a refused event is a
// *TransitionError or an *InvalidError, and the ticket is returned unchanged.
func (t Ticket) Apply(e Event) (Ticket, error) {
	if err := e.check(); err != nil {
		return t, err
	}
	if e.Actor.Kind == ByAgent && t.Case.Against != 0 && e.Actor.Agent == t.Case.Against {
		return t, &InvalidError{[]FieldError{{"actor", NotYours}}}
	}
	changed, err := t.change(e)
	if err != nil {
		return t, err
	}
	changed.settle(e.At)
	changed.Version++
	changed.UpdatedAt = e.At
	return changed, nil
}

// settle brings status and times in line with what has changed.
func (t *Ticket) settle(at time.Time) {
	if t.Kind.Procedure() {
		t.Status = t.status()
		return
	}
	stamp(&t.Case.PendingAt, t.Status == StatusPending, at)
	stamp(&t.Case.SolvedAt, t.Status == StatusSolved, at)
	stamp(&t.Case.ClosedAt, t.Status == StatusClosed, at)
}

// stamp keeps since when something holds; zero while it does not.
func stamp(since *time.Time, holds bool, at time.Time) {
	switch {
	case !holds:
		*since = time.Time{}
	case since.IsZero():
		*since = at
	}
}

// change may return a half-changed ticket with an error; Apply does not. What every
// ticket can go through is here, the steps of a case are in procedure.
func (t Ticket) change(e Event) (Ticket, error) {
	switch c := e.Change.(type) {
	case Noted:
		_, err := CleanBody(c.Body)
		return t, err
	case PlayerReplied:
		return t.playerReplied(c, e)
	case AgentReplied:
		return t.agentReplied(c, e)
	case StatusSet:
		return t.become(c.To, c)
	case CategorySet:
		return t.recategorise(c)
	case Assigned:
		return t.assign(c)
	case DepartmentSet:
		return t.departmentSet(c)
	case PlayerClosed:
		return t.playerClosed(c, e)
	case KindSet:
		return t.kindSet(c, e)
	case Recorded:
		return t.recorded(c, e)
	case SafetyRaised:
		return t.safetyRaised(c, e)
	case SafetyCleared:
		return t.safetyCleared(c, e)
	case Escalated:
		return t.escalated(c, e)
	case TaskOpened:
		return t.taskOpened(c, e)
	case TaskDone:
		return t.taskDone(c, e)
	case Accused:
		return t.accused(c)
	case Held:
		return t.held(c)
	case DataErased:
		return t.dataErased(c, e)
	}
	return t.procedure(e)
}

// procedure are the steps of a case, in the order of its life.
func (t Ticket) procedure(e Event) (Ticket, error) {
	switch c := e.Change.(type) {
	case Acknowledged:
		return t.acknowledged(c, e)
	case Assessed:
		return t.assessed(c, e)
	case LateJudged:
		return t.lateJudged(c, e)
	case InfoAsked:
		return t.infoAsked(c, e)
	case Resumed:
		return t.resumed(c, e)
	case Extended:
		return t.extended(c, e)
	case Found:
		return t.found(c, e)
	case Decided:
		return t.decided(c, e)
	case DecisionReviewed:
		return t.decisionReviewed(c, e)
	case Referred:
		return t.referred(c, e)
	case EnquiryReceived:
		return t.enquiryReceived(c, e)
	case EnquiryAnswered:
		return t.enquiryAnswered(c, e)
	case DisputeEnded:
		return t.disputeEnded(c, e)
	}
	return t.after(e)
}

// after is what the player does with an outcome, what the clock does, and the end.
func (t Ticket) after(e Event) (Ticket, error) {
	switch c := e.Change.(type) {
	case PlayerAccepted:
		return t.playerAccepted(c, e)
	case ClarificationAsked:
		return t.clarificationAsked(c, e)
	case Appealed:
		return t.appealed(c, e)
	case Objected:
		return t.objected(c, e)
	case EscalationAsked:
		return t.escalationAsked(c, e)
	case Rated:
		return t.rated(c, e)
	case DeadlineNear:
		return t.deadlineNear(c, e)
	case DeadlinePassed:
		return t.deadlinePassed(c, e)
	case Closed:
		return t.closed(c, e)
	case Archived:
		return t.archived(c, e)
	case Merged:
		return t.merged(c, e)
	case Absorbed:
		return t.absorbed(c, e)
	case Unmerged:
		return t.unmerged(c, e)
	case Released:
		return t, nil
	}
	return t, t.refuse(e.Change)
}
