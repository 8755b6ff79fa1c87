package postgres_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"otvet/tickets"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

func opened(t *testing.T, url string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func TestMigrateFromTwoProcessesAtOnceAndAgain(t *testing.T) {
	t.Parallel()
	url := postgrestest.EmptyURL(t)
	var all sync.WaitGroup
	for range 4 {
		s := opened(t, url)
		all.Go(func() {
			if err := s.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	s := opened(t, url)
	if err := s.Migrate(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestReadyRefusesAForeignSchema(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, sql, of, says string }{
		{"nothing migrated", `DROP TABLE goose_db_version`, "otvet", "otvet migrate"},
		{"older", `DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)`, "otvet", "otvet migrate"},
		{"newer", `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`, "otvet", "newer otvet"},
		{"without River", `DELETE FROM river_migration WHERE version > 3`, "river", "otvet migrate"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			url := postgrestest.URL(t)
			conn, err := pgx.Connect(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(t.Context())
			if _, err := conn.Exec(t.Context(), c.sql); err != nil {
				t.Fatal(err)
			}
			s := opened(t, url)
			var schema *postgres.SchemaError
			err = s.Ready(t.Context())
			if !errors.As(err, &schema) || schema.Of != c.of || !strings.Contains(err.Error(), c.says) {
				t.Errorf("ready: %v", err)
			}
			if err := s.Ping(t.Context()); !errors.Is(err, tickets.ErrUnavailable) {
				t.Errorf("ping: %v", err)
			}
		})
	}
}

func TestMigrateRefusesANewerSchema(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if err := d.sql(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`); err != nil {
		t.Fatal(err)
	}
	var schema *postgres.SchemaError
	if err := d.Migrate(t.Context()); !errors.As(err, &schema) || schema.Have != 99999 {
		t.Errorf("migrate: %v", err)
	}
}

func TestReadyRefusesAServerThatForgets(t *testing.T) {
	t.Parallel()
	cluster := postgrestest.Cluster(t)
	s := opened(t, cluster.URL)
	conn, err := pgx.Connect(t.Context(), cluster.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), `ALTER DATABASE otvet SET synchronous_commit = off`); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("a cluster for tests: %v", err)
	}
	cluster.Stop()
	cluster.StartDurable()
	var forgets *postgres.DurabilityError
	if err := opened(t, cluster.URL).Ready(t.Context()); !errors.As(err, &forgets) || forgets.Value != "off" {
		t.Errorf("a cluster that players trust: %v", err)
	}
}

func TestNothingWorksBeforeReady(t *testing.T) {
	t.Parallel()
	s := opened(t, postgrestest.URL(t))
	for name, err := range everyMethod(t, s) {
		if !errors.Is(err, tickets.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOpenRefusesWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"postgres://user:s3cret@host:port/db", "host=x port=no password=s3cret"} {
		s, err := postgres.Open(t.Context(), url)
		if err == nil || s != nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", url, err)
		}
	}
	s := opened(t, "postgres://nobody:s3cret@127.0.0.1:1/none?sslmode=disable")
	began := time.Now()
	if err := s.Ready(t.Context()); !errors.Is(err, tickets.ErrUnavailable) || strings.Contains(err.Error(), "s3cret") || time.Since(began) > 5*time.Second {
		t.Errorf("no server: %v after %v", err, time.Since(began))
	}
}

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}
