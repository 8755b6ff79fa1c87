package postgres

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// Sessions returns the desk's session store. It keeps the tokens' hashes only, and
// answers within the same time as the store's other methods, which is why it is not
// scs's pgxstore. Expired sessions go with [Store.Purge].
func (s *Store) Sessions() scs.CtxStore { return sessions{s} }

type sessions struct{ store *Store }

// FindCtx implements scs.CtxStore.
func (s sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	const sql = `SELECT data FROM sessions WHERE hash = @hash AND expiry > now()`
	data, err := one(ctx, s.store, sql, pgx.NamedArgs{"hash": sessionHash(token)}, pgx.RowTo[[]byte])
	switch {
	case errors.Is(err, tickets.ErrNotFound):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("find session: %w", err)
	}
	return data, true, nil
}

// CommitCtx implements scs.CtxStore.
func (s sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	const sql = `
		INSERT INTO sessions (hash, data, expiry) VALUES (@hash, @data, @expiry)
		ON CONFLICT (hash) DO UPDATE SET data = excluded.data, expiry = excluded.expiry`
	_, err := s.store.exec(ctx, sql, pgx.NamedArgs{"hash": sessionHash(token), "data": data, "expiry": expiry})
	if err != nil {
		return fmt.Errorf("keep session: %w", err)
	}
	return nil
}

// DeleteCtx implements scs.CtxStore.
func (s sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.store.exec(ctx, `DELETE FROM sessions WHERE hash = @hash`, pgx.NamedArgs{"hash": sessionHash(token)})
	if err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// Find implements scs.Store.
func (s sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit implements scs.Store.
func (s sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete implements scs.Store.
func (s sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

func sessionHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
