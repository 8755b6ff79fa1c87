package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Apply applies an event to a ticket that an agent saw at version. Errors:
// tickets.ErrNotFound, tickets.ErrConflict (changed since), *tickets.TransitionError,
// *tickets.InvalidError. An event whose key the ticket has already is not applied again,
// and is no error.
func (s *Store) Apply(ctx context.Context, n tickets.Number, version int, e tickets.Event) (tickets.Ticket, error) {
	t, err := s.apply(ctx, &version, e, func(ctx context.Context, tx pgx.Tx) (tickets.Ticket, error) {
		return ticketByNumber(ctx, tx, n)
	})
	if err != nil {
		return tickets.Ticket{}, fmt.Errorf("apply to ticket %s: %w", n, err)
	}
	return t, nil
}

// PlayerApply applies a player's event (PlayerReplied, PlayerClosed) to the ticket of a pass,
// whatever its version. Errors as Apply, without ErrConflict; another event is an
// *InvalidError on "actor".
func (s *Store) PlayerApply(ctx context.Context, p tickets.Pass, e tickets.Event) (tickets.Ticket, error) {
	e.Actor = tickets.Actor{Kind: tickets.ByPlayer}
	changed, err := s.apply(ctx, nil, e, func(ctx context.Context, tx pgx.Tx) (tickets.Ticket, error) {
		return ticketByPass(ctx, tx, p)
	})
	if err != nil {
		return tickets.Ticket{}, fmt.Errorf("apply to a player's ticket: %w", err)
	}
	return changed, nil
}

type finder func(context.Context, pgx.Tx) (tickets.Ticket, error)

// apply applies an event to the ticket that find returns; without a version, to
// whatever version it has.
func (s *Store) apply(ctx context.Context, version *int, e tickets.Event, find finder) (tickets.Ticket, error) {
	e.At = moment(e.At)
	var after tickets.Ticket
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		before, err := find(ctx, tx)
		if err != nil {
			return err
		}
		if before, err = lock(ctx, tx, before); err != nil {
			return err
		}
		after = before
		done, err := happened(ctx, tx, before.ID, e.Key)
		if done || err != nil {
			return err
		}
		if version != nil && *version != before.Version {
			return tickets.ErrConflict
		}
		if after, err = before.Apply(e); err != nil {
			return err
		}
		return s.record(ctx, tx, before, after, e)
	})
	return after, err
}

// record writes an applied event and everything that follows from it.
func (s *Store) record(ctx context.Context, tx pgx.Tx, before, after tickets.Ticket, e tickets.Event) error {
	detail, err := detailOf(ctx, tx, before, after)
	if err != nil {
		return err
	}
	if err := updateTicket(ctx, tx, after); err != nil {
		return err
	}
	entry := tickets.Entry{At: e.At, Actor: e.Actor, Change: e.Change.Name(), Detail: withFiles(detail, tickets.FilesOf(e.Change))}
	if err := insertEvent(ctx, tx, after, e.Key, entry); err != nil {
		return err
	}
	m, ok := messageOf(e)
	if !ok {
		return nil
	}
	if m.Body, err = tickets.CleanBody(m.Body); err != nil {
		return err
	}
	if m.ID, err = insertMessage(ctx, tx, after.ID, m); err != nil {
		return err
	}
	if m.Public && m.Author.Kind != tickets.ByPlayer {
		return s.announce(ctx, tx, after, m)
	}
	return nil
}

// messageOf returns the message that an event adds, or false.
func messageOf(e tickets.Event) (tickets.Message, bool) {
	m := tickets.Message{Author: e.Actor, At: e.At, Public: true, Files: tickets.FilesOf(e.Change)}
	switch c := e.Change.(type) {
	case tickets.PlayerReplied:
		m.Body = c.Body
	case tickets.AgentReplied:
		m.Body, m.Review = c.Body, c.Review
	case tickets.Noted:
		m.Body, m.Public = c.Body, false
	default:
		return m, false
	}
	return m, true
}

// detailOf tells what became different: from and to of the status, the category or the
// assignee's name. No event changes two of them by hand; a status that follows by
// itself is told as "status".
func detailOf(ctx context.Context, tx pgx.Tx, before, after tickets.Ticket) (map[string]string, error) {
	detail := map[string]string{}
	switch {
	case before.Assignee != after.Assignee:
		from, err := agentName(ctx, tx, before.Assignee)
		if err != nil {
			return nil, err
		}
		to, err := workingAgentName(ctx, tx, after.Assignee)
		if err != nil {
			return nil, err
		}
		detail["from"], detail["to"] = from, to
		if before.Status != after.Status {
			detail["status"] = string(after.Status)
		}
	case before.Category != after.Category:
		detail["from"], detail["to"] = before.Category, after.Category
	case before.Status != after.Status:
		detail["from"], detail["to"] = string(before.Status), string(after.Status)
	}
	return detail, nil
}
