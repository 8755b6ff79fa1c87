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
	coalesce(t.account_issuer, ''), coalesce(t.account, ''), t.identity_assurance,
	t.kind, t.channel, t.department, t.pack, t.procedure`

func (s *Store) ticketFields(t *tickets.Ticket) []any {
	return []any{
		&t.ID, &t.Number, &t.Version, &t.Status, &t.Priority, &t.Category, &t.Locale, &t.Subject,
		&t.Requester.Login, &t.Requester.Email, &t.Assignee, &t.CreatedAt, &t.UpdatedAt,
		&t.Account.Issuer, &t.Account.Subject, &t.Assurance,
		&t.Kind, &t.Channel, &t.Department, &packRef{s.rules.packs, &t.Rules}, &t.Case,
	}
}

func (s *Store) scanTicket(row pgx.CollectableRow) (t tickets.Ticket, err error) {
	err = row.Scan(s.ticketFields(&t)...)
	return t, err
}

func (s *Store) ticketByNumber(ctx context.Context, tx pgx.Tx, n tickets.Number) (tickets.Ticket, error) {
	const sql = `SELECT ` + ticketColumns + ` FROM tickets t WHERE number = @number`
	return first(ctx, tx, sql, pgx.NamedArgs{"number": n}, s.scanTicket)
}

func (s *Store) ticketByToken(ctx context.Context, tx pgx.Tx, t tickets.Token) (tickets.Ticket, error) {
	const sql = `
		SELECT ` + ticketColumns + `
		FROM ticket_tokens k JOIN tickets t ON t.id = k.ticket_id
		WHERE k.hash = @hash`
	return first(ctx, tx, sql, pgx.NamedArgs{"hash": t.Hash()}, s.scanTicket)
}

// lock reads a ticket and keeps others from changing it.
func (s *Store) lock(ctx context.Context, tx pgx.Tx, id int64) (tickets.Ticket, error) {
	const sql = `SELECT ` + ticketColumns + ` FROM tickets t WHERE id = @id FOR UPDATE`
	return first(ctx, tx, sql, pgx.NamedArgs{"id": id}, s.scanTicket)
}

func insertTicket(ctx context.Context, tx pgx.Tx, t tickets.Ticket, follows tickets.Number) (int64, error) {
	const sql = `
		INSERT INTO tickets (number, version, status, priority, category, locale, subject, login, email, account_issuer, account, identity_assurance,
		                     created_at, updated_at, kind, channel, department, pack, stage,
		                     received_at, unanswered_since, risk_at, follows, procedure)
		VALUES (@number, @version, @status, @priority, @category, @locale, @subject, nullif(@login, ''), nullif(@email, ''),
		        nullif(@issuer, ''), nullif(@account, ''), @assurance,
		        @created, @updated, @kind, @channel, @department, @pack, nullif(@stage, ''),
		        @received, @unanswered, @risk, nullif(@follows, ''), @procedure)
		RETURNING id`
	args := ticketArgs(t)
	args["number"], args["locale"], args["subject"] = t.Number, t.Locale, t.Subject
	args["login"], args["email"], args["created"] = t.Requester.Login, t.Requester.Email, t.CreatedAt
	args["issuer"], args["account"], args["assurance"] = t.Account.Issuer, t.Account.Subject, t.Assurance
	args["channel"], args["pack"], args["follows"] = t.Channel, t.Rules.Ref().String(), follows
	return first(ctx, tx, sql, args, pgx.RowTo[int64])
}

// updateTicket writes what an event may change, where the version is still the one
// before the event.
func updateTicket(ctx context.Context, tx pgx.Tx, before int, t tickets.Ticket) error {
	const sql = `
		UPDATE tickets
		SET version = @version, status = @status, priority = @priority, category = @category,
		    assignee = nullif(@assignee::bigint, 0), updated_at = @updated,
		    kind = @kind, department = @department, stage = nullif(@stage, ''),
		    received_at = @received, unanswered_since = @unanswered, risk_at = @risk,
		    against = nullif(@against::bigint, 0), merged_into = nullif(@merged, ''), procedure = @procedure
		WHERE id = @id AND version = @before`
	args := ticketArgs(t)
	args["id"], args["before"], args["assignee"] = t.ID, before, t.Assignee
	args["against"], args["merged"] = t.Case.Against, t.Case.MergedInto
	tag, err := tx.Exec(ctx, sql, args)
	if err == nil && tag.RowsAffected() == 0 {
		err = tickets.ErrConflict
	}
	return err
}

// ticketArgs are what a new ticket and a changed one have in common.
func ticketArgs(t tickets.Ticket) pgx.NamedArgs {
	return pgx.NamedArgs{
		"version": t.Version, "status": t.Status, "priority": t.Priority, "category": t.Category, "updated": t.UpdatedAt,
		"kind": t.Kind, "department": t.Department, "stage": t.Case.Stage, "received": t.Case.ReceivedAt,
		"unanswered": orNull(t.Case.UnansweredSince), "risk": orNull(t.RiskAt()), "procedure": t.Case,
	}
}
