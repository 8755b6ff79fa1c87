package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Swept is what a sweep found.
type Swept struct {
	Fired   []Fired          // whose own job was lost
	Orphans []tickets.Number // tickets in work that have neither owner nor clock; at most a hundred
}

// sweepBatch is how many tickets from before there were clocks get theirs in one sweep.
const sweepBatch = 2000

// Sweep looks after what has no job of its own: tickets whose rows of clocks are missing
// get them, clocks whose job was lost are run, and tickets that nobody and nothing would
// ever come back to are told.
func (s *Store) Sweep(ctx context.Context, now time.Time) (found Swept, err error) {
	err = s.wind(ctx, now)
	var missed error
	found.Fired, missed = s.runDue(ctx, now)
	err = errors.Join(err, missed)
	found.Orphans, missed = s.orphans(ctx)
	if err = errors.Join(err, missed); err != nil {
		return found, fmt.Errorf("sweep: %w", err)
	}
	return found, nil
}

// wind starts the clocks of tickets that have none: those from before there were clocks.
func (s *Store) wind(ctx context.Context, now time.Time) error {
	const sql = `
		SELECT number FROM tickets t
		WHERE status <> 'closed' AND kind <> 'feedback' AND NOT EXISTS (SELECT FROM deadlines WHERE ticket_id = t.id)
		ORDER BY id LIMIT @batch`
	bare, err := all(ctx, s, sql, pgx.NamedArgs{"batch": sweepBatch}, pgx.RowTo[tickets.Number])
	for _, n := range bare {
		if _, missed := s.RunDeadline(ctx, n, now); missed != nil {
			err = errors.Join(err, missed)
		}
	}
	return err
}

// orphaned is a ticket in work without an owner, and without a clock that will run out.
// Feedback asks for nothing.
const orphaned = `
	FROM tickets t
	WHERE status NOT IN ('solved', 'closed') AND assignee IS NULL AND kind <> 'feedback'
	  AND NOT EXISTS (SELECT FROM deadlines d WHERE d.ticket_id = t.id AND d.next_at IS NOT NULL)`

func (s *Store) orphans(ctx context.Context) ([]tickets.Number, error) {
	return all(ctx, s, `SELECT number `+orphaned+` ORDER BY received_at, id LIMIT 100`, nil, pgx.RowTo[tickets.Number])
}

// Orphans returns how many tickets in work have neither an owner nor a clock. There should
// be none, ever.
func (s *Store) Orphans(ctx context.Context) (int, error) {
	n, err := one(ctx, s, `SELECT count(*) `+orphaned, nil, pgx.RowTo[int])
	if err != nil {
		return 0, fmt.Errorf("orphans: %w", err)
	}
	return n, nil
}
