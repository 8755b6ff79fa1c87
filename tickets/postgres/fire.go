package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
	"otvet/tickets/policy"
)

// Fired is a clock that has run out, or of which so much is gone that people are warned.
type Fired struct {
	Ticket  tickets.Number
	Rule    policy.Rule
	Round   int
	Percent int // of a warning; 0: it has run out
}

const (
	// mostFired bounds what the clocks of one ticket do in one transaction: more than all
	// of them together have warnings and ends.
	mostFired = 200
	// deadlineBatch is how many tickets are looked for at a time.
	deadlineBatch = 200
)

// RunDeadline does what the clocks of a ticket demand by now, each thing once and in order,
// however often it is called; and nothing when a clock has moved or was met. Error:
// tickets.ErrNotFound.
func (s *Store) RunDeadline(ctx context.Context, n tickets.Number, now time.Time) ([]Fired, error) {
	var fired []Fired
	err := s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		t, err := s.ticketByNumber(ctx, tx, n)
		if err != nil {
			return err
		}
		if t, err = s.lock(ctx, tx, t.ID); err != nil {
			return err
		}
		fired, err = s.fire(ctx, tx, t, moment(now))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("run the clocks of ticket %s: %w", n, err)
	}
	return fired, nil
}

// fire lets the clocks of a locked ticket act. Rows that were not in line with the ticket
// are afterwards.
func (s *Store) fire(ctx context.Context, tx pgx.Tx, t tickets.Ticket, now time.Time) (fired []Fired, err error) {
	for range mostFired {
		c, ok := t.Due(now)
		if !ok {
			break
		}
		if t, err = s.step(ctx, tx, t, tickets.Event{At: now, Actor: bySystem, Change: c}); err != nil {
			return nil, err
		}
		fired = append(fired, firedBy(t.Number, c))
	}
	return fired, s.sync(ctx, tx, t, now)
}

func firedBy(n tickets.Number, c tickets.Change) Fired {
	switch c := c.(type) {
	case tickets.DeadlineNear:
		return Fired{n, c.Rule, c.Round, c.Percent}
	case tickets.DeadlinePassed:
		return Fired{n, c.Rule, c.Round, 0}
	}
	return Fired{Ticket: n}
}

// RunDeadlines does what is due by now on every ticket, the longest overdue first, and
// returns how many clocks and warnings it was. A ticket that fails holds up no other.
func (s *Store) RunDeadlines(ctx context.Context, now time.Time) (fired int, err error) {
	done, err := s.runDue(ctx, now)
	return len(done), err
}

func (s *Store) runDue(ctx context.Context, now time.Time) (fired []Fired, err error) {
	const sql = `
		SELECT t.number FROM deadlines d JOIN tickets t ON t.id = d.ticket_id
		WHERE d.next_at <= @now AND t.number <> ALL (@failed)
		GROUP BY t.number ORDER BY min(d.next_at), t.number LIMIT @batch`
	failed := []tickets.Number{}
	for {
		args := pgx.NamedArgs{"now": moment(now), "failed": failed, "batch": deadlineBatch}
		due, missed := all(ctx, s, sql, args, pgx.RowTo[tickets.Number])
		if missed != nil {
			return fired, errors.Join(err, fmt.Errorf("look for due clocks: %w", missed))
		}
		for _, n := range due {
			done, missed := s.RunDeadline(ctx, n, now)
			fired = append(fired, done...)
			if missed != nil {
				failed, err = append(failed, n), errors.Join(err, missed)
			}
		}
		if len(due) < deadlineBatch || ctx.Err() != nil {
			return fired, err
		}
	}
}
