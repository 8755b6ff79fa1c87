package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// tail returns the id that the ticket's next event gets and the hash of its last one, nil
// when it has none, and keeps others from appending. Whoever appends holds this lock from
// before the id is drawn until the commit: see boundary.
func tail(ctx context.Context, tx pgx.Tx, ticket int64) (id int64, head []byte, err error) {
	const lock = `SELECT chain_head FROM tickets WHERE id = @ticket FOR NO KEY UPDATE`
	const draw = `SELECT nextval(pg_get_serial_sequence('events', 'id'))`
	if head, err = first(ctx, tx, lock, pgx.NamedArgs{"ticket": ticket}, pgx.RowTo[[]byte]); err != nil {
		return 0, nil, err
	}
	id, err = first(ctx, tx, draw, nil, pgx.RowTo[int64])
	return id, head, err
}

// grow makes the event with this hash the ticket's last one.
func grow(ctx context.Context, tx pgx.Tx, ticket int64, hash []byte) error {
	const sql = `UPDATE tickets SET chain_head = @hash, chain_length = chain_length + 1 WHERE id = @ticket`
	_, err := tx.Exec(ctx, sql, pgx.NamedArgs{"ticket": ticket, "hash": hash})
	return err
}
