package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// ownSize is how many tickets a page of a player's own has.
const ownSize = 20

// own selects the tickets of an identity. What an identity lacks is empty, and no ticket has
// an empty account or address.
const own = `t.id IN (
	SELECT id FROM tickets WHERE account = @account AND account_issuer = @issuer
	UNION SELECT id FROM tickets WHERE lower(email) = lower(@email))`

func ownArgs(i tickets.Identity) pgx.NamedArgs {
	return pgx.NamedArgs{"account": i.Account.Subject, "issuer": i.Account.Issuer, "email": i.Email}
}

// OwnTickets returns a page of the tickets of a signed-in player. A page beyond the last is
// the last. What leads inside, such as the assignee, is left out.
func (s *Store) OwnTickets(ctx context.Context, i tickets.Identity, n int) (tickets.OwnPage, error) {
	const count = `SELECT count(*) FROM tickets t WHERE ` + own
	var page tickets.OwnPage
	err := s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) (err error) {
		if page.Total, err = first(ctx, tx, count, ownArgs(i), pgx.RowTo[int]); err != nil {
			return err
		}
		page.Pages = max(1, (page.Total+ownSize-1)/ownSize)
		page.Page = min(max(1, n), page.Pages)
		page.Items, err = s.ownItems(ctx, tx, i, (page.Page-1)*ownSize)
		return err
	})
	if err != nil {
		return tickets.OwnPage{}, fmt.Errorf("a player's own tickets: %w", err)
	}
	return page, nil
}

func (s *Store) ownItems(ctx context.Context, tx pgx.Tx, i tickets.Identity, offset int) ([]tickets.OwnItem, error) {
	const sql = `
		SELECT ` + ticketColumns + `, coalesce(last.author_kind, 'player'), coalesce(last.at, t.created_at)
		FROM tickets t
		LEFT JOIN LATERAL (SELECT author_kind, at FROM messages
		                   WHERE ticket_id = t.id AND public ORDER BY id DESC LIMIT 1) last ON true
		WHERE ` + own + `
		ORDER BY coalesce(last.at, t.created_at) DESC, t.id DESC
		LIMIT @limit OFFSET @offset`
	args := ownArgs(i)
	args["limit"], args["offset"] = ownSize, offset
	return list(ctx, tx, sql, args, func(row pgx.CollectableRow) (item tickets.OwnItem, err error) {
		err = row.Scan(append(s.ticketFields(&item.Ticket), &item.LastBy, &item.LastAt)...)
		item.Ticket = item.Ticket.ForPlayer()
		return item, err
	})
}

// ticketByPass finds the ticket that a pass opens. Another's number and one that does not
// exist are the same tickets.ErrNotFound of the same query.
func (s *Store) ticketByPass(ctx context.Context, tx pgx.Tx, p tickets.Pass) (tickets.Ticket, error) {
	const sql = `SELECT ` + ticketColumns + ` FROM tickets t WHERE number = @number AND ` + own
	switch p := p.(type) {
	case tickets.Token:
		return s.ticketByToken(ctx, tx, p)
	case tickets.Own:
		args := ownArgs(p.Identity)
		args["number"] = p.Number
		return first(ctx, tx, sql, args, s.scanTicket)
	}
	return tickets.Ticket{}, tickets.ErrNotFound
}
