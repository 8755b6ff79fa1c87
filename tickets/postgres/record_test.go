package postgres_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets/postgres"
)

// A reader does not wait for a slow record, and the record is not lost.
func TestASlowRecordGoesOn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	conn, err := pgx.Connect(t.Context(), d.url)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `LOCK TABLE asks IN ACCESS EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := d.RecordAskSoon(t.Context(), anAsk("a")); !errors.Is(err, postgres.ErrSlow) {
		t.Errorf("while the table is locked: %v", err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("the reader waited %v", took)
	}
	if err := conn.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.Close()
	if n := d.count(`SELECT count(*) FROM asks`); n != 1 {
		t.Errorf("%d records, want 1", n)
	}
}
