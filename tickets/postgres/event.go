package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// insertEvent appends to the history of a ticket as it is after the event.
func insertEvent(ctx context.Context, tx pgx.Tx, t tickets.Ticket, key string, e tickets.Entry) error {
	return insertEventOf(ctx, tx, t, key, e, nil)
}

// insertEventOf is insertEvent of one that added a message.
func insertEventOf(ctx context.Context, tx pgx.Tx, t tickets.Ticket, key string, e tickets.Entry, m *tickets.Sealed) error {
	const sql = `
		INSERT INTO events (id, ticket_id, version, key, at, actor_kind, actor_id, change, detail, message_id, hash)
		OVERRIDING SYSTEM VALUE
		VALUES (@id, @ticket, @version, nullif(@key, ''), @at, @kind, nullif(@agent::bigint, 0), @change, @detail, @message, @hash)`
	if e.Detail == nil {
		e.Detail = map[string]string{}
	}
	id, head, err := tail(ctx, tx, t.ID)
	if err != nil {
		return err
	}
	hash := tickets.Link{
		Ticket: t.Number, ID: id, Version: t.Version, Key: key, At: e.At, Actor: e.Actor,
		Change: e.Change, Detail: e.Detail, Message: m,
	}.Hash(head)
	args := pgx.NamedArgs{
		"id": id, "ticket": t.ID, "version": t.Version, "key": key, "at": e.At,
		"kind": e.Actor.Kind, "agent": e.Actor.Agent, "change": e.Change, "detail": e.Detail, "message": nil, "hash": hash,
	}
	if m != nil {
		args["message"] = m.ID
	}
	if _, err := tx.Exec(ctx, sql, args); err != nil {
		return err
	}
	return grow(ctx, tx, t.ID, hash)
}

// happened reports whether the ticket has an event with this key.
func happened(ctx context.Context, tx pgx.Tx, ticket int64, key string) (bool, error) {
	const sql = `SELECT EXISTS (SELECT FROM events WHERE ticket_id = @ticket AND key = @key)`
	if key == "" {
		return false, nil
	}
	return first(ctx, tx, sql, pgx.NamedArgs{"ticket": ticket, "key": key}, pgx.RowTo[bool])
}

// history returns a ticket's events, oldest first.
func history(ctx context.Context, tx pgx.Tx, ticket int64) ([]tickets.Entry, error) {
	const sql = `
		SELECT e.at, e.actor_kind, coalesce(e.actor_id, 0), coalesce(a.name, ''), e.change, e.detail
		FROM events e LEFT JOIN agents a ON a.id = e.actor_id
		WHERE e.ticket_id = @ticket
		ORDER BY e.id`
	return list(ctx, tx, sql, pgx.NamedArgs{"ticket": ticket}, func(row pgx.CollectableRow) (e tickets.Entry, err error) {
		err = row.Scan(&e.At, &e.Actor.Kind, &e.Actor.Agent, &e.ActorName, &e.Change, &e.Detail)
		return e, err
	})
}
