// Package postgrestest gives each test a fresh, migrated database of its own on one
// private cluster, and to tests of faults a cluster of their own.
//
// # One cluster for a run of go test
//
// The test processes of one user and one checkout share a cluster. The first that needs
// it starts it; each holds the writing end of a pipe, and a watchdog that reads the pipe
// stops the server when the last process has gone, however it went. The data stay, so
// that the next run need not initialise again; they are thrown away when the server does
// not start with them. Nothing is synced to disk.
//
// # A database for a test
//
// Migrations run once for each set of them, into a template; a test's database is a
// copy of its files, which takes some 25 ms.
package postgrestest

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"otvet/tickets/postgres"
	"otvet/tickets/postgres/local"
)

// URL returns the address of a new migrated database, dropped when the test ends.
// Without a PostgreSQL server the test is skipped, and fails under CI.
func URL(t testing.TB) string {
	t.Helper()
	return fresh(t, true)
}

// EmptyURL is URL without the migrations.
func EmptyURL(t testing.TB) string {
	t.Helper()
	return fresh(t, false)
}

// Store returns a ready store on a database from [URL].
func Store(t testing.TB) *postgres.Store {
	t.Helper()
	return Open(t, URL(t))
}

// Open returns a ready store on a migrated database, closed when the test ends.
func Open(t testing.TB, url string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func fresh(t testing.TB, migrated bool) string {
	t.Helper()
	c, err := shared()
	if err != nil {
		refuse(t, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	name, err := c.create(ctx, migrated)
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	t.Cleanup(func() {
		if err := c.drop(context.WithoutCancel(ctx), name); err != nil {
			t.Errorf("drop test database: %v", err)
		}
	})
	return c.url(name)
}

// refuse skips the test where there is no server, but not under CI.
func refuse(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, local.ErrNoServer) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	t.Fatal(err)
}
