package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// mint draws a token that opens the ticket; only its hash is kept.
func mint(ctx context.Context, tx pgx.Tx, ticket int64) (tickets.Token, error) {
	const insert = `INSERT INTO ticket_tokens (hash, ticket_id) VALUES (@hash, @ticket)`
	token := tickets.NewToken()
	_, err := tx.Exec(ctx, insert, pgx.NamedArgs{"hash": token.Hash(), "ticket": ticket})
	return token, err
}
