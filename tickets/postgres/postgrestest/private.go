package postgrestest

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"otvet/tickets/postgres"
	"otvet/tickets/postgres/local"
)

// Private is a cluster for one test, which may stop it, kill it and start it again. Its
// database is migrated.
type Private struct {
	URL string
	Dir string // the folder given to local.Start

	t       testing.TB
	running *local.Cluster
	frozen  []int // processes
}

// Cluster returns a running cluster of the test's own. It is gone when the test ends,
// also when the test process is killed.
func Cluster(t testing.TB) *Private {
	t.Helper()
	base, err := os.MkdirTemp(place, "otvet-cluster-")
	if err != nil {
		t.Fatal(err)
	}
	return ClusterIn(t, base)
}

// ClusterIn is Cluster in a folder of the caller's, such as a small file system.
func ClusterIn(t testing.TB, base string) *Private {
	t.Helper()
	p, alive, err := newPrivate(t, base)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.Stop()
		_ = alive.Close() // the watchdog removes the folder
	})
	p.Start()
	s, err := postgres.Open(t.Context(), p.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p
}

func newPrivate(t testing.TB, base string) (p *Private, alive *os.File, err error) {
	if err := os.Chmod(base, 0o755); err != nil { // for the server's user
		return nil, nil, err
	}
	p = &Private{t: t, Dir: filepath.Join(base, "pg")}
	if p.URL, err = local.URLFor(p.Dir); err != nil {
		return nil, nil, err
	}
	u, err := url.Parse(p.URL)
	if err != nil {
		return nil, nil, err
	}
	sockets := u.Query().Get("host")
	alive, err = guard(filepath.Join(base, "alive"), filepath.Join(p.Dir, "data"), []string{base, sockets})
	return p, alive, err
}

// Start starts the cluster again.
func (p *Private) Start() {
	p.t.Helper()
	p.start(local.Volatile())
}

// StartDurable starts the cluster again as `otvet serve` would, with fsync.
func (p *Private) StartDurable() {
	p.t.Helper()
	p.start()
}

func (p *Private) start(opts ...local.Option) {
	p.t.Helper()
	ctx, opts := context.WithoutCancel(p.t.Context()), append(opts, local.Detached())
	c, err := local.Start(ctx, p.Dir, slog.New(slog.DiscardHandler), opts...)
	if err != nil {
		refuse(p.t, err)
	}
	p.running = c
}

// Stop stops the cluster, as an administrator would.
func (p *Private) Stop() {
	p.t.Helper()
	if p.running == nil {
		return
	}
	if err := p.running.Stop(context.WithoutCancel(p.t.Context())); err != nil {
		p.t.Error(err)
	}
}

// Signal sends a signal to the server's main process.
func (p *Private) Signal(how syscall.Signal) {
	p.t.Helper()
	pid, err := p.running.PID()
	if err == nil {
		err = syscall.Kill(pid, how)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// Freeze stops every process of the server from running, until Thaw.
func (p *Private) Freeze() {
	p.t.Helper()
	conn, err := pgx.Connect(p.t.Context(), p.URL)
	if err != nil {
		p.t.Fatal(err)
	}
	rows, _ := conn.Query(p.t.Context(), `SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()`)
	p.frozen, err = pgx.CollectRows(rows, pgx.RowTo[int])
	if err := errors.Join(err, conn.Close(p.t.Context())); err != nil {
		p.t.Fatal(err)
	}
	p.Signal(syscall.SIGSTOP) // first, so that it starts no others
	for _, pid := range p.frozen {
		_ = syscall.Kill(pid, syscall.SIGSTOP) // may have ended by itself
	}
}

// Thaw lets a frozen server go on.
func (p *Private) Thaw() {
	p.t.Helper()
	for _, pid := range p.frozen {
		_ = syscall.Kill(pid, syscall.SIGCONT) // may have ended by itself
	}
	p.Signal(syscall.SIGCONT)
}
