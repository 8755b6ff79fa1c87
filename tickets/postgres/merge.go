package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// EntrySamePlayer notes that an agent vouched for two tickets being one player's; the detail
// names the other one.
const EntrySamePlayer = "same_player_checked"

// Merging is a ticket that is to go on in another one.
type Merging struct {
	From, Into tickets.Number
	Checked    bool // an agent has checked that the same person wrote both
}

// MergeTickets ends a ticket that an agent saw at version, and lets it go on in another one
// of the same player; e says who and when, and its Change is not looked at. It returns the
// ticket that goes on. Its messages are shown there, and stay where they are, as do its
// history and its asks. Errors as Apply; a ticket not proven to be of the same player is an
// *InvalidError on "into", one for which an agent may vouch, and has not, on "checked".
func (s *Store) MergeTickets(ctx context.Context, m Merging, version int, e tickets.Event) (tickets.Ticket, error) {
	e.At, e.Change = moment(e.At), tickets.Merged{Into: m.Into}
	var goesOn tickets.Ticket
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		x, y, err := s.lockBoth(ctx, tx, m.From, m.Into, e.Actor.Agent)
		if err != nil {
			return err
		}
		goesOn = y
		done, err := happened(ctx, tx, x.ID, e.Key)
		switch {
		case done || err != nil:
			return err
		case x.Version != version:
			return tickets.ErrConflict
		}
		if err := s.vouch(ctx, tx, x, y, m.Checked, e); err != nil {
			return err
		}
		if _, err := s.step(ctx, tx, x, e); err != nil {
			return err
		}
		goesOn, err = s.step(ctx, tx, y, tickets.Event{At: e.At, Actor: e.Actor, Change: tickets.Absorbed{
			From: m.From, Kind: x.Kind, ReceivedAt: x.Case.ReceivedAt, Against: x.Case.Against,
			UnansweredSince: x.Case.UnansweredSince, Safety: x.Priority == tickets.PrioritySafety,
		}})
		return err
	})
	if err != nil {
		return tickets.Ticket{}, fmt.Errorf("merge ticket %s into %s: %w", m.From, m.Into, err)
	}
	return goesOn, nil
}

// UnmergeTickets takes back the merge of a ticket that an agent saw at version, and returns
// it as it goes on. Errors as Apply.
func (s *Store) UnmergeTickets(ctx context.Context, from tickets.Number, version int, e tickets.Event) (tickets.Ticket, error) {
	e.At, e.Change = moment(e.At), tickets.Unmerged{}
	var back tickets.Ticket
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		x, err := s.ticketByNumber(ctx, tx, from)
		if err != nil {
			return err
		}
		into := x.Case.MergedInto
		if into == "" {
			into = from // Apply says that nothing was merged
		}
		x, y, err := s.lockBoth(ctx, tx, from, into, e.Actor.Agent)
		if err != nil {
			return err
		}
		back = x
		done, err := happened(ctx, tx, x.ID, e.Key)
		switch {
		case done || err != nil:
			return err
		case x.Version != version:
			return tickets.ErrConflict
		}
		if back, err = s.step(ctx, tx, x, e); err != nil {
			return err
		}
		_, err = s.step(ctx, tx, y, tickets.Event{At: e.At, Actor: e.Actor, Change: tickets.Released{From: from}})
		return err
	})
	if err != nil {
		return tickets.Ticket{}, fmt.Errorf("unmerge ticket %s: %w", from, err)
	}
	return back, nil
}

// lockBoth reads two tickets and keeps others from changing them, in the order of their
// ids, so that two who do so never wait for each other.
func (s *Store) lockBoth(ctx context.Context, tx pgx.Tx, a, b tickets.Number, viewer tickets.AgentID) (x, y tickets.Ticket, err error) {
	const sql = `SELECT ` + ticketColumns + ` FROM tickets t WHERE number = ANY (@numbers) ORDER BY id FOR UPDATE`
	numbers := []tickets.Number{a, b}
	found, err := list(ctx, tx, sql, pgx.NamedArgs{"numbers": numbers}, s.scanTicket)
	if err != nil {
		return x, y, err
	}
	for _, t := range found {
		if viewer != 0 && viewer == t.Case.Against {
			return x, y, tickets.ErrNotFound
		}
		if t.Number == a {
			x = t
		}
		if t.Number == b {
			y = t
		}
	}
	if x.ID == 0 || y.ID == 0 {
		return x, y, tickets.ErrNotFound
	}
	return x, y, nil
}

// vouch refuses to show a to whoever reads b unless both are one player's. Where neither
// proves it, an agent may: the history of a says so.
func (s *Store) vouch(ctx context.Context, tx pgx.Tx, a, b tickets.Ticket, checked bool, e tickets.Event) error {
	switch {
	case a.ID == b.ID || provenSame(a, b): // Apply refuses a ticket that goes on in itself
		return nil
	case !mayBeSame(a, b):
		return invalid("into", tickets.NotYours)
	case !checked:
		return invalid("checked", tickets.Required)
	}
	return insertEvent(ctx, tx, a, "", tickets.Entry{
		At: e.At, Actor: e.Actor, Change: EntrySamePlayer, Detail: map[string]string{"into": string(b.Number)},
	})
}

// provenSame reports whether who reads b is proven to be who wrote a, or to hold the mailbox
// that everything about a is sent to. A typed contact proves nothing, not even one that was
// typed by somebody with an account.
func provenSame(a, b tickets.Ticket) bool {
	if a.Account != (tickets.Account{}) || b.Account != (tickets.Account{}) {
		return a.Account == b.Account
	}
	return b.Assurance == tickets.AssuranceEmail && sameContact(a, b) && b.Requester.Email != ""
}

// mayBeSame reports whether two tickets of whom nothing is proven name the same contact.
func mayBeSame(a, b tickets.Ticket) bool {
	none := func(t tickets.Ticket) bool {
		return t.Account == tickets.Account{} && t.Assurance == tickets.AssuranceNone
	}
	return none(a) && none(b) && sameContact(a, b)
}

func sameContact(a, b tickets.Ticket) bool {
	return strings.EqualFold(a.Requester.Contact(), b.Requester.Contact()) && (a.Requester.Email == "") == (b.Requester.Email == "")
}
