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
		return s.ticketByNumber(ctx, tx, n)
	})
	if err != nil {
		return tickets.Ticket{}, fmt.Errorf("apply to ticket %s: %w", n, err)
	}
	return t, nil
}

// PlayerApply applies a player's event to the ticket of a pass, whatever its version. Errors
// as Apply, without ErrConflict; an event that no player causes is an *InvalidError on
// "actor".
func (s *Store) PlayerApply(ctx context.Context, p tickets.Pass, e tickets.Event) (tickets.Ticket, error) {
	e.Actor = tickets.Actor{Kind: tickets.ByPlayer}
	changed, err := s.apply(ctx, nil, e, func(ctx context.Context, tx pgx.Tx) (tickets.Ticket, error) {
		return s.ticketByPass(ctx, tx, p)
	})
	if err != nil {
		return tickets.Ticket{}, fmt.Errorf("apply to a player's ticket: %w", err)
	}
	return changed, nil
}

type finder func(context.Context, pgx.Tx) (tickets.Ticket, error)

// apply applies an event to the ticket that find returns; without a version, to
// whatever version it has. To the agent whom the ticket is about there is no such ticket.
func (s *Store) apply(ctx context.Context, version *int, e tickets.Event, find finder) (tickets.Ticket, error) {
	e.At = moment(e.At)
	var after tickets.Ticket
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		before, err := find(ctx, tx)
		if err != nil {
			return err
		}
		if before, err = s.lock(ctx, tx, before.ID); err != nil {
			return err
		}
		if e.Actor.Agent != 0 && e.Actor.Agent == before.Case.Against {
			return tickets.ErrNotFound
		}
		after = before
		done, err := happened(ctx, tx, before.ID, e.Key)
		if done || err != nil {
			return err
		}
		if version != nil && *version != before.Version {
			return tickets.ErrConflict
		}
		after, err = s.step(ctx, tx, before, e)
		return err
	})
	return after, err
}

// step applies an event to a locked ticket and writes everything that follows from it.
func (s *Store) step(ctx context.Context, tx pgx.Tx, before tickets.Ticket, e tickets.Event) (tickets.Ticket, error) {
	after, err := before.Apply(e)
	if err != nil {
		return before, err
	}
	if quiet(e.Change) {
		after.Version = before.Version
	}
	if err := s.record(ctx, tx, before, after, e); err != nil {
		return after, err
	}
	return after, s.sync(ctx, tx, after, e.At)
}

// quiet reports whether a change of ours leaves the version as it is, so that it makes
// no agent's form stale: nothing that a person does depends on it.
func quiet(c tickets.Change) bool {
	switch c.(type) {
	case tickets.Acknowledged, tickets.DeadlineNear:
		return true
	}
	return false
}

// record writes an applied event, its message and its letter.
func (s *Store) record(ctx context.Context, tx pgx.Tx, before, after tickets.Ticket, e tickets.Event) error {
	detail, err := detailOf(ctx, tx, before, after, e.Change)
	if err != nil {
		return err
	}
	if err := overtakes(ctx, tx, before, e, detail); err != nil {
		return err
	}
	if err := updateTicket(ctx, tx, before.Version, after); err != nil {
		return err
	}
	entry := tickets.Entry{At: e.At, Actor: e.Actor, Change: e.Change.Name(), Detail: withFiles(detail, tickets.FilesOf(e.Change))}
	m, sealed, err := say(ctx, tx, after, e)
	if err != nil {
		return err
	}
	if err := insertEventOf(ctx, tx, after, e.Key, entry, sealed); err != nil {
		return err
	}
	if order, ok := tickets.LetterOf(before, after, e); ok {
		return s.announce(ctx, tx, after, order, m, e.At)
	}
	return nil
}

// say writes the event's message, if it has one, and returns it with its ID, and as the
// event binds it.
func say(ctx context.Context, tx pgx.Tx, after tickets.Ticket, e tickets.Event) (m tickets.Message, sealed *tickets.Sealed, err error) {
	m, ok := tickets.MessageOf(after, e)
	if !ok {
		return tickets.Message{}, nil, nil
	}
	if m.Body, err = tickets.CleanBody(m.Body); err != nil {
		return m, nil, err
	}
	if sealed, err = insertMessage(ctx, tx, after.ID, "", m); err != nil {
		return m, nil, err
	}
	m.ID = sealed.ID
	return m, sealed, nil
}
