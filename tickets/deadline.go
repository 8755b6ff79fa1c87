package tickets

import (
	"slices"
	"time"

	"otvet/tickets/policy"
)

// Deadline is one clock of a ticket that runs, or stands still while the player has the
// word.
type Deadline struct {
	Rule   policy.Rule
	Round  int       // tells apart what comes again: an update, a task, an enquiry
	From   time.Time // when the clock started
	Target time.Time // what we aim at; zero: nothing of its own
	Due    time.Time // zero: the clock stands still
	Warn   []Warning // in order
}

// Warning is when people are told how much of the time is gone.
type Warning struct {
	Percent int
	At      time.Time
}

// Deadlines returns the clocks of the ticket that have not run out, the first due first;
// those that stand still come last. They depend on nothing but the ticket and its rules,
// so that they can be computed again at any time.
func (t Ticket) Deadlines() []Deadline {
	if t.Rules == nil {
		return nil
	}
	b := deadlines{ticket: t}
	b.care()
	b.answer()
	b.procedure()
	b.overdue()
	b.player()
	b.others()
	slices.SortStableFunc(b.list, func(x, y Deadline) int {
		switch {
		case x.Due.IsZero() == y.Due.IsZero():
			return x.Due.Compare(y.Due)
		case x.Due.IsZero():
			return 1
		}
		return -1
	})
	return b.list
}

// deadlines collects clocks.
type deadlines struct {
	ticket Ticket
	list   []Deadline
}

// care watches over somebody who may be in distress: until a person has taken the ticket,
// and again at each interval as long as it is open.
func (b *deadlines) care() {
	t := b.ticket
	if t.Priority != PrioritySafety || t.Status == StatusClosed || t.Status == StatusSolved {
		return
	}
	if t.Assignee == 0 {
		b.again(policy.RuleClaim, later(t.Case.AlarmAt, t.CreatedAt))
		return
	}
	b.again(policy.RuleUpdate, later(t.Case.ToldAt, t.Case.AlarmAt))
}

// answer is what every ticket has: a first answer, the next ones, and a solution.
func (b *deadlines) answer() {
	t, c := b.ticket, b.ticket.Case
	if t.Status == StatusClosed {
		return
	}
	if !c.UnansweredSince.IsZero() && !c.waitsForPlayer() {
		b.add(policy.RuleFirst, c.Turns, c.UnansweredSince)
	}
	if t.Status != StatusSolved && !c.Stage.in(StageAnswered, StageFinal) {
		b.add(policy.RuleResolve, 0, c.ReceivedAt)
	}
}

// procedure is what is owed to a case on its way to a decision.
func (b *deadlines) procedure() {
	c := b.ticket.Case
	if !c.Stage.atWork() {
		return
	}
	if c.AcknowledgedAt.IsZero() {
		b.add(policy.RuleAck, 0, c.ReceivedAt)
	}
	if !(c.Stage == StageDisputed && b.ticket.decidedFinally()) {
		b.final()
	}
}

// overdue comes back until what is late is done, and as long as a dispute body has the
// case.
func (b *deadlines) overdue() {
	t, c := b.ticket, b.ticket.Case
	over := t.Status == StatusClosed || t.Status == StatusSolved && len(t.Obligations()) == 0
	if over || t.Priority == PrioritySafety || c.waitsForPlayer() {
		return
	}
	if !c.OverdueSince.IsZero() || c.Dispute.external() {
		b.again(policy.RuleUpdate, later(later(c.ToldAt, c.OverdueSince), c.Dispute.since()))
	}
}

// player is how long the player may take.
func (b *deadlines) player() {
	t, c := b.ticket, b.ticket.Case
	if c.waitsForPlayer() && t.Status != StatusClosed {
		last := c.Pauses[len(c.Pauses)-1]
		b.add(policy.RuleRemind, len(c.Pauses), last.From)
		b.add(policy.RuleWait, len(c.Pauses), last.From)
	}
	if t.Priority == PrioritySafety { // a person ends it, never the clock
		return
	}
	switch settled := len(t.Obligations()) == 0; {
	case c.Stage.in(StageAnswered, StageFinal) && settled:
		b.add(policy.RuleRespond, c.Turns, c.AnsweredAt)
	case c.Stage == StageClosed && c.MergedInto == "":
		b.add(policy.RuleRespond, c.Turns+1, c.ClosedAt)
	case c.Stage == StageNone && t.Status == StatusSolved && settled:
		b.add(policy.RuleRespond, c.Turns, c.SolvedAt)
	case c.Stage == StageNone && t.Status == StatusPending && !c.PendingAt.IsZero():
		b.add(policy.RuleRemind, c.Turns, c.PendingAt)
		b.add(policy.RuleWait, c.Turns, c.PendingAt)
	}
}

// others is what departments and dispute bodies are waited for, and wait for.
func (b *deadlines) others() {
	t, c := b.ticket, b.ticket.Case
	if t.Status == StatusClosed {
		return
	}
	for _, k := range c.Tasks {
		if k.open() {
			b.put(Deadline{Rule: policy.RuleTask, Round: k.ID, From: k.OpenedAt, Due: k.Due})
		}
	}
	if !c.Dispute.external() {
		return
	}
	for _, q := range c.Dispute.Enquiries {
		if q.open() {
			b.add(policy.RuleEnquiry, q.ID, q.At)
		}
	}
}

// again is a clock that starts anew whenever it has run out.
func (b *deadlines) again(r policy.Rule, from time.Time) {
	round := 0
	for _, p := range b.ticket.Case.Passed {
		if p.Rule == r {
			round++
			from = later(from, p.At)
		}
	}
	b.add(r, round, from)
}

// add puts a clock of the rules, if they have it for this ticket.
func (b *deadlines) add(r policy.Rule, round int, from time.Time) {
	term, ok := b.ticket.term(r)
	if !ok || from.IsZero() {
		return
	}
	calendar, pauses := b.ticket.Rules.Calendar(), b.ticket.Case.counted(term)
	d := Deadline{Rule: r, Round: round, From: from, Due: calendar.Due(from, term.Limit, pauses)}
	if !term.Target.IsZero() {
		d.Target = calendar.Due(from, term.Target, pauses)
	}
	d.warn(term.Warn)
	b.put(d)
}

// final is the last day for a decision, moved on by each extension.
func (b *deadlines) final() {
	t := b.ticket
	term, ok := t.term(policy.RuleFinal)
	if !ok {
		return
	}
	d := Deadline{Rule: policy.RuleFinal, Round: len(t.Case.Extensions), From: t.Case.ReceivedAt, Due: t.finalDue(term)}
	d.warn(term.Warn)
	b.put(d)
}

func (t Ticket) finalDue(term policy.Term) time.Time {
	calendar, pauses := t.Rules.Calendar(), t.Case.counted(term)
	due := calendar.Due(t.Case.ReceivedAt, term.Limit, pauses)
	for _, x := range t.Case.Extensions {
		if due.IsZero() {
			break
		}
		due = calendar.Due(due, x.By, pauses)
	}
	return due
}

// FinalDue returns by when the case must be decided, the zero time while the clock stands
// still; false when its rules set no such day.
func (t Ticket) FinalDue() (time.Time, bool) {
	term, ok := t.term(policy.RuleFinal)
	if !ok || t.Case.Stage == StageNone {
		return time.Time{}, false
	}
	return t.finalDue(term), true
}

// put adds a clock that has not run out before.
func (b *deadlines) put(d Deadline) {
	if !passed(b.ticket.Case.Passed, d.Rule, d.Round, 0) {
		b.list = append(b.list, d)
	}
}

// warn computes the warnings from how much of the time is gone.
func (d *Deadline) warn(percents []int) {
	if d.Due.IsZero() {
		return
	}
	for _, p := range percents {
		d.Warn = append(d.Warn, Warning{p, d.From.Add(d.Due.Sub(d.From) / 100 * time.Duration(p))})
	}
}

// counted returns the pauses by which a clock is stopped. While the player considers an
// outcome every clock of ours stands still, since we have answered; the player's own runs.
func (c Case) counted(term policy.Term) []policy.Pause {
	var list []policy.Pause
	for _, p := range c.Pauses {
		considers := p.Reason == pauseOutcome && term.Rule != policy.RuleRespond
		if term.Pauses || considers {
			list = append(list, policy.Pause{From: p.From, To: p.To})
		}
	}
	return list
}

// term returns what the rules say about a clock of this ticket.
func (t Ticket) term(r policy.Rule) (policy.Term, bool) {
	if t.Rules == nil {
		return policy.Term{}, false
	}
	return t.Rules.Term(t.matter(), r)
}

func (t Ticket) matter() policy.Matter {
	m := policy.Matter{Kind: string(t.Kind), Channel: string(t.Channel)}
	if t.Case.Assessment != nil {
		m.Complexity = string(t.Case.Assessment.Complexity)
	}
	switch {
	case t.Priority == PrioritySafety:
		m.Class = "safety"
	case t.Case.Gambling:
		m.Class = "gambling"
	}
	return m
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// DeadlinePassed says that a clock has run out. It happens once to each clock, however
// late the scheduler comes.
type DeadlinePassed struct {
	Rule  policy.Rule
	Round int
}

// DeadlineNear says how much of a clock's time is gone.
type DeadlineNear struct {
	Rule    policy.Rule
	Round   int
	Percent int
}

// Name implements Change.
func (DeadlinePassed) Name() string { return "deadline_passed" }

// Name implements Change.
func (DeadlineNear) Name() string { return "deadline_near" }

// running returns the clock, which must not stand still.
func (t Ticket) running(r policy.Rule, round int) (Deadline, bool) {
	for _, d := range t.Deadlines() {
		if d.Rule == r && d.Round == round && !d.Due.IsZero() {
			return d, true
		}
	}
	return Deadline{}, false
}

func (t Ticket) deadlineNear(c DeadlineNear, e Event) (Ticket, error) {
	d, ok := t.running(c.Rule, c.Round)
	at := slices.IndexFunc(d.Warn, func(w Warning) bool { return w.Percent == c.Percent && !w.At.After(e.At) })
	if !ok || at < 0 || passed(t.Case.Warned, c.Rule, c.Round, c.Percent) {
		return t, t.refuse(c)
	}
	n := len(t.Case.Warned)
	t.Case.Warned = append(t.Case.Warned[:n:n], Passed{c.Rule, c.Round, c.Percent, e.At})
	return t, nil
}

func (t Ticket) deadlinePassed(c DeadlinePassed, e Event) (Ticket, error) {
	d, ok := t.running(c.Rule, c.Round)
	if !ok || d.Due.After(e.At) {
		return t, t.refuse(c)
	}
	n := len(t.Case.Passed)
	t.Case.Passed = append(t.Case.Passed[:n:n], Passed{Rule: c.Rule, Round: c.Round, At: e.At})
	t.runOut(c.Rule, e.At)
	return t, nil
}

// runOut does what follows when a clock has run out.
func (t *Ticket) runOut(r policy.Rule, at time.Time) {
	switch r {
	case policy.RuleFinal:
		t.Case.OverdueSince = at
		t.heardFromUs(at) // the holding letter
	case policy.RuleFirst, policy.RuleResolve, policy.RuleTask, policy.RuleEnquiry, policy.RuleAck:
		if t.Case.OverdueSince.IsZero() {
			t.Case.OverdueSince = at
		}
	case policy.RuleUpdate:
		if t.heardFromUs(at) {
			t.Case.Tellings++
		}
	case policy.RuleRemind:
		t.heardFromUs(at)
	case policy.RuleWait:
		t.waited(at)
	case policy.RuleRespond:
		t.silent(at)
	}
}

// heardFromUs notes a letter of the clock's. Nobody who may be in distress gets one.
func (t *Ticket) heardFromUs(at time.Time) bool {
	if t.Priority == PrioritySafety {
		return false
	}
	t.Case.told(at)
	return true
}

// waited goes on without the information that the player was asked for.
func (t *Ticket) waited(at time.Time) {
	switch {
	case t.Case.Stage != StageNone:
		t.Case.resume(at)
	case t.Case.UnansweredSince.IsZero():
		t.Status = StatusSolved
	default: // somebody set it to wait without an answer
		t.Status = StatusOpen
	}
}

// silent ends what the player had time to answer.
func (t *Ticket) silent(at time.Time) {
	switch t.Case.Stage {
	case StageClosed:
		t.Case.Stage = StageArchived
	case StageFinal:
		t.end(EndingFinal, at)
	default:
		t.end(EndingSilence, at)
	}
}
