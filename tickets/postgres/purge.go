package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// wordsDays is how many days the words are kept that people typed into the search or
// below an article: as long as the counts that they explain.
const wordsDays = viewsDays

// purgeBatch is how much of what people typed goes at a time: what has piled up for years
// must not take longer than a statement may.
const purgeBatch = 1000

// Purge removes what has run out: sessions, links and tokens to sign in by, full buckets,
// letters with such links after two days, idempotency keys after a week,
// and after 400 days views, readers' words on articles, and asks that led to no ticket. An
// ask that did is part of the ticket's history and stays with it; so do the passages that
// were shown, which are the operator's own text.
func (s *Store) Purge(ctx context.Context) error {
	const oldFeedback = `
		DELETE FROM feedback WHERE id IN (
			SELECT id FROM feedback WHERE at < now() - @words::integer * interval '1 day' LIMIT @batch)`
	const oldAsks = `
		WITH old AS (
			SELECT id FROM asks
			WHERE ticket_id IS NULL AND at < now() - @words::integer * interval '1 day'
			ORDER BY at LIMIT @batch FOR UPDATE SKIP LOCKED),
		shown AS (DELETE FROM ask_citations c USING old WHERE c.ask_id = old.id)
		DELETE FROM asks a USING old WHERE a.id = old.id`
	for _, sql := range []string{
		`DELETE FROM sessions WHERE expiry < now()`,
		`DELETE FROM buckets WHERE full_at < now()`,
		`DELETE FROM idempotency_keys WHERE created_at < now() - interval '7 days'`,
		`DELETE FROM sign_in_links WHERE expires_at < now()`,
		`DELETE FROM sign_in_letters WHERE created_at < now() - interval '2 days'`,
		`DELETE FROM spent_tokens WHERE expires_at < now()`,
		`DELETE FROM article_views WHERE day < current_date - @views::integer`,
		oldFeedback,
		oldAsks,
	} {
		if err := s.purge(ctx, sql); err != nil {
			return fmt.Errorf("purge: %w", err)
		}
	}
	return nil
}

// purge runs a statement until it finds less than a batch.
func (s *Store) purge(ctx context.Context, sql string) error {
	for {
		n, err := s.exec(ctx, sql, pgx.NamedArgs{"views": viewsDays, "words": wordsDays, "batch": purgeBatch})
		if err != nil || n < purgeBatch {
			return err
		}
	}
}
