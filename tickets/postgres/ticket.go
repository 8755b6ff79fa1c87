package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// ticketColumns are what ticketFields takes.
const ticketColumns = `
	t.id, t.number, t.version, t.status, t.priority, t.category, t.locale, t.subject,
	coalesce(t.login, ''), coalesce(t.email, ''), coalesce(t.assignee, 0), t.created_at, t.updated_at,
	coalesce(t.account_issuer, ''), coalesce(t.account, ''), t.identity_assurance`

func ticketFields(t *tickets.Ticket) []any {
	return []any{
		&t.ID, &t.Number, &t.Version, &t.Status, &t.Priority, &t.Category, &t.Locale, &t.Subject,
		&t.Requester.Login, &t.Requester.Email, &t.Assignee, &t.CreatedAt, &t.UpdatedAt,
		&t.Account.Issuer, &t.Account.Subject, &t.Assurance,
	}
}

func scanTicket(row pgx.CollectableRow) (t tickets.Ticket, err error) {
	err = row.Scan(ticketFields(&t)...)
	return t, err
}

func ticketByNumber(ctx context.Context, tx pgx.Tx, n tickets.Number) (tickets.Ticket, error) {
	const sql = `SELECT ` + ticketColumns + ` FROM tickets t WHERE number = @number`
	return first(ctx, tx, sql, pgx.NamedArgs{"number": n}, scanTicket)
}

func ticketByToken(ctx context.Context, tx pgx.Tx, t tickets.Token) (tickets.Ticket, error) {
	const sql = `
		SELECT ` + ticketColumns + `
		FROM ticket_tokens k JOIN tickets t ON t.id = k.ticket_id
		WHERE k.hash = @hash`
	return first(ctx, tx, sql, pgx.NamedArgs{"hash": t.Hash()}, scanTicket)
}

// lock reads the ticket again and keeps others from changing it.
func lock(ctx context.Context, tx pgx.Tx, t tickets.Ticket) (tickets.Ticket, error) {
	const sql = `SELECT ` + ticketColumns + ` FROM tickets t WHERE id = @id FOR UPDATE`
	return first(ctx, tx, sql, pgx.NamedArgs{"id": t.ID}, scanTicket)
}

func insertTicket(ctx context.Context, tx pgx.Tx, t tickets.Ticket) (int64, error) {
	const sql = `
		INSERT INTO tickets (number, version, status, priority, category, locale, subject,
		                     login, email, account_issuer, account, identity_assurance, created_at, updated_at)
		VALUES (@number, @version, @status, @priority, @category, @locale, @subject,
		        nullif(@login, ''), nullif(@email, ''), nullif(@issuer, ''), nullif(@account, ''), @assurance, @at, @at)
		RETURNING id`
	return first(ctx, tx, sql, pgx.NamedArgs{
		"number": t.Number, "version": t.Version, "status": t.Status, "priority": t.Priority,
		"category": t.Category, "locale": t.Locale, "subject": t.Subject,
		"login": t.Requester.Login, "email": t.Requester.Email, "issuer": t.Account.Issuer, "account": t.Account.Subject,
		"assurance": t.Assurance, "at": t.CreatedAt,
	}, pgx.RowTo[int64])
}

// updateTicket writes what an event may change, where the version is still the one
// before the event.
func updateTicket(ctx context.Context, tx pgx.Tx, t tickets.Ticket) error {
	const sql = `
		UPDATE tickets
		SET version = @version, status = @status, priority = @priority, category = @category,
		    assignee = nullif(@assignee::bigint, 0), updated_at = @updated
		WHERE id = @id AND version = @version - 1`
	tag, err := tx.Exec(ctx, sql, pgx.NamedArgs{
		"id": t.ID, "version": t.Version, "status": t.Status, "priority": t.Priority, "category": t.Category,
		"assignee": t.Assignee, "updated": t.UpdatedAt,
	})
	if err == nil && tag.RowsAffected() == 0 {
		err = tickets.ErrConflict
	}
	return err
}
