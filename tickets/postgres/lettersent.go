package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// LettersSent returns the letters about a ticket that went out, oldest first.
func (s *Store) LettersSent(ctx context.Context, n tickets.Number) ([]tickets.FileLetter, error) {
	const sql = `
		SELECT l.kind, l.sent_at FROM letters l JOIN tickets t ON t.id = l.ticket_id
		WHERE t.number = @number AND l.state = 'sent' ORDER BY l.id`
	sent, err := all(ctx, s, sql, pgx.NamedArgs{"number": n}, func(row pgx.CollectableRow) (l tickets.FileLetter, err error) {
		err = row.Scan(&l.Kind, &l.At)
		return l, err
	})
	if err != nil {
		return nil, fmt.Errorf("letters about ticket %s: %w", n, err)
	}
	return sent, nil
}
