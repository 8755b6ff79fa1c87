package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

var errNotReady = fmt.Errorf("%w: not ready yet", tickets.ErrUnavailable)

// attempts is how often a transaction is tried that PostgreSQL gave up through no fault
// of its own.
const attempts = 4

// snapshot shows all queries of a transaction the same state.
var snapshot = pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}

// within runs do in a transaction, again after a deadlock and the like.
func (s *Store) within(ctx context.Context, how pgx.TxOptions, do func(context.Context, pgx.Tx) error) error {
	if !s.ready.Load() {
		return errNotReady
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var err error
	for range attempts {
		err = pgx.BeginTxFunc(ctx, s.pool, how, func(tx pgx.Tx) error { return do(ctx, tx) })
		if !repeatable(err) {
			break
		}
	}
	return classified(err)
}

// write runs do in a transaction that may change something.
func (s *Store) write(ctx context.Context, do func(context.Context, pgx.Tx) error) error {
	return s.within(ctx, pgx.TxOptions{}, do)
}

// exec runs one statement and returns how many rows it touched.
func (s *Store) exec(ctx context.Context, sql string, args pgx.NamedArgs) (int64, error) {
	if !s.ready.Load() {
		return 0, errNotReady
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tag, err := s.pool.Exec(ctx, sql, args)
	return tag.RowsAffected(), classified(err)
}

// one runs a statement that returns one row; none is tickets.ErrNotFound.
func one[T any](ctx context.Context, s *Store, sql string, args pgx.NamedArgs, scan pgx.RowToFunc[T]) (T, error) {
	found, err := all(ctx, s, sql, args, scan)
	if err == nil && len(found) == 0 {
		err = tickets.ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return found[0], nil
}

// all runs a statement that returns rows.
func all[T any](ctx context.Context, s *Store, sql string, args pgx.NamedArgs, scan pgx.RowToFunc[T]) ([]T, error) {
	if !s.ready.Load() {
		return nil, errNotReady
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	rows, err := s.pool.Query(ctx, sql, args)
	if err != nil {
		return nil, classified(err)
	}
	found, err := pgx.CollectRows(rows, scan)
	return found, classified(err)
}

// first reads one row within a transaction; none is tickets.ErrNotFound.
func first[T any](ctx context.Context, tx pgx.Tx, sql string, args pgx.NamedArgs, scan pgx.RowToFunc[T]) (T, error) {
	rows, err := tx.Query(ctx, sql, args)
	if err != nil {
		var none T
		return none, err
	}
	v, err := pgx.CollectOneRow(rows, scan)
	return v, noRows(err)
}

// list reads rows within a transaction.
func list[T any](ctx context.Context, tx pgx.Tx, sql string, args pgx.NamedArgs, scan pgx.RowToFunc[T]) ([]T, error) {
	rows, err := tx.Query(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

// moment is a time as the database keeps it; zero means now.
func moment(t time.Time) time.Time {
	if t.IsZero() {
		t = time.Now()
	}
	return t.UTC().Truncate(time.Microsecond)
}
