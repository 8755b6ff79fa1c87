package postgres_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/tickets"
)

func TestHistoryTellsWhoDidWhat(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna, boris := d.agent("Anna"), d.agent("Boris")
	o := d.open()
	n := o.Ticket.Number
	d.do(n, by(anna, tickets.Assigned{To: boris.ID}))
	d.do(n, by(boris, tickets.CategorySet{To: "bonuses"}))
	d.do(n, by(boris, tickets.Noted{Body: "проверить платёж"}))
	d.do(n, reply(boris, "Деньги в пути.", tickets.StatusPending))
	if _, err := d.PlayerApply(t.Context(), o.Token, tickets.Event{Change: tickets.PlayerReplied{Body: "Спасибо!"}}); err != nil {
		t.Fatal(err)
	}
	d.do(n, by(anna, tickets.Assigned{}))
	d.do(n, by(anna, tickets.StatusSet{To: tickets.StatusSolved}))
	d.do(n, by(anna, tickets.StatusSet{To: tickets.StatusClosed}))

	var got []string
	dossier := d.dossier(n)
	for _, e := range dossier.History {
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s %v", e.Actor.Kind, e.ActorName, e.Change, e.Detail)))
	}
	want := []string{
		"player  opened map[]",
		"system  acknowledged map[]",
		"agent Anna assigned map[from: status:open to:Boris]",
		"agent Boris category_set map[from:withdrawals to:bonuses]",
		"agent Boris noted map[]",
		"agent Boris agent_replied map[from:open to:pending]",
		"player  player_replied map[from:pending to:open]",
		"agent Anna assigned map[from:Boris to:]",
		"agent Anna status_set map[from:open to:solved]",
		"agent Anna status_set map[from:solved to:closed]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	if dossier.Ticket.Version != len(want)-1 || dossier.Ticket.Status != tickets.StatusClosed || dossier.Ticket.Category != "bonuses" {
		t.Errorf("ticket: %+v", dossier.Ticket)
	}
}

func TestOfManyAgentsOneWins(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	o := d.open(byMail("p@player.example"))
	var won, lost atomic.Int32
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			_, err := d.Apply(t.Context(), o.Ticket.Number, 1, reply(anna, fmt.Sprintf("answer %d", i), tickets.StatusPending))
			switch {
			case err == nil:
				won.Add(1)
			case errors.Is(err, tickets.ErrConflict):
				lost.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 || lost.Load() != 99 {
		t.Errorf("%d won, %d lost", won.Load(), lost.Load())
	}
	if n := d.count(`SELECT count(*) FROM letters WHERE kind = 'reply'`); n != 1 {
		t.Errorf("%d letters", n)
	}
	dossier := d.dossier(o.Ticket.Number)
	if len(dossier.Messages) != 2 || dossier.Ticket.Version != 2 {
		t.Errorf("%d messages, version %d", len(dossier.Messages), dossier.Ticket.Version)
	}
}

func TestAReplySentTwiceIsOneReply(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	o := d.open(byMail("p@player.example"))
	e := reply(anna, "Деньги в пути.", tickets.StatusPending)
	e.Key = "reply-form-1"
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			got, err := d.Apply(t.Context(), o.Ticket.Number, 1, e)
			if err != nil || got.Version != 2 || got.Status != tickets.StatusPending {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
	all.Wait()
	if n := d.count(`SELECT count(*) FROM messages`) + d.count(`SELECT count(*) FROM letters`); n != 4 {
		t.Errorf("%d messages and letters, want 2 of each", n)
	}
	other := d.open()
	if got, err := d.Apply(t.Context(), other.Ticket.Number, 1, e); err != nil || got.Version != 2 {
		t.Errorf("the same key on another ticket: %+v, %v", got, err)
	}
}

func TestRefusedEventsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna, gone := d.agent("Anna"), d.agent("Gone")
	if err := d.SetAgentDisabled(t.Context(), gone.ID, true); err != nil {
		t.Fatal(err)
	}
	n := d.open().Ticket.Number
	before := d.dossier(n)
	for _, c := range []struct {
		name   string
		number tickets.Number
		e      tickets.Event
		want   string
	}{
		{"unknown ticket", "0000-0000", by(anna, tickets.Noted{Body: "x"}), "not found"},
		{"unknown number", "'; --", by(anna, tickets.Noted{Body: "x"}), "not found"},
		{"status that cannot follow", n, by(anna, tickets.StatusSet{To: tickets.StatusClosed}), "cannot become closed"},
		{"reply without review", n, by(anna, tickets.AgentReplied{Body: "x", Then: tickets.StatusOpen}), "review required"},
		{"note with NUL", n, by(anna, tickets.Noted{Body: "x\x00"}), "body bad_text"},
		{"unknown assignee", n, by(anna, tickets.Assigned{To: 999}), "assignee unknown"},
		{"disabled assignee", n, by(anna, tickets.Assigned{To: gone.ID}), "assignee unknown"},
		{"unknown actor", n, by(tickets.Agent{ID: 999}, tickets.Noted{Body: "x"}), "agent unknown"},
		{"unknown reviewer", n, by(anna, tickets.AgentReplied{Body: "x", Then: tickets.StatusOpen, Review: tickets.Review{By: 999, At: before.Ticket.CreatedAt}}), "agent unknown"},
		{"nothing", n, tickets.Event{}, "change required"},
	} {
		if _, err := d.Apply(t.Context(), c.number, 1, c.e); err == nil || !strings.HasSuffix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if diff := cmp.Diff(before, d.dossier(n), byValue); diff != "" {
		t.Errorf("changed (-before +after):\n%s", diff)
	}
}

func TestAVersionIsNeededExactly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	n := d.open().Ticket.Number
	for _, version := range []int{0, 2, -1, -2, 1 << 40} {
		if _, err := d.Apply(t.Context(), n, version, by(anna, tickets.Noted{Body: "x"})); !errors.Is(err, tickets.ErrConflict) {
			t.Errorf("version %d: %v", version, err)
		}
	}
}
