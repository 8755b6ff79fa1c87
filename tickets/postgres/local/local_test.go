package local_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"otvet/tickets/postgres/local"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// folder returns a folder that the server's user can enter, gone when the test ends.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "otvet-local-")
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// record is a log to look into.
type record struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.Write(p)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.String()
}

func (r *record) logger() *slog.Logger { return slog.New(slog.NewTextHandler(r, nil)) }

// begin starts a cluster that is stopped when the test ends.
func begin(t *testing.T, dir string, opts ...local.Option) (*local.Cluster, *record) {
	t.Helper()
	log := &record{}
	c, err := local.Start(t.Context(), dir, log.logger(), append(opts, local.Volatile())...)
	if errors.Is(err, local.ErrNoServer) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, c) })
	return c, log
}

func stop(t *testing.T, c *local.Cluster) {
	t.Helper()
	if err := c.Stop(context.Background()); err != nil {
		t.Error(err)
	}
}

// query returns the one value that a statement yields.
func query(t *testing.T, url, sql string) (string, error) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		return "", err
	}
	defer conn.Close(t.Context())
	var s *string
	if err := conn.QueryRow(t.Context(), sql).Scan(&s); err != nil || s == nil {
		return "", err
	}
	return *s, nil
}

func expect(t *testing.T, url, sql, want string) {
	t.Helper()
	if got, err := query(t, url, sql); got != want || err != nil {
		t.Errorf("%s: %q, %v; want %q", sql, got, err, want)
	}
}

// keep puts something into the database that [kept] finds again.
func keep(t *testing.T, c *local.Cluster) {
	t.Helper()
	_, _ = query(t, c.URL, `CREATE TABLE kept (v text)`) // yields nothing
	expect(t, c.URL, `INSERT INTO kept VALUES ('yes') RETURNING v`, "yes")
}

func kept(t *testing.T, c *local.Cluster) {
	t.Helper()
	expect(t, c.URL, `SELECT v FROM kept`, "yes")
}

func pid(t *testing.T, c *local.Cluster) int {
	t.Helper()
	n, err := c.PID()
	if err != nil {
		t.Fatal(err)
	}
	return n
}
