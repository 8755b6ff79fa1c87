package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// MergeTickets ends a ticket that an agent saw at version, and lets it go on in another one
// of the same player; e says who and when, and its Change is not looked at. It returns the
// ticket that goes on. Its messages are shown there, and stay where they are, as do its
// history and its asks. Errors as Apply; another player's ticket is an *InvalidError on
// "into".
func (s *Store) MergeTickets(ctx context.Context, from, into tickets.Number, version int, e tickets.Event) (tickets.Ticket, error) {
	e.At, e.Change = moment(e.At), tickets.Merged{Into: into}
	var goesOn tickets.Ticket
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		x, y, err := s.lockBoth(ctx, tx, from, into, e.Actor.Agent)
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
		case !samePlayer(x, y):
			return invalid("into", tickets.NotYours)
		}
		if _, err := s.step(ctx, tx, x, e); err != nil {
			return err
		}
		goesOn, err = s.step(ctx, tx, y, tickets.Event{At: e.At, Actor: e.Actor, Change: tickets.Absorbed{
			From: from, Kind: x.Kind, ReceivedAt: x.Case.ReceivedAt, Against: x.Case.Against,
			UnansweredSince: x.Case.UnansweredSince, Safety: x.Priority == tickets.PrioritySafety,
		}})
		return err
	})
	if err != nil {
		return tickets.Ticket{}, fmt.Errorf("merge ticket %s into %s: %w", from, into, err)
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

// samePlayer reports whether two tickets are of the same account or contact: who reads one
// of them will read both.
func samePlayer(a, b tickets.Ticket) bool {
	account := a.Account != tickets.Account{} && a.Account == b.Account
	return account || strings.EqualFold(a.Requester.Contact(), b.Requester.Contact()) && (a.Requester.Email == "") == (b.Requester.Email == "")
}
