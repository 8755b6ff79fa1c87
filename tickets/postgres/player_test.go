package postgres_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/tickets"
)

func TestATokenOpensItsTicketOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	mine, theirs := d.open(), d.open(func(n *tickets.NewTicket) { n.Body = "чужое" })
	say := tickets.Event{Change: tickets.PlayerReplied{Body: "моё"}}
	if got, err := d.PlayerApply(t.Context(), mine.Token, say); err != nil || got.Number != mine.Ticket.Number {
		t.Errorf("my token: %v, %v", got.Number, err)
	}
	for _, token := range []tickets.Token{
		tickets.NewToken(), "", tickets.Token(mine.Ticket.Number), tickets.Token(mine.Token.Hash()),
		mine.Token[:21], mine.Token + "A", "' OR true --", "\x00",
	} {
		if _, err := d.PlayerDossier(t.Context(), token); !errors.Is(err, tickets.ErrNotFound) {
			t.Errorf("token %q reads: %v", token, err)
		}
		if _, err := d.PlayerApply(t.Context(), token, say); !errors.Is(err, tickets.ErrNotFound) {
			t.Errorf("token %q writes: %v", token, err)
		}
	}
	if got := d.dossier(theirs.Ticket.Number); len(got.Messages) != 1 || got.Ticket.Version != 1 {
		t.Errorf("somebody else's ticket changed: %+v", got)
	}
}

func TestAPlayerDoesOnlyWhatPlayersDo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	o := d.open()
	for _, e := range []tickets.Event{
		reply(anna, "x", tickets.StatusSolved), by(anna, tickets.Noted{Body: "x"}), by(anna, tickets.StatusSet{To: tickets.StatusSolved}),
		by(anna, tickets.Assigned{To: anna.ID}), by(anna, tickets.CategorySet{To: "x"}),
		{},
		{Change: tickets.Opened{}},
	} {
		var invalid *tickets.InvalidError
		if _, err := d.PlayerApply(t.Context(), o.Token, e); !errors.As(err, &invalid) {
			t.Errorf("%T by a player: %v", e.Change, err)
		}
	}
	ended, err := d.PlayerApply(t.Context(), o.Token, tickets.Event{Change: tickets.PlayerClosed{}})
	if err != nil || ended.Status != tickets.StatusClosed {
		t.Errorf("closing: %+v, %v", ended, err)
	}
	var refused *tickets.TransitionError
	if _, err := d.PlayerApply(t.Context(), o.Token, tickets.Event{Change: tickets.PlayerReplied{Body: "ещё"}}); !errors.As(err, &refused) {
		t.Errorf("reply to a closed ticket: %v", err)
	}
}

func TestAPlayerReadsNothingInternal(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	o := d.open(func(n *tickets.NewTicket) { n.Visit, n.By = "visit-1", account("of the player") })
	ask := anAsk("a", cited("x", "y"))
	ask.Visit = "visit-1"
	if err := d.RecordAsk(t.Context(), ask); err != nil {
		t.Fatal(err)
	}
	d.do(o.Ticket.Number, by(anna, tickets.Assigned{To: anna.ID}))
	d.do(o.Ticket.Number, by(anna, tickets.Noted{Body: "SECRET note"}))
	d.do(o.Ticket.Number, reply(anna, "Здравствуйте.", tickets.StatusPending))
	got, err := d.PlayerDossier(t.Context(), o.Token)
	if err != nil {
		t.Fatal(err)
	}
	all := d.dossier(o.Ticket.Number)
	want := tickets.Dossier{Ticket: all.Ticket, Messages: []tickets.Message{
		{Author: tickets.Actor{Kind: tickets.ByPlayer}, Public: true, Body: "Не пришли деньги на карту.", At: all.Messages[0].At},
		{Author: tickets.Actor{Kind: tickets.ByAgent}, AuthorName: "Anna", Public: true, Body: "Здравствуйте.", At: all.Messages[2].At},
	}}
	want.Ticket.ID, want.Ticket.Assignee, want.Ticket.Account = 0, 0, tickets.Account{}
	if diff := cmp.Diff(want, got, byValue); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(all.Messages) != 3 || all.Assignee != "Anna" || all.Ticket.Account.Subject == "" {
		t.Errorf("the agents' dossier: %+v", all)
	}
}

// A field added to what a player gets must be thought about here.
func TestWhatAPlayerGetsHasNoNewFields(t *testing.T) {
	t.Parallel()
	names := func(v any) string {
		var list []string
		for f := range reflect.TypeOf(v).Elem().Fields() {
			list = append(list, f.Name)
		}
		return strings.Join(list, " ")
	}
	for v, want := range map[any]string{
		&tickets.Ticket{}:  "ID Number Version Status Priority Category Locale Subject Requester Account Assurance Assignee CreatedAt UpdatedAt Kind Channel Department Rules Case",
		&tickets.Message{}: "ID Author AuthorName Public Body At Review Files From ErasedAt",
	} {
		if names(v) != want {
			t.Errorf("%T has the fields %s", v, names(v))
		}
	}
	if got := names(&tickets.Dossier{}); got != "Ticket Assignee Follows Messages History Asks" {
		t.Errorf("Dossier has the fields %s", got)
	}
}
