package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// owedPage is how many of what is owed a list names.
const owedPage = 50

// openTo selects what is open and may be seen by an agent.
const openTo = `t.status NOT IN ('solved', 'closed') AND t.against IS DISTINCT FROM @viewer`

// Backlog returns what is open at now, as an agent may see it, nobody's (0) being
// everything.
func (s *Store) Backlog(ctx context.Context, viewer tickets.AgentID, now time.Time) (tickets.Backlog, error) {
	var b tickets.Backlog
	args := pgx.NamedArgs{"viewer": viewer, "now": now, "soon": now.Add(24 * time.Hour), "duties": tickets.Duties(), "limit": owedPage}
	err := s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) (err error) {
		b = tickets.Backlog{}
		if err := readAges(ctx, tx, args, &b); err != nil {
			return err
		}
		const late = `d.due_at <= @now AND (d.state = 'open' OR d.state = 'passed' AND ` + stillOwed + `)`
		if b.Overdue, err = owed(ctx, tx, late, args); err != nil {
			return err
		}
		if b.Late, err = first(ctx, tx, `SELECT count(DISTINCT t.id) `+owedFrom+late, args, pgx.RowTo[int]); err != nil {
			return err
		}
		if b.Soon, err = owed(ctx, tx, `d.state = 'open' AND d.due_at > @now AND d.due_at <= @soon`, args); err != nil {
			return err
		}
		return readReviews(ctx, tx, args, &b)
	})
	if err != nil {
		return tickets.Backlog{}, fmt.Errorf("backlog: %w", err)
	}
	return b, nil
}

// readAges counts open requests by how long ago they reached us.
func readAges(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs, b *tickets.Backlog) error {
	const sql = `
		SELECT step, count(t.id), min(t.received_at)
		FROM unnest(@steps::integer[], @next::integer[]) a (step, next)
		LEFT JOIN tickets t ON ` + openTo + `
		      AND (t.received_at <= @now::timestamptz - make_interval(days => step) OR step = 0)
		      AND (next IS NULL OR t.received_at > @now::timestamptz - make_interval(days => next))
		GROUP BY step ORDER BY step`
	steps := tickets.AgeSteps()
	next := make([]*int, len(steps))
	for i := range steps[1:] {
		next[i] = &steps[i+1]
	}
	args["steps"], args["next"] = steps, next
	rows, err := tx.Query(ctx, sql, args)
	if err != nil {
		return err
	}
	var age tickets.Age
	var oldest *time.Time
	_, err = pgx.ForEachRow(rows, []any{&age.Days, &age.Count, &oldest}, func() error {
		b.Ages, b.Open = append(b.Ages, age), b.Open+age.Count
		if oldest != nil && (b.Oldest.IsZero() || oldest.Before(b.Oldest)) {
			b.Oldest = *oldest
		}
		return nil
	})
	return err
}

// stillOwed tells clocks that have run out and whose duty is not done. A clock that has run
// out runs no more, so what it was for is looked for in the ticket.
const stillOwed = `CASE d.rule
	WHEN 'first' THEN (t.unanswered_since <= d.from_at)
	WHEN 'ack' THEN t.procedure ->> 'acknowledged_at' IS NULL
	WHEN 'claim' THEN t.assignee IS NULL
	WHEN 'task' THEN EXISTS (SELECT FROM jsonb_array_elements(t.procedure -> 'tasks') k
	                         WHERE (k ->> 'id')::integer = d.round AND k ->> 'done_at' IS NULL)
	WHEN 'enquiry' THEN EXISTS (SELECT FROM jsonb_array_elements(t.procedure #> '{dispute,enquiries}') q
	                            WHERE (q ->> 'id')::integer = d.round AND q ->> 'answered_at' IS NULL)
	ELSE true END`

// owedFrom joins clocks of ours to open tickets; a condition follows.
const owedFrom = `
	FROM deadlines d JOIN tickets t ON t.id = d.ticket_id LEFT JOIN agents a ON a.id = t.assignee
	WHERE ` + openTo + ` AND d.rule = ANY(@duties) AND `

// owed lists each ticket once, by its first clock of a condition.
func owed(ctx context.Context, tx pgx.Tx, condition string, args pgx.NamedArgs) ([]tickets.Owed, error) {
	sql := `
		SELECT number, category, kind, rule, due_at, assignee
		FROM (SELECT DISTINCT ON (t.id) t.number, t.category, t.kind, d.rule, d.due_at, coalesce(a.name, '') AS assignee ` + owedFrom + condition + `
		      ORDER BY t.id, d.due_at) o
		ORDER BY due_at, number LIMIT @limit`
	return list(ctx, tx, sql, args, pgx.RowToStructByPos[tickets.Owed])
}

// readReviews lists decisions that nobody has looked over.
func readReviews(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs, b *tickets.Backlog) (err error) {
	const sql = `
		SELECT t.number, t.category, t.kind, '', (t.procedure #>> '{decisions,-1,at}')::timestamptz, coalesce(a.name, '')
		FROM tickets t LEFT JOIN agents a ON a.id = t.assignee
		WHERE ` + openTo + ` AND t.stage = 'decided'
		ORDER BY 5, 1 LIMIT @limit`
	b.Review, err = list(ctx, tx, sql, args, pgx.RowToStructByPos[tickets.Owed])
	return err
}

// Comments returns the newest words of players on how they were handled in a span, at most
// 100, those first that somebody should look into. What they wrote is unmasked.
func (s *Store) Comments(ctx context.Context, viewer tickets.AgentID, span tickets.Span) ([]tickets.Comment, error) {
	const sql = `
		SELECT number, category, coalesce(score, 0), helped, words, at
		FROM (
			SELECT t.number, t.category, (t.procedure #>> '{rating,score}')::integer AS score,
			       (t.procedure #>> '{rating,helped}')::boolean AS helped, coalesce(t.procedure #>> '{rating,text}', '') AS words,
			       (t.procedure #>> '{rating,at}')::timestamptz AS at
			FROM tickets t
			WHERE t.procedure ? 'rating' AND t.updated_at >= @from AND t.against IS DISTINCT FROM @viewer) r
		WHERE at >= @from AND at < @to
		ORDER BY coalesce(score <= 2, false) OR coalesce(NOT helped, false) DESC, at DESC LIMIT 100`
	args := pgx.NamedArgs{"viewer": viewer, "from": span.From, "to": span.To}
	found, err := all(ctx, s, sql, args, func(row pgx.CollectableRow) (c tickets.Comment, err error) {
		err = row.Scan(&c.Number, &c.Category, &c.Rating.Score, &c.Rating.Helped, &c.Rating.Text, &c.Rating.At)
		return c, err
	})
	if err != nil {
		return nil, fmt.Errorf("players' comments: %w", err)
	}
	return found, nil
}
