package postgres

import (
	"context"
	"fmt"
)

// Purge removes what has run out: sessions, full buckets, and idempotency keys after a
// week.
func (s *Store) Purge(ctx context.Context) error {
	for _, sql := range []string{
		`DELETE FROM sessions WHERE expiry < now()`,
		`DELETE FROM buckets WHERE full_at < now()`,
		`DELETE FROM idempotency_keys WHERE created_at < now() - interval '7 days'`,
	} {
		if _, err := s.exec(ctx, sql, nil); err != nil {
			return fmt.Errorf("purge: %w", err)
		}
	}
	return nil
}
