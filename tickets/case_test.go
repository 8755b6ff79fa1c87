package tickets_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"otvet/kb"
	. "otvet/tickets"
	"otvet/tickets/policy"
)

// The people of these tests. Ann works on the case, the others review and decide.
const (
	ann AgentID = iota + 1
	ben
	cat
	dan
)

func by(a AgentID) Actor { return Actor{Kind: ByAgent, Agent: a} }

func seen(a AgentID, at time.Time) Review { return Review{By: a, At: at} }

// shipped loads the packs once: reading them takes longer than most of these tests.
var shipped = sync.OnceValues(func() (policy.Packs, error) { return policy.Load(time.UTC) })

// rules returns a shipped pack that counts in UTC.
func rules(t testing.TB, name string) *policy.Pack {
	t.Helper()
	packs, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	p, err := packs.Latest(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// opened is a new ticket of a kind.
func opened(t testing.TB, k Kind, pack string) Ticket {
	t.Helper()
	n, err := NewTicket{
		Key: "0123456789abcdef", Locale: kb.EN, Kind: k, Category: "withdrawals", Department: "payments",
		Subject: "Where is it?", Body: "My money", Requester: Requester{Email: "p@demo.example"}, At: noon,
	}.Validate(func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return n.Open("K7M2-Q9XT", rules(t, pack))
}

// walk applies changes an hour apart, and stops the test at one that is refused.
func walk(t testing.TB, ticket Ticket, steps ...step) Ticket {
	t.Helper()
	for _, s := range steps {
		after, err := ticket.Apply(Event{At: ticket.UpdatedAt.Add(time.Hour), Actor: s.actor, Change: s.change})
		if err != nil {
			t.Fatalf("%s: %v", s.change.Name(), err)
		}
		ticket = after
	}
	return ticket
}

// The usual steps of a complaint.
var (
	acknowledge = step{"acknowledge", system, Acknowledged{}}
	assess      = step{"assess", by(ann), Assessed{Severity: "medium", Complexity: "normal", Impact: "one", Nature: NatureTransaction}}
	find        = step{"find", by(ann), Found{Text: "The provider held it", Cause: "provider"}}
	decide      = step{"decide", by(ann), decision(OutcomeNotUpheld)}
	approve     = step{"approve", by(ben), DecisionReviewed{Approve: true}}
	appeal      = step{"player appeals", player, Appealed{Body: "I do not agree"}}
	decideAgain = step{"decide again", by(cat), decision(OutcomeNotUpheld)}
	decideLast  = step{"decide last", by(dan), decision(OutcomeNotUpheld)}
	refer       = step{"refer", by(ann), Referred{Body: "Dispute body"}}
	accept      = step{"player accepts", player, PlayerAccepted{}}
	ask         = step{"ask the player", by(ann), InfoAsked{Body: "Which card?", Reason: "card", Review: seen(ann, noon)}}
	clarify     = step{"player asks to clarify", player, ClarificationAsked{Body: "Why?"}}
)

func decision(o Outcome) Decided {
	d := Decided{Outcome: o, Reasons: "Rule 4.2", Measures: "We asked the provider"}
	if o == OutcomeUpheld || o == OutcomePartly {
		d.Remedy = "The stake comes back"
	}
	return d
}

// caseIn returns a complaint in a stage, brought there by its usual steps.
func caseIn(t testing.TB, s Stage) Ticket {
	t.Helper()
	c := opened(t, KindComplaint, "default")
	toAnswer := []step{acknowledge, assess, find, decide, approve}
	switch s {
	case StageReceived:
		return c
	case StageAcknowledged:
		return walk(t, c, toAnswer[:1]...)
	case StageAssessed:
		return walk(t, c, toAnswer[:2]...)
	case StageInvestigated:
		return walk(t, c, toAnswer[:3]...)
	case StageDecided:
		return walk(t, c, toAnswer[:4]...)
	}
	c = walk(t, c, toAnswer...)
	appealed := []step{appeal, find, decideAgain, approve}
	switch s {
	case StageAppealed:
		return walk(t, c, appealed[:1]...)
	case StageDisputed:
		return walk(t, walk(t, c, appealed...), appeal)
	case StageFinal:
		return walk(t, walk(t, c, appealed...), appeal, find, decideLast, approve)
	case StageClosed:
		return walk(t, c, accept)
	case StageArchived:
		return walk(t, c, accept, step{"", system, Archived{}})
	}
	return c
}

func TestCaseInStage(t *testing.T) {
	t.Parallel()
	for _, s := range Stages() {
		if c := caseIn(t, s); c.Case.Stage != s {
			t.Errorf("the steps to %s lead to %s", s, c.Case.Stage)
		}
	}
}

// caseSteps returns every step of a case, in each form that may turn out differently.
func caseSteps() []step {
	return []step{
		{"player replies", player, PlayerReplied{Body: "hello"}},
		accept, clarify, appeal,
		{"player objects", player, Objected{Body: "It is a complaint"}},
		{"player wants the next level", player, EscalationAsked{Body: "Please pass it on"}},
		{"player rates", player, Rated{Score: 4}},
		{"player adds facts", player, Recorded{Record{Bets: []string{"B-1"}}}},
		{"player withdraws", player, PlayerClosed{}},
		acknowledge, assess,
		{"make it a question", by(ann), KindSet{To: KindQuestion, Reason: "It asks for the rules", Review: seen(ann, noon)}},
		{"make it a dispute", by(ann), KindSet{To: KindDispute}},
		ask,
		{"resume", by(ann), Resumed{Reason: "found it ourselves"}},
		{"interim reply", by(ann), AgentReplied{Body: "We are on it", Review: seen(ann, noon)}},
		{"extend", by(ann), Extended{Reason: "The provider is slow", Review: seen(ann, noon)}},
		{"task", by(ann), TaskOpened{Department: "payments", What: "Look"}},
		{"escalate", by(ann), Escalated{Department: "legal", Reason: "Law", Review: seen(ann, noon)}},
		find, decide,
		{"decide, by another", by(dan), decision(OutcomeUpheld)},
		{"decide, finally", by(dan), Decided{Outcome: OutcomeNotUpheld, Reasons: "r", Measures: "m", Deadlock: true}},
		approve,
		{"approve one's own", by(ann), DecisionReviewed{Approve: true}},
		{"return", by(ben), DecisionReviewed{Note: "Which rule?"}},
		refer,
		{"note", by(ann), Noted{Body: "hm"}},
		{"assign", by(ann), Assigned{To: ann}},
		{"merge", by(ann), Merged{Into: "AAAA-BBBB"}},
		{"hold", by(ann), Held{Reason: "court"}},
		{"set solved", by(ann), StatusSet{To: StatusSolved}},
		{"close", by(ann), Closed{}},
		{"archive", system, Archived{}},
	}
}

// TestStages is the whole table: which step leads from which stage to which.
func TestStages(t *testing.T) {
	t.Parallel()
	golden(t, "stages.txt", table(t, func(before, after Ticket, _ Event) string { return string(after.Case.Stage) }))
}

// TestLettersOfStages is the same table with the letter that each step sends.
func TestLettersOfStages(t *testing.T) {
	t.Parallel()
	golden(t, "letters.txt", table(t, func(before, after Ticket, e Event) string {
		letter, ok := LetterOf(before, after, e)
		if !ok {
			return "."
		}
		return string(letter.Kind)
	}))
}

// table applies every step in every stage; what is refused is "-".
func table(t *testing.T, cell func(before, after Ticket, e Event) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-28s", "")
	for _, s := range Stages() {
		fmt.Fprintf(&b, " %-18s", s)
	}
	for _, step := range caseSteps() {
		fmt.Fprintf(&b, "\n%-28s", step.name)
		for _, s := range Stages() {
			before := caseIn(t, s)
			e := Event{At: before.UpdatedAt.Add(time.Hour), Actor: step.actor, Change: step.change}
			shown := "-"
			if after, err := before.Apply(e); err == nil {
				shown = cell(before, after, e)
				if shown == "" {
					shown = string(after.Status) + "!"
				}
			}
			fmt.Fprintf(&b, " %-18s", shown)
		}
	}
	return b.String() + "\n"
}
