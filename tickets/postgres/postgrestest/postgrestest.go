// Package postgrestest gives each test a fresh, migrated database of its own on one
// private cluster.
package postgrestest

import (
	"testing"

	"otvet/tickets/postgres"
)

// URL returns the address of a new migrated database, dropped when the test ends.
// Without a PostgreSQL server the test is skipped, and fails under CI.
func URL(t testing.TB) string { panic("unbuilt") }

// Store returns a ready store on a database from [URL].
func Store(t testing.TB) *postgres.Store { panic("unbuilt") }
