package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"otvet/kb"
	"otvet/tickets"
)

// RecordAsk keeps an ask and the passages that it showed. A key that is known already
// changes nothing. The same question of the same visit, as when somebody goes back to the results,
// is opened when it was before.
func (s *Store) RecordAsk(ctx context.Context, a tickets.Ask) error {
	const sql = `
		INSERT INTO asks (key, visit, channel, question, locale, verdict, confidence, outcome, at, opened)
		VALUES (@key, @visit, @channel, @question, @locale, @verdict, @confidence, @outcome, @at,
			EXISTS (SELECT FROM asks b WHERE b.visit = @visit AND b.visit <> '' AND b.ticket_id IS NULL
				AND b.question = @question AND b.opened))
		ON CONFLICT (key) DO NOTHING
		RETURNING id`
	a, err := a.Validate()
	if err != nil {
		return fmt.Errorf("record ask: %w", err)
	}
	at := moment(a.At)
	err = s.write(ctx, func(ctx context.Context, tx pgx.Tx) error {
		id, err := first(ctx, tx, sql, pgx.NamedArgs{
			"key": a.Key, "visit": a.Visit, "channel": a.Channel, "question": a.Question, "locale": a.Locale,
			"verdict": a.Verdict, "confidence": a.Confidence, "outcome": a.Outcome, "at": at,
		}, pgx.RowTo[int64])
		if errors.Is(err, tickets.ErrNotFound) {
			return nil // the key is known
		}
		if err != nil {
			return err
		}
		return keepCitations(ctx, tx, id, at, a.Shown)
	})
	if err != nil {
		return fmt.Errorf("record ask: %w", err)
	}
	return nil
}

// SetOutcome notes what came of an ask; one that led to a ticket stays as it is. An unknown key is tickets.ErrNotFound.
func (s *Store) SetOutcome(ctx context.Context, key string, o tickets.AskOutcome) error {
	if !o.Valid() {
		return fmt.Errorf("set outcome of an ask: %w", invalid("outcome", tickets.Unknown))
	}
	if !storable(key) {
		return fmt.Errorf("set outcome of an ask: %w", tickets.ErrNotFound)
	}
	n, err := s.exec(ctx, `UPDATE asks SET outcome = CASE WHEN ticket_id IS NULL THEN @outcome ELSE outcome END WHERE key = @key`, pgx.NamedArgs{"outcome": o, "key": key})
	if err == nil && n == 0 {
		err = tickets.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("set outcome of an ask: %w", err)
	}
	return nil
}

// linkAsks gives a new ticket what its visitor had asked in the last two hours. An ask
// that was answered to the player's liking stays solved.
func linkAsks(ctx context.Context, tx pgx.Tx, t tickets.Ticket, n tickets.NewTicket) error {
	const sql = `
		UPDATE asks
		SET ticket_id = @ticket, outcome = CASE outcome WHEN 'solved' THEN outcome ELSE 'ticket' END
		WHERE visit = @visit AND visit <> '' AND ticket_id IS NULL
		  AND at > @at::timestamptz - interval '2 hours'`
	_, err := tx.Exec(ctx, sql, pgx.NamedArgs{"ticket": t.ID, "visit": n.Visit, "at": n.At})
	return err
}

// asksOf returns what led to a ticket, oldest first, with what was shown.
func asksOf(ctx context.Context, tx pgx.Tx, ticket int64) ([]tickets.Ask, error) {
	const sql = `
		SELECT id, key, visit, channel, question, locale, verdict, confidence, outcome, at
		FROM asks WHERE ticket_id = @ticket ORDER BY id`
	var ids []int64
	asks, err := list(ctx, tx, sql, pgx.NamedArgs{"ticket": ticket}, func(row pgx.CollectableRow) (a tickets.Ask, err error) {
		var id int64
		err = row.Scan(&id, &a.Key, &a.Visit, &a.Channel, &a.Question, &a.Locale, &a.Verdict, &a.Confidence, &a.Outcome, &a.At)
		ids = append(ids, id)
		return a, err
	})
	if err != nil || len(asks) == 0 {
		return nil, err
	}
	return asks, addShown(ctx, tx, ids, asks)
}

// addShown fills in the citations of asks, whose ids are parallel to them.
func addShown(ctx context.Context, tx pgx.Tx, ids []int64, asks []tickets.Ask) error {
	const sql = `
		SELECT array_position(@ids::bigint[], s.ask_id) - 1, ` + citationColumns + `
		FROM ask_citations s JOIN citations c USING (ref)
		WHERE s.ask_id = ANY (@ids) ORDER BY s.ask_id, s.place`
	rows, err := tx.Query(ctx, sql, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var i int
		var c kb.Citation
		if err := rows.Scan(append([]any{&i}, citationFields(&c)...)...); err != nil {
			return err
		}
		asks[i].Shown = append(asks[i].Shown, c)
	}
	return rows.Err()
}
