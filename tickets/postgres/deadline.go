package postgres

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"otvet/tickets"
	"otvet/tickets/policy"
)

// clock is a row of deadlines.
type clock struct {
	Rule   policy.Rule
	Round  int
	From   time.Time
	Target *time.Time
	Due    *time.Time
	Next   *time.Time
	State  string
}

// The states of a row of deadlines.
const (
	clockOpen   = "open"
	clockMet    = "met"
	clockPassed = "passed"
)

func (c clock) same(d clock) bool { return c.Rule == d.Rule && c.Round == d.Round }

// sync brings the rows of deadlines in line with the ticket after an event: clocks that
// are new or have moved get a row and a job, those that are gone end.
func (s *Store) sync(ctx context.Context, tx pgx.Tx, t tickets.Ticket, at time.Time) error {
	const had = `SELECT rule, round, from_at, target_at, due_at, next_at, state FROM deadlines WHERE ticket_id = @ticket`
	rows, err := list(ctx, tx, had, pgx.NamedArgs{"ticket": t.ID}, pgx.RowToStructByPos[clock])
	if err != nil {
		return err
	}
	var changed []clock
	running := clocks(t)
	for _, c := range running {
		if i := slices.IndexFunc(rows, c.same); i < 0 || !c.equal(rows[i]) {
			changed = append(changed, c)
		}
	}
	for _, c := range rows {
		if c.State == clockOpen && !slices.ContainsFunc(running, c.same) {
			changed = append(changed, c.end(t))
		}
	}
	if len(changed) == 0 {
		return nil
	}
	if err := writeClocks(ctx, tx, t, at, changed); err != nil {
		return err
	}
	return s.schedule(ctx, tx, t, changed)
}

// clocks returns the running clocks of a ticket as rows.
func clocks(t tickets.Ticket) (list []clock) {
	for _, d := range t.Deadlines() {
		c := clock{Rule: d.Rule, Round: d.Round, From: d.From, Target: instant(d.Target), Due: instant(d.Due), State: clockOpen}
		if next := t.NextAt(d); !next.IsZero() {
			c.Next = instant(next)
		}
		list = append(list, c)
	}
	return list
}

// instant is a time of a clock as the database keeps it: never before it has come.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	up := t.UTC().Truncate(time.Microsecond)
	if up.Before(t) {
		up = up.Add(time.Microsecond)
	}
	return &up
}

func (c clock) equal(d clock) bool {
	same := func(a, b *time.Time) bool { return a == nil && b == nil || a != nil && b != nil && a.Equal(*b) }
	return c.State == d.State && c.From.Equal(d.From) && same(c.Target, d.Target) && same(c.Due, d.Due) && same(c.Next, d.Next)
}

// end is the row of a clock that does not run any more.
func (c clock) end(t tickets.Ticket) clock {
	c.Next, c.State = nil, clockMet
	if slices.ContainsFunc(t.Case.Passed, func(p tickets.Passed) bool { return p.Rule == c.Rule && p.Round == c.Round }) {
		c.State = clockPassed
	}
	return c
}

func writeClocks(ctx context.Context, tx pgx.Tx, t tickets.Ticket, at time.Time, changed []clock) error {
	const sql = `
		INSERT INTO deadlines (ticket_id, rule, round, from_at, target_at, due_at, next_at, state, ended_at)
		VALUES (@ticket, @rule, @round, @from, @target, @due, @next, @state, CASE WHEN @state <> 'open' THEN @at::timestamptz END)
		ON CONFLICT (ticket_id, rule, round) DO UPDATE
		SET from_at = excluded.from_at, target_at = excluded.target_at, due_at = excluded.due_at,
		    next_at = excluded.next_at, state = excluded.state, ended_at = excluded.ended_at`
	var batch pgx.Batch
	for _, c := range changed {
		batch.Queue(sql, pgx.NamedArgs{
			"ticket": t.ID, "rule": c.Rule, "round": c.Round, "from": c.From, "target": c.Target, "due": c.Due,
			"next": c.Next, "state": c.State, "at": at,
		})
	}
	return tx.SendBatch(ctx, &batch).Close()
}

// schedule inserts a job for each clock that will need one.
func (s *Store) schedule(ctx context.Context, tx pgx.Tx, t tickets.Ticket, changed []clock) error {
	var jobs []river.InsertManyParams
	for _, c := range changed {
		if c.Next != nil {
			args := DeadlineArgs{Ticket: t.Number, Rule: c.Rule, Round: c.Round, At: *c.Next}
			jobs = append(jobs, river.InsertManyParams{Args: args, InsertOpts: &river.InsertOpts{ScheduledAt: args.At}})
		}
	}
	if len(jobs) == 0 {
		return nil
	}
	_, err := s.jobs.InsertManyTx(ctx, tx, jobs)
	return err
}
