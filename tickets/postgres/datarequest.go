package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// DataFile returns a request about data with the tickets that hang together with who made
// it, and what can become of each now. Tickets that are about the viewer are left out. A
// ticket of another kind, or one that is about the viewer, is tickets.ErrNotFound.
func (s *Store) DataFile(ctx context.Context, viewer tickets.AgentID, n tickets.Number) (tickets.DataFile, error) {
	var f tickets.DataFile
	now := moment(time.Time{})
	err := s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) (err error) {
		f = tickets.DataFile{}
		if f.Request, err = s.ticketByNumber(ctx, tx, n); err != nil {
			return err
		}
		if f.Request.Kind != tickets.KindData || viewer != 0 && viewer == f.Request.Case.Against {
			return tickets.ErrNotFound
		}
		found, err := s.tied(ctx, tx, viewer, f.Request)
		if err != nil {
			return err
		}
		for _, t := range found {
			d := tickets.DataTicket{Ticket: t}
			if t.Case.ErasedAt.IsZero() || t.ID == f.Request.ID {
				d.Tie = f.Request.TieTo(t)
			}
			if d.Kept, d.Until, err = s.keeps(ctx, tx, t, now); err != nil {
				return err
			}
			f.Tickets = append(f.Tickets, d)
		}
		return nil
	})
	if err != nil {
		return tickets.DataFile{}, fmt.Errorf("data of who made request %s: %w", n, err)
	}
	return f, nil
}

// tied reads the tickets that may hang together with a request, and those that were erased
// for it: of them nothing else tells any more whose they were.
func (s *Store) tied(ctx context.Context, tx pgx.Tx, viewer tickets.AgentID, request tickets.Ticket) ([]tickets.Ticket, error) {
	const sql = `
		SELECT ` + ticketColumns + ` FROM tickets t
		WHERE (t.against IS NULL OR t.against <> @viewer) AND t.id IN (
			SELECT @id::bigint
			UNION SELECT id FROM tickets WHERE account = @account AND account_issuer = @issuer
			UNION SELECT id FROM tickets WHERE lower(email) = lower(@email)
			UNION SELECT ticket_id FROM events WHERE change = 'erased' AND detail ->> 'request' = @number)
		ORDER BY t.created_at DESC, t.id DESC`
	return list(ctx, tx, sql, pgx.NamedArgs{
		"viewer": viewer, "id": request.ID, "account": request.Account.Subject, "issuer": request.Account.Issuer,
		"email": request.Requester.Email, "number": request.Number,
	}, s.scanTicket)
}

// keeps returns why a ticket cannot be erased for its person now, and until when.
func (s *Store) keeps(ctx context.Context, tx pgx.Tx, t tickets.Ticket, at time.Time) (tickets.Kept, time.Time, error) {
	err := s.mayErase(ctx, tx, t, Erasure{Asked: true, At: at})
	var kept *tickets.KeptError
	if errors.As(err, &kept) {
		return kept.Why, kept.Until, nil
	}
	return "", time.Time{}, err
}
