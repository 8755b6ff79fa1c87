package postgres

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
	"otvet/tickets/policy"
)

// Report returns how requests were handled in a span, as it is known at now.
func (s *Store) Report(ctx context.Context, span tickets.Span, now time.Time) (tickets.Report, error) {
	r := tickets.Report{Span: span, By: map[tickets.Dimension][]tickets.Figures{}}
	args := pgx.NamedArgs{"from": span.From, "to": span.To, "now": now, "duties": tickets.Duties()}
	err := s.within(ctx, snapshot, func(ctx context.Context, tx pgx.Tx) error {
		clear(r.By)
		if err := readFigures(ctx, tx, args, &r); err != nil {
			return fmt.Errorf("figures: %w", err)
		}
		if err := readKept(ctx, tx, args, &r); err != nil {
			return fmt.Errorf("clocks: %w", err)
		}
		return readFairness(ctx, tx, args, &r)
	})
	if err != nil {
		return tickets.Report{}, fmt.Errorf("report from %s to %s: %w", span.From.Format(time.DateOnly), span.To.Format(time.DateOnly), err)
	}
	return r, nil
}

// happenings are what became of tickets in the span. Events say what was and what came in
// "from" and "to", of the stage or the status, and the new status in "status" where it is
// not that (see detailOf). From an end to another nothing is resolved again.
const happenings = `
	SELECT ticket_id, max(at) FILTER (WHERE ends AND NOT ended) AS resolved_at,
	       bool_or(ended AND resumes) AS reopened, bool_or(change = 'appealed') AS appealed
	FROM (
		SELECT ticket_id, at, change,
		       coalesce(detail ->> 'status', detail ->> 'to', '') IN ('solved', 'closed') AS ends,
		       coalesce(detail ->> 'status', detail ->> 'to', '') IN ('new', 'open', 'pending', 'on-hold') AS resumes,
		       coalesce(detail ->> 'from', '') IN ('solved', 'answered', 'final', 'closed') AS ended
		FROM events
		WHERE at >= @from AND at < @to
		  AND change NOT IN ('category_set', 'department_set', 'kind_set', 'assigned', 'merged', 'unmerged')) e
	GROUP BY ticket_id`

// facts has a row for each ticket that the report may be about.
const facts = `
	SELECT t.kind, t.category, t.channel, t.department,
	       t.procedure #>> '{findings,cause}' AS cause,
	       CASE WHEN (t.procedure #>> '{decisions,-1,approved}')::boolean THEN t.procedure #>> '{decisions,-1,outcome}' END AS outcome,
	       f.received, e.resolved_at IS NOT NULL AS resolved, coalesce(e.reopened, false) AS reopened,
	       f.received AND EXISTS (
	           SELECT FROM asks a WHERE a.ticket_id = t.id AND a.verdict = 'no_answer') AS unanswered,
	       f.received AND EXISTS (
	           SELECT FROM tickets o
	           WHERE (lower(o.login) = lower(t.login) OR lower(o.email) = lower(t.email)) AND o.category = t.category
	             AND o.received_at < t.received_at AND o.received_at >= t.received_at - interval '30 days'
	             AND o.merged_into IS NULL) AS repeated,
	       CASE WHEN f.answered >= @from AND f.answered < @to
	            THEN (extract(epoch FROM f.answered - t.received_at) * 1000000)::bigint END AS answer,
	       (extract(epoch FROM e.resolved_at - t.received_at) * 1000000)::bigint AS solve,
	       CASE WHEN f.rated THEN nullif((t.procedure #>> '{rating,score}')::integer, 0) END AS score,
	       CASE WHEN f.rated THEN (t.procedure #>> '{rating,helped}')::boolean END AS helped
	FROM tickets t LEFT JOIN happenings e ON e.ticket_id = t.id
	CROSS JOIN LATERAL (
		SELECT t.received_at >= @from AS received, (t.procedure ->> 'first_answer_at')::timestamptz AS answered,
		       coalesce((t.procedure #>> '{rating,at}')::timestamptz >= @from
		            AND (t.procedure #>> '{rating,at}')::timestamptz < @to, false) AS rated) f
	WHERE t.merged_into IS NULL AND t.received_at < @to AND t.updated_at >= @from`

// readFigures counts everything by each dimension, and once in all.
func readFigures(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs, r *tickets.Report) error {
	const sql = `
		WITH happenings AS (` + happenings + `), facts AS (` + facts + `)
		SELECT CASE WHEN GROUPING(kind) = 0 THEN 'kind' WHEN GROUPING(category) = 0 THEN 'category'
		            WHEN GROUPING(channel) = 0 THEN 'channel' WHEN GROUPING(department) = 0 THEN 'department'
		            WHEN GROUPING(outcome) = 0 THEN 'outcome' WHEN GROUPING(cause) = 0 THEN 'cause' ELSE '' END,
		       coalesce(kind, category, channel, department, outcome, cause, ''),
		       count(*) FILTER (WHERE received), count(*) FILTER (WHERE unanswered), count(*) FILTER (WHERE repeated),
		       count(*) FILTER (WHERE resolved), count(*) FILTER (WHERE reopened),
		       count(answer), coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY answer), 0),
		       coalesce(percentile_disc(0.9) WITHIN GROUP (ORDER BY answer), 0),
		       count(solve), coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY solve), 0),
		       coalesce(percentile_disc(0.9) WITHIN GROUP (ORDER BY solve), 0),
		       count(score), coalesce(sum(score), 0), count(*) FILTER (WHERE helped), count(helped)
		FROM facts
		GROUP BY GROUPING SETS ((), (kind), (category), (channel), (department), (outcome), (cause))
		ORDER BY 1, 3 DESC, 2`
	rows, err := tx.Query(ctx, sql, args)
	if err != nil {
		return err
	}
	var by tickets.Dimension
	var f tickets.Figures
	var answer, solve spread
	_, err = pgx.ForEachRow(rows, []any{
		&by, &f.Key, &f.Received, &f.Unanswered, &f.Repeated, &f.Resolved, &f.Reopened,
		&answer.count, &answer.median, &answer.p90, &solve.count, &solve.median, &solve.p90,
		&f.Said.Scores, &f.Said.Sum, &f.Said.Helped, &f.Said.Asked,
	}, func() error {
		f.Answer, f.Solve = answer.value(), solve.value()
		switch {
		case by == "":
			r.All = f
		case f.Key != "" && f != tickets.Figures{Key: f.Key}:
			r.By[by] = append(r.By[by], f)
		}
		return nil
	})
	return err
}

// spread is a tickets.Spread in microseconds.
type spread struct {
	count       int
	median, p90 int64
}

func (s spread) value() tickets.Spread {
	return tickets.Spread{Count: s.count, Median: time.Duration(s.median) * time.Microsecond, P90: time.Duration(s.p90) * time.Microsecond}
}

// readKept counts clocks that ended in the span. One that ran out did so when it was due,
// however late the scheduler came, or has not come yet.
func readKept(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs, r *tickets.Report) error {
	const sql = `
		SELECT rule, count(*) FILTER (WHERE kept), count(*)
		FROM (
			SELECT d.rule, k.kept, CASE WHEN k.kept THEN d.ended_at ELSE coalesce(d.due_at, d.ended_at) END AS at
			FROM deadlines d JOIN tickets t ON t.id = d.ticket_id
			CROSS JOIN LATERAL (SELECT d.state = 'met' AND (d.due_at IS NULL OR d.ended_at <= d.due_at) AS kept) k
			WHERE d.rule = ANY(@duties) AND t.merged_into IS NULL) c
		WHERE at >= @from AND at < @to AND at <= @now
		GROUP BY rule`
	kept, err := list(ctx, tx, sql, args, pgx.RowToStructByPos[tickets.Duty])
	if err != nil {
		return err
	}
	rules := policy.Rules()
	slices.SortFunc(kept, func(a, b tickets.Duty) int { return slices.Index(rules, a.Rule) - slices.Index(rules, b.Rule) })
	r.Clocks = kept
	return nil
}

// readFairness counts what players may object to. A request is overtaken when one that
// reached the same department by the same channel later was answered before it was
// answered or ended; that somebody in distress comes first is no overtaking.
func readFairness(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs, r *tickets.Report) error {
	const sql = `
		WITH line AS (
			SELECT id, department, channel, received_at, (procedure ->> 'first_answer_at')::timestamptz AS answered,
			       coalesce(least((procedure ->> 'first_answer_at')::timestamptz, (procedure ->> 'closed_at')::timestamptz), 'infinity') AS served
			FROM tickets
			WHERE merged_into IS NULL AND priority <> 'safety' AND received_at < @to AND (updated_at >= @from OR status <> 'closed'))
		SELECT (SELECT count(*) FROM (
		            SELECT answered, max(served) OVER (PARTITION BY department, channel ORDER BY received_at, id
		                                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
		            FROM line) l
		        WHERE answered >= @from AND answered < @to AND before > answered),
		       (SELECT count(*) FROM tickets
		        WHERE merged_into IS NULL AND received_at >= @from AND received_at < @to AND (procedure ->> 'late')::boolean),
		       (SELECT count(*) FROM (` + happenings + `) e JOIN tickets t ON t.id = e.ticket_id WHERE e.appealed AND t.merged_into IS NULL)`
	rows, err := tx.Query(ctx, sql, args)
	if err != nil {
		return err
	}
	_, err = pgx.ForEachRow(rows, []any{&r.Overtakings, &r.Late, &r.Appeals}, func() error { return nil })
	return err
}
