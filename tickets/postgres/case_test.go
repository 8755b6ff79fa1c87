package postgres_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"otvet/tickets"
	"otvet/tickets/policy"
)

// complaint makes the form one with a procedure.
func complaint(n *tickets.NewTicket) { n.Kind = tickets.KindComplaint }

func at(when time.Time) func(*tickets.NewTicket) {
	return func(n *tickets.NewTicket) { n.At = when }
}

func reviewed(a tickets.Agent, when time.Time) tickets.Review {
	return tickets.Review{By: a.ID, At: when}
}

// played is a step of a random play: what may happen to any ticket, whether it fits or not.
func played(t *rapid.T, agents []tickets.Agent, now time.Time) tickets.Event {
	who := rapid.SampledFrom(agents).Draw(t, "who")
	review := reviewed(who, now)
	changes := map[tickets.ActorKind][]tickets.Change{
		tickets.ByAgent: {
			tickets.AgentReplied{Body: "Здравствуйте", Then: rapid.SampledFrom(tickets.Statuses()).Draw(t, "then"), Review: review},
			tickets.AgentReplied{Body: "Пока знаем мало", Review: review},
			tickets.Noted{Body: "x"},
			tickets.CategorySet{To: "bonuses"},
			tickets.DepartmentSet{To: "payments"},
			tickets.Assigned{To: who.ID},
			tickets.Assigned{},
			tickets.StatusSet{To: rapid.SampledFrom(tickets.Statuses()).Draw(t, "status")},
			tickets.KindSet{To: rapid.SampledFrom(tickets.Kinds()).Draw(t, "kind"), Reason: "so", Review: review},
			tickets.Recorded{Facts: tickets.Record{Bets: []string{"B1"}, OccurredAt: now.Add(-time.Hour)}},
			tickets.SafetyRaised{},
			tickets.SafetyCleared{Reason: "safe"},
			tickets.Assessed{Severity: "low", Complexity: "simple", Impact: "one", Nature: tickets.NatureConduct},
			tickets.InfoAsked{Body: "Пришлите снимок", Reason: "нет снимка", Review: review},
			tickets.Resumed{Reason: "enough"},
			tickets.Extended{Reason: "Банк молчит", Review: review},
			tickets.TaskOpened{Department: "payments", What: "look"},
			tickets.TaskDone{ID: 1, Result: "fine"},
			tickets.Found{Text: "it was us", Cause: "our-error"},
			tickets.LateJudged{Pursued: true, Reason: "so"},
			tickets.Decided{Outcome: tickets.OutcomeUpheld, Reasons: "r", Remedy: "10 €", Measures: "m"},
			tickets.DecisionReviewed{Approve: true},
			tickets.DecisionReviewed{Note: "again"},
			tickets.Escalated{Department: "legal", Reason: "harder", Review: review},
			tickets.Referred{Body: "IBAS"},
			tickets.EnquiryReceived{What: "?"},
			tickets.EnquiryAnswered{ID: 1, Answer: "!"},
			tickets.DisputeEnded{Result: "done"},
			tickets.Closed{},
			tickets.Archived{},
			tickets.Held{Reason: "court"},
			tickets.Accused{Agent: who.ID},
			tickets.Accused{},
		},
		tickets.ByPlayer: {
			tickets.PlayerReplied{Body: "ещё"},
			tickets.PlayerReplied{Body: "плохо", Safety: true},
			tickets.PlayerClosed{},
			tickets.PlayerAccepted{},
			tickets.ClarificationAsked{Body: "?"},
			tickets.Appealed{Body: "no"},
			tickets.Objected{Body: "no"},
			tickets.EscalationAsked{Body: "up"},
			tickets.Rated{Score: 5},
		},
	}
	kind := rapid.SampledFrom([]tickets.ActorKind{tickets.ByAgent, tickets.ByAgent, tickets.ByAgent, tickets.ByPlayer}).Draw(t, "by")
	e := tickets.Event{At: now, Actor: tickets.Actor{Kind: kind}, Change: rapid.SampledFrom(changes[kind]).Draw(t, "change")}
	if kind == tickets.ByAgent {
		e.Actor.Agent = who.ID
	}
	return e
}

// ran is what the clocks do by now to a ticket, without a store.
func ran(t *rapid.T, ticket tickets.Ticket, now time.Time) tickets.Ticket {
	for {
		c, ok := ticket.Due(now)
		if !ok {
			return ticket
		}
		after, err := ticket.Apply(tickets.Event{At: now, Actor: tickets.Actor{Kind: tickets.BySystem}, Change: c})
		if err != nil {
			t.Fatalf("%+v: %v", c, err)
		}
		if _, near := c.(tickets.DeadlineNear); near {
			after.Version = ticket.Version
		}
		ticket = after
	}
}

var alike = cmp.Options{byValue, cmpopts.EquateEmpty()}

// Whatever happens to a ticket, in whatever order: the store holds what package tickets
// computes, its rows of clocks are the ticket's clocks, every message is kept, and what is
// refused leaves nothing behind.
func TestStoreAndDomainSayTheSame(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	agents := []tickets.Agent{d.agent("Anna"), d.agent("Boris"), d.agent("Clara")}
	conn, err := pgx.Connect(t.Context(), d.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	rapid.Check(t, func(r *rapid.T) {
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		kind := rapid.SampledFrom([]tickets.Kind{tickets.KindComplaint, tickets.KindComplaint, tickets.KindQuestion, tickets.KindData}).Draw(r, "of")
		o := d.open(at(now), func(n *tickets.NewTicket) {
			n.Kind = kind
			if rapid.Bool().Draw(r, "mail") {
				n.Requester = tickets.Requester{Email: "p@player.example"}
			}
		})
		ticket, said := o.Ticket, 1
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(1, 200).Draw(r, "hours")) * time.Hour)
			ticket = ran(r, ticket, now)
			if _, err := d.RunDeadline(t.Context(), ticket.Number, now); err != nil {
				r.Fatal(err)
			}
			e := played(r, agents, now)
			want, refused := ticket.Apply(e)
			got, err := d.Apply(t.Context(), ticket.Number, ticket.Version, e)
			hidden := errors.Is(err, tickets.ErrNotFound) && e.Actor.Agent == ticket.Case.Against
			if (refused == nil) != (err == nil) || err != nil && !hidden && errors.Unwrap(err).Error() != refused.Error() {
				r.Fatalf("%T: the store says %v, the domain %v", e.Change, err, refused)
			}
			if err == nil {
				ticket = want
				if _, ok := tickets.MessageOf(want, e); ok {
					said++
				}
				if diff := cmp.Diff(want, got, alike); diff != "" {
					r.Fatalf("%T returns (-want +got):\n%s", e.Change, diff)
				}
			}
			dossier := d.dossier(ticket.Number)
			if diff := cmp.Diff(ticket, dossier.Ticket, alike); diff != "" {
				r.Fatalf("after %T the store has (-want +got):\n%s", e.Change, diff)
			}
			if len(dossier.Messages) != said {
				r.Fatalf("%d messages, want %d", len(dossier.Messages), said)
			}
			if diff := cmp.Diff(clocksOf(ticket), clockRows(t, conn, ticket.ID)); diff != "" {
				r.Fatalf("clocks after %T (-want +got):\n%s", e.Change, diff)
			}
		}
	})
}

// clocksOf lists the running clocks of a ticket; rows have microseconds.
func clocksOf(t tickets.Ticket) map[string]string {
	list := map[string]string{}
	for _, d := range t.Deadlines() {
		due := "stands still"
		if !d.Due.IsZero() {
			due = d.Due.UTC().Format(time.DateTime) + " next " + t.NextAt(d).UTC().Format(time.DateTime)
		}
		list[fmt.Sprint(d.Rule, " ", d.Round)] = due
	}
	return list
}

func clockRows(t *testing.T, conn *pgx.Conn, ticket int64) map[string]string {
	t.Helper()
	rows, err := conn.Query(t.Context(), `SELECT rule, round, due_at, next_at FROM deadlines WHERE ticket_id = $1 AND state = 'open'`, ticket)
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	var rule policy.Rule
	var round int
	var due, next *time.Time
	_, err = pgx.ForEachRow(rows, []any{&rule, &round, &due, &next}, func() error {
		key := fmt.Sprint(rule, " ", round)
		list[key] = "stands still"
		if due != nil {
			list[key] = due.UTC().Format(time.DateTime) + " next " + next.UTC().Format(time.DateTime)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
