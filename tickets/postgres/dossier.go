package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Dossier returns everything about a ticket, for an agent; for nobody in particular (0) in
// tests and jobs. To the agent whom it is about there is no such ticket.
func (s *Store) Dossier(ctx context.Context, viewer tickets.AgentID, n tickets.Number) (tickets.Dossier, error) {
	var d tickets.Dossier
	err := s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) (err error) {
		if d.Ticket, err = s.ticketByNumber(ctx, tx, n); err != nil {
			return err
		}
		if viewer != 0 && viewer == d.Ticket.Case.Against {
			return tickets.ErrNotFound
		}
		if d.Assignee, err = agentName(ctx, tx, d.Ticket.Assignee); err != nil {
			return err
		}
		if d.Follows, err = followed(ctx, tx, d.Ticket.ID); err != nil {
			return err
		}
		if d.Messages, err = messages(ctx, tx, d.Ticket.ID, true); err != nil {
			return err
		}
		if d.History, err = history(ctx, tx, d.Ticket.ID); err != nil {
			return err
		}
		d.Asks, err = asksOf(ctx, tx, d.Ticket.ID)
		return err
	})
	if err != nil {
		return tickets.Dossier{}, fmt.Errorf("dossier of ticket %s: %w", n, err)
	}
	return d, nil
}

// followed returns the ticket that another continues; empty: none.
func followed(ctx context.Context, tx pgx.Tx, ticket int64) (tickets.Number, error) {
	const sql = `SELECT coalesce(follows, '') FROM tickets WHERE id = @id`
	return first(ctx, tx, sql, pgx.NamedArgs{"id": ticket}, pgx.RowTo[tickets.Number])
}

// PlayerDossier returns what the holder of a pass may read: Ticket.ForPlayer, and the public
// messages with their authors' names.
func (s *Store) PlayerDossier(ctx context.Context, p tickets.Pass) (tickets.Dossier, error) {
	var d tickets.Dossier
	err := s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) (err error) {
		if d.Ticket, err = s.ticketByPass(ctx, tx, p); err != nil {
			return err
		}
		d.Messages, err = messages(ctx, tx, d.Ticket.ID, false)
		return err
	})
	if err != nil {
		return tickets.Dossier{}, fmt.Errorf("dossier of a player: %w", err)
	}
	d.Ticket = d.Ticket.ForPlayer()
	for i := range d.Messages {
		m := &d.Messages[i]
		m.ID, m.Author.Agent, m.Review = 0, 0, tickets.Review{}
	}
	return d, nil
}
