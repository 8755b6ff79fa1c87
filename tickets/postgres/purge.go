package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Purge removes what has run out: sessions, full buckets, idempotency keys after a week,
// and views after 400 days.
func (s *Store) Purge(ctx context.Context) error {
	for _, sql := range []string{
		`DELETE FROM sessions WHERE expiry < now()`,
		`DELETE FROM buckets WHERE full_at < now()`,
		`DELETE FROM idempotency_keys WHERE created_at < now() - interval '7 days'`,
		`DELETE FROM article_views WHERE day < current_date - @views::integer`,
	} {
		if _, err := s.exec(ctx, sql, pgx.NamedArgs{"views": viewsDays}); err != nil {
			return fmt.Errorf("purge: %w", err)
		}
	}
	return nil
}
