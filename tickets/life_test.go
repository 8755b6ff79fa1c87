package tickets_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	. "otvet/tickets"
	"otvet/tickets/policy"
)

// biography is the life of one ticket as it was lived, kept apart from the ticket so that
// what the ticket says of itself can be held against it.
type biography struct {
	ticket   Ticket
	paused   []span // while the player had the word; of each, whether an outcome was told
	extended []Kind // what it was when the day was moved
	now      time.Time
}

type span struct {
	from, to time.Time
	outcome  bool
}

// anyEvent draws an event of any kind by anybody, most of them senseless, or one that the
// ticket waits for.
func (b *biography) anyEvent(t *rapid.T) Event {
	all := append(caseSteps(), steps()...)
	s := rapid.SampledFrom(all).Draw(t, "step")
	e := Event{At: b.now, Actor: s.actor, Change: s.change}
	switch rapid.IntRange(0, 9).Draw(t, "way") {
	case 0:
		e.Actor = rapid.SampledFrom([]Actor{player, system, by(ann), by(ben), by(cat), by(dan), {}, {Kind: ByAgent}}).Draw(t, "actor")
	case 1, 2, 3, 4, 5:
		e = b.likely(t)
	case 6:
		e = b.clock(t)
	}
	return e
}

// likely draws a step that brings the case on from where it is; without stages, any.
func (b *biography) likely(t *rapid.T) Event {
	way := map[Stage][]step{
		StageReceived:     {acknowledge},
		StageAcknowledged: {assess},
		StageAssessed:     {find},
		StageInvestigated: {decide, decideAgain, ask},
		StageDecided:      {approve},
		StageAnswered:     {appeal, appeal, clarify, accept},
		StageAppealed:     {find},
		StageDisputed:     {find, decideLast},
		StageFinal:        {refer, accept},
		StageClosed:       {appeal, refer},
	}[b.ticket.Case.Stage]
	if len(way) == 0 {
		way = []step{acknowledge, assess, find}
	}
	s := rapid.SampledFrom(way).Draw(t, "likely")
	return Event{At: b.now, Actor: s.actor, Change: s.change}
}

// clock draws what a clock of the ticket does, at its time or later.
func (b *biography) clock(t *rapid.T) Event {
	running := slices.DeleteFunc(b.ticket.Deadlines(), func(d Deadline) bool { return d.Due.IsZero() })
	if len(running) == 0 {
		return Event{At: b.now, Actor: system, Change: DeadlinePassed{Rule: policy.RuleFinal}}
	}
	d := rapid.SampledFrom(running).Draw(t, "clock")
	if len(d.Warn) > 0 && rapid.Bool().Draw(t, "warn") {
		w := rapid.SampledFrom(d.Warn).Draw(t, "warning")
		return Event{At: later(b.now, w.At), Actor: system, Change: DeadlineNear{d.Rule, d.Round, w.Percent}}
	}
	return Event{At: later(b.now, d.Due), Actor: system, Change: DeadlinePassed{d.Rule, d.Round}}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// TestEveryCase holds what is true of every life of every kind under every pack.
func TestEveryCase(t *testing.T) {
	t.Parallel()
	packs := map[string]*policy.Pack{"default": rules(t, "default"), "ukgc": rules(t, "ukgc"), "cga": rules(t, "cga")}
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(Kinds()).Draw(t, "kind")
		p := packs[rapid.SampledFrom([]string{"default", "ukgc", "cga"}).Draw(t, "pack")]
		n := NewTicket{Kind: k, Channel: ChannelForm, Priority: PriorityNormal, At: noon}
		b := &biography{ticket: n.Open("K7M2-Q9XT", p), now: noon}
		for range rapid.IntRange(0, 40).Draw(t, "events") {
			b.now = b.now.Add(time.Duration(rapid.IntRange(0, 60*24).Draw(t, "minutes")) * time.Minute)
			b.live(t, b.anyEvent(t))
		}
	})
}

func (b *biography) live(t *rapid.T, e Event) {
	b.now = e.At
	before := b.ticket
	kept := snapshot(t, before)
	after, err := before.Apply(e)
	if d := cmp.Diff(kept, snapshot(t, before)); d != "" {
		t.Fatalf("%s reached into the ticket before it:\n%s", e.Change.Name(), d)
	}
	if err != nil {
		b.refused(t, after, kept, err)
		return
	}
	b.ticket = after
	b.remember(before, e)
	b.checkEnd(t, before, e)
	b.checkOwner(t, e)
	b.checkMessage(t, e)
	b.checkLetter(t, before, e)
	b.checkClocks(t, e)
}

// refused holds that a refused event changes nothing and says why in a known way.
func (b *biography) refused(t *rapid.T, after Ticket, kept string, err error) {
	var transition *TransitionError
	var invalid *InvalidError
	if !errors.As(err, &transition) && !errors.As(err, &invalid) {
		t.Fatalf("refused in an unknown way: %v", err)
	}
	if d := cmp.Diff(kept, snapshot(t, after)); d != "" {
		t.Fatalf("a refused event changed the ticket:\n%s", d)
	}
}

// snapshot is the ticket as it would be stored; what does not survive it would be lost.
func snapshot(t *rapid.T, ticket Ticket) string {
	ticket.Rules = nil
	text, err := json.Marshal(ticket)
	if err != nil {
		t.Fatal(err)
	}
	var c Case
	stored, err := json.Marshal(ticket.Case)
	if err == nil {
		err = json.Unmarshal(stored, &c)
	}
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(ticket.Case, c); d != "" {
		t.Fatalf("stored and read again (-want +got):\n%s", d)
	}
	return string(text)
}

// remember keeps the player's words and pauses in its own way: from what was done, not
// from what the ticket says.
func (b *biography) remember(before Ticket, e Event) {
	ends := before.Status == StatusPending || before.Case.Stage == StageAnswered
	switch c := e.Change.(type) {
	case InfoAsked:
		b.paused = append(b.paused, span{from: e.At})
		return
	case DecisionReviewed:
		if d := b.ticket.Case.Decisions[len(b.ticket.Case.Decisions)-1]; c.Approve && !d.Final {
			b.paused = append(b.paused, span{from: e.At, outcome: true})
		}
		return
	case Extended:
		b.extended = append(b.extended, before.Kind)
	}
	still := b.ticket.Status == StatusPending || b.ticket.Case.Stage == StageAnswered
	if n := len(b.paused); n > 0 && b.paused[n-1].to.IsZero() && ends && !still {
		b.paused[n-1].to = e.At
	}
}

// checkEnd holds that nothing ends with something owed, and that no clock or machine
// decides.
func (b *biography) checkEnd(t *rapid.T, before Ticket, e Event) {
	after := b.ticket
	if after.Status != StatusClosed || before.Status == StatusClosed {
		return
	}
	owed := before.Obligations()
	switch after.Case.Ending {
	case EndingWithdrawn, EndingMerged:
	case EndingAccepted, EndingSilence, EndingFinal, "":
		if len(owed) > 0 {
			t.Fatalf("%s ended a ticket that owed %v", e.Change.Name(), owed)
		}
		if after.Kind.Procedure() && !slices.ContainsFunc(after.Case.Decisions, func(d Decision) bool {
			return d.Approved && d.By != 0 && d.ReviewedBy != 0
		}) {
			t.Fatalf("%s ended a case that no person decided", e.Change.Name())
		}
	}
	if len(after.Obligations()) > 0 {
		t.Fatalf("over, and still owes %v", after.Obligations())
	}
	if before.Priority == PrioritySafety && e.Actor.Kind == BySystem && after.Case.Ending != EndingMerged {
		t.Fatalf("%s: a machine ended a safety case", e.Change.Name())
	}
}

// checkOwner holds that every open ticket has an owner and a clock; a solved one of
// somebody in distress is ended by people only.
func (b *biography) checkOwner(t *rapid.T, e Event) {
	after := b.ticket
	if after.Status == StatusClosed {
		return
	}
	if after.Assignee == 0 && after.Department == "" {
		t.Fatalf("after %s nobody owns the ticket", e.Change.Name())
	}
	if len(after.Deadlines()) == 0 && !(after.Priority == PrioritySafety && after.Status == StatusSolved) {
		t.Fatalf("after %s no clock runs: %s %s %q", e.Change.Name(), after.Kind, after.Status, after.Case.Stage)
	}
}

// checkMessage holds that what a player wrote becomes a message, and is owed an answer.
func (b *biography) checkMessage(t *rapid.T, e Event) {
	m, ok := MessageOf(b.ticket, e)
	if ok && m.Public && m.Author.Kind != ByPlayer && (m.Review.By == 0 || m.Review.At.IsZero()) {
		t.Fatalf("%s speaks to the player without a review", e.Change.Name())
	}
	if !spoken(e.Change) {
		return
	}
	if !ok || !m.Public || m.Body == "" {
		t.Fatalf("%s lost what the player wrote", e.Change.Name())
	}
	if b.ticket.Case.UnansweredSince.IsZero() {
		t.Fatalf("%s is owed no answer", e.Change.Name())
	}
}

// spoken reports whether the player wrote something.
func spoken(c Change) bool {
	switch c.(type) {
	case PlayerReplied, ClarificationAsked, Appealed, Objected, EscalationAsked:
		return true
	}
	return false
}

// checkClocks holds that a clock runs out once, and that the day of the decision is the
// one that a slow count comes to.
func (b *biography) checkClocks(t *rapid.T, e Event) {
	if _, ok := e.Change.(DeadlinePassed); ok {
		if _, err := b.ticket.Apply(e); err == nil {
			t.Fatalf("%v ran out twice", e.Change)
		}
	}
	for _, d := range b.ticket.Deadlines() {
		if d.Rule != policy.RuleFinal {
			continue
		}
		if want := b.slowFinal(d); !d.Due.Equal(want) {
			t.Fatalf("decision due %v, counted slowly %v\nreceived %v, paused %v, extended as %v",
				d.Due, want, b.ticket.Case.ReceivedAt, b.paused, b.extended)
		}
	}
}

// slowFinal counts the days and minutes to the decision one by one. It knows the packs'
// figures by itself.
func (b *biography) slowFinal(d Deadline) time.Time {
	pack := b.ticket.Rules.Ref().Name
	if !disputable(b.ticket.Kind) {
		pack = "default" // the regulators' packs say nothing else about these
	}
	counted := func(p span) bool { return p.outcome || pack == "ukgc" }
	due := b.moved(noon, firstDue(pack), counted)
	for _, k := range b.extended {
		due = b.moved(due, furtherDue(b.ticket.Rules.Ref().Name, k, due), counted)
	}
	return due
}

func disputable(k Kind) bool { return k == KindComplaint || k == KindDispute }

// moved adds a minute for each minute that the player had the word; the zero time while
// it has it.
func (b *biography) moved(from, due time.Time, counted func(span) bool) time.Time {
	if due.IsZero() || from.IsZero() {
		return time.Time{}
	}
	for _, p := range b.paused {
		if !counted(p) || !p.from.Before(due) {
			continue
		}
		if p.to.IsZero() {
			return time.Time{}
		}
		for at := later(p.from, from); at.Before(p.to); at = at.Add(time.Minute) {
			due = due.Add(time.Minute)
		}
	}
	return due
}

// firstDue is the day that the rules set at the start, in UTC, without pauses. Noon is on
// a 21st, so that no month is too short.
func firstDue(pack string) time.Time {
	switch pack {
	case "ukgc":
		return time.Date(noon.Year(), noon.Month(), noon.Day(), 0, 0, 0, 0, time.UTC).AddDate(0, 0, 56)
	case "cga":
		return noon.AddDate(0, 0, 28)
	}
	return noon.AddDate(0, 1, 0)
}

// furtherDue is where an extension leads that a ticket got as one of a kind.
func furtherDue(pack string, k Kind, from time.Time) time.Time {
	switch {
	case from.IsZero():
		return from
	case k == KindData:
		return from.AddDate(0, 2, 0)
	case pack == "cga" && disputable(k):
		return from.AddDate(0, 0, 28)
	}
	return from.AddDate(0, 1, 0)
}
