package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// registerBatch is how many complaints are read at a time.
const registerBatch = 500

// Register hands on every complaint and dispute that was received in a time, in the order
// of receipt; to is not part of it.
func (s *Store) Register(ctx context.Context, from, to time.Time, each func(tickets.Registered) error) error {
	const sql = `
		SELECT ` + ticketColumns + ` FROM tickets t
		WHERE kind IN ('complaint', 'dispute', 'privacy-complaint') AND received_at < @to AND (received_at, id) > (@from, @id)
		ORDER BY received_at, id LIMIT @batch`
	args := pgx.NamedArgs{"from": from, "to": to, "id": int64(0), "batch": registerBatch}
	for {
		batch, err := all(ctx, s, sql, args, s.scanTicket)
		if err != nil {
			return fmt.Errorf("read the register: %w", err)
		}
		for _, t := range batch {
			if err := each(t.Registered()); err != nil {
				return err
			}
			args["from"], args["id"] = t.Case.ReceivedAt, t.ID
		}
		if len(batch) < registerBatch {
			return nil
		}
	}
}
