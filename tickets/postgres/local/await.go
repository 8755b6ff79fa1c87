package local

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// await returns when the server answers and has our database; errGone when its process
// ends before that.
func (s *server) await(ctx context.Context, pid int, budget time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, 100*time.Millisecond) {
		err := s.greet(ctx)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, errForeign):
			return err
		case !s.holds(pid):
			return errGone
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w: %w", ctx.Err(), err)
		case <-time.After(pause):
		}
	}
}

var errForeign = errors.New("another server answers there")

// greet connects, makes sure that it is our server, and creates our database when it is
// not there yet.
func (s *server) greet(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, address(s.sockets, "postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	var data string
	var exists bool
	err = conn.QueryRow(ctx, `SELECT current_setting('data_directory'), EXISTS (SELECT FROM pg_database WHERE datname = $1)`, database).Scan(&data, &exists)
	switch {
	case err != nil:
		return err
	case filepath.Clean(data) != s.data:
		return fmt.Errorf("%w: one of %s", errForeign, data)
	case exists:
		return nil
	}
	_, err = conn.Exec(ctx, "CREATE DATABASE "+database)
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == "42P04" { // duplicate_database: someone else was faster
		return nil
	}
	return err
}
