package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"otvet/tickets/postgres"
	"otvet/tickets/postgres/local"
)

// migrateCommand is "otvet migrate".
type migrateCommand struct {
	databaseFlags
}

// Help is the end of the command's help.
func (migrateCommand) Help() string {
	return `Safe to run twice and from several machines at once. "otvet serve" does it by itself for its private server, but never for DATABASE_URL.`
}

// Run migrates.
func (c *migrateCommand) Run(ctx context.Context, w world) error {
	return c.with(ctx, w, func(ctx context.Context, s *postgres.Store) error {
		if err := s.Migrate(ctx); err != nil {
			return err
		}
		if err := s.Ready(ctx); err != nil {
			return err
		}
		fmt.Fprintln(w.stdout, "The schema is up to date.")
		return nil
	})
}

// commandTime bounds what a command waits for the database.
const commandTime = 2 * time.Minute

// with lets use work on the database: that of DATABASE_URL, or the private one, which
// is started for the time of the command unless "otvet serve" runs it.
func (f databaseFlags) with(ctx context.Context, w world, use func(context.Context, *postgres.Store) error) error {
	ctx, cancel := context.WithTimeout(ctx, commandTime)
	defer cancel()
	return f.connected(ctx, w, use)
}

// long is with for what takes as long as it takes, on a database that is ready.
func (f databaseFlags) long(ctx context.Context, w world, use func(context.Context, *postgres.Store) error) error {
	return f.connected(ctx, w, func(ctx context.Context, s *postgres.Store) error {
		if err := s.Ready(ctx); err != nil {
			return err
		}
		return use(ctx, s)
	})
}

func (f databaseFlags) connected(ctx context.Context, w world, use func(context.Context, *postgres.Store) error) error {
	store, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if !f.private() {
		return use(ctx, store)
	}
	if _, err := os.Stat(f.folder()); errors.Is(err, fs.ErrNotExist) {
		return &exitError{statusUsage, fmt.Errorf(`no database: set DATABASE_URL, or give with --data the folder in which "otvet serve" has run (%s has none)`, f.Data)}
	}
	log := slog.New(slog.NewTextHandler(w.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	cluster, err := local.Start(ctx, f.folder(), log)
	var busy *local.BusyError
	if errors.As(err, &busy) { // "otvet serve" runs it
		return use(ctx, store)
	}
	if err != nil {
		return err
	}
	return errors.Join(use(ctx, store), cluster.Stop(ctx))
}
