package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"otvet/tickets"
)

// SchemaError says that the database's schema is not the one that this program knows.
type SchemaError struct {
	Of         string // whose schema: "otvet" or "river"
	Have, Want int64
}

// Error names the command that mends it.
func (e *SchemaError) Error() string {
	if e.Have > e.Want {
		return fmt.Sprintf("the database's %s schema has version %d, and this program knows only %d: run a newer otvet", e.Of, e.Have, e.Want)
	}
	return fmt.Sprintf("the database's %s schema has version %d, and this program needs %d: run `otvet migrate`", e.Of, e.Have, e.Want)
}

// DurabilityError says that the server may lose what it has confirmed.
type DurabilityError struct{ Setting, Value string }

// Error names the setting.
func (e *DurabilityError) Error() string {
	return fmt.Sprintf("the database server has %s = %s and may lose confirmed tickets: set it to on", e.Setting, e.Value)
}

// forgetful is the cluster_name by which a server made for tests owns up to losing what
// it confirmed; see local.VolatileName.
const forgetful = "otvet-volatile"

// Ready checks the connection, the schema (*SchemaError) and that commits are durable
// (fsync and synchronous_commit, *DurabilityError), and from then on lets the other
// methods through.
func (s *Store) Ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	defer cancel()
	if err := s.check(ctx); err != nil {
		return fmt.Errorf("database: %w", classified(err))
	}
	s.ready.Store(true)
	return nil
}

func (s *Store) check(ctx context.Context) error {
	have, err := schemaVersion(ctx, s.pool)
	if err != nil {
		return err
	}
	if want := latest(); have != want {
		return &SchemaError{Of: "otvet", Have: have, Want: want}
	}
	if err := checkRiver(ctx, s.pool); err != nil {
		return err
	}
	return checkDurable(ctx, s.pool)
}

// schemaVersion returns the version of our schema, 0 when there is none.
func schemaVersion(ctx context.Context, pool *pgxpool.Pool) (int64, error) {
	var have int64
	err := pool.QueryRow(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&have)
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == "42P01" { // undefined_table
		return 0, nil
	}
	return have, err
}

func checkRiver(ctx context.Context, pool *pgxpool.Pool) error {
	rivers, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	done, err := rivers.ExistingVersions(ctx)
	if err != nil {
		return err
	}
	versions := rivers.AllVersions()
	want, have := int64(versions[len(versions)-1].Version), int64(0)
	for _, m := range done {
		have = max(have, int64(m.Version))
	}
	if have != want {
		return &SchemaError{Of: "river", Have: have, Want: want}
	}
	return nil
}

func checkDurable(ctx context.Context, pool *pgxpool.Pool) error {
	rows, err := pool.Query(ctx, `
		SELECT name, setting FROM pg_settings
		WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off'
		  AND current_setting('cluster_name') <> $1`, forgetful)
	if err != nil {
		return err
	}
	off, err := pgx.CollectRows(rows, pgx.RowToStructByPos[DurabilityError])
	if err != nil || len(off) == 0 {
		return err
	}
	return &off[0]
}

// Ping reports whether the store can work now: nil, or tickets.ErrUnavailable, also for a
// database that can be read only.
func (s *Store) Ping(ctx context.Context) error {
	readable, err := one(ctx, s, `SELECT current_setting('transaction_read_only')`, nil, pgx.RowTo[string])
	if err == nil && readable == "on" {
		err = errors.New("the database is read-only")
	}
	if err != nil && !errors.Is(err, tickets.ErrUnavailable) && ctx.Err() == nil {
		err = fmt.Errorf("%w: %w", tickets.ErrUnavailable, err)
	}
	return err
}
