package postgres

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrateLock is the advisory lock under which one process migrates at a time.
const migrateLock = 0x6f74766574 // "otvet"

// Migrate brings the schema (ours and River's) up to date. It is safe to run twice and
// from two processes at once. A schema newer than the program's is a *SchemaError.
func (s *Store) Migrate(ctx context.Context) error {
	config := s.pool.Config()
	config.MaxConns = 3
	for _, limit := range []string{"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"} {
		delete(config.ConnConfig.RuntimeParams, limit) // a migration takes as long as it takes
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer pool.Close()
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", classified(err))
	}
	defer conn.Release()
	if err := alone(ctx, conn); err != nil {
		return fmt.Errorf("migrate: %w", classified(err))
	}
	defer conn.Conn().Close(context.WithoutCancel(ctx)) // frees the lock, whatever happened
	if err := migrate(ctx, pool); err != nil {
		return fmt.Errorf("migrate: %w", classified(err))
	}
	return nil
}

// alone takes the lock by trying, since a session that waits for it would hold up
// statements that wait for all others.
func alone(ctx context.Context, conn *pgxpool.Conn) error {
	for {
		var mine bool
		err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, int64(migrateLock)).Scan(&mine)
		if mine || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func migrate(ctx context.Context, pool *pgxpool.Pool) error {
	have, err := schemaVersion(ctx, pool)
	if err != nil {
		return err
	}
	ours, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close() // does not close the pool
	up, err := goose.NewProvider(goose.DialectPostgres, db, ours)
	if err != nil {
		return err
	}
	if want := latest(); have > want {
		return &SchemaError{Of: "otvet", Have: have, Want: want}
	}
	if _, err := up.Up(ctx); err != nil {
		return err
	}
	rivers, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	_, err = rivers.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// latest returns the version of the newest migration that is compiled in.
func latest() int64 {
	var newest int64
	names, _ := fs.Glob(migrations, "migrations/*.sql") // fails on a malformed pattern only
	for _, name := range names {
		if v, err := goose.NumericComponent(name); err == nil {
			newest = max(newest, v)
		}
	}
	return newest
}

// SchemaHash names the schema that Migrate makes, for tests that keep a copy of it.
func SchemaHash() string {
	sum := sha256.New()
	names, _ := fs.Glob(migrations, "migrations/*.sql") // fails on a malformed pattern only
	for _, name := range names {
		b, _ := migrations.ReadFile(name) // was just listed
		sum.Write(b)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}
