package postgres

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Allow takes one token from the bucket named key, which holds limit tokens and refills
// within per; false means that it is empty. Shared by all replicas. The time is the
// database's, so that replicas' clocks need not agree.
func (s *Store) Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, error) {
	// An empty bucket is left as it is, so that trying does not keep it empty.
	const sql = `
		INSERT INTO buckets AS b (key, tokens, at, full_at)
		VALUES (@key, @limit::float8 - 1, clock_timestamp(), clock_timestamp() + @per::interval)
		ON CONFLICT (key) DO UPDATE
		SET tokens  = least(@limit, b.tokens + @limit * greatest(0, extract(epoch FROM clock_timestamp() - b.at)) / @seconds::float8) - 1,
		    at      = clock_timestamp(),
		    full_at = clock_timestamp() + @per::interval
		WHERE least(@limit, b.tokens + @limit * greatest(0, extract(epoch FROM clock_timestamp() - b.at)) / @seconds::float8) >= 1
		RETURNING tokens`
	if limit <= 0 || per <= 0 {
		return false, nil
	}
	name := sha256.Sum256([]byte(key))
	_, err := one(ctx, s, sql, pgx.NamedArgs{
		"key": name[:], "limit": limit, "per": per, "seconds": per.Seconds(),
	}, pgx.RowTo[float64])
	switch {
	case errors.Is(err, tickets.ErrNotFound):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("take from a bucket: %w", err)
	}
	return true, nil
}
