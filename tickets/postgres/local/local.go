// Package local runs a private PostgreSQL cluster from the machine's own server
// binaries: the database of `otvet serve` without DATABASE_URL, and of every test.
//
// # Where things are
//
// The folder given to [Start] holds data/ (the cluster), server.log and lock. The server
// listens on a unix socket only, in a folder that nobody but its own user can enter; the
// folder's name follows from the cluster's, so that [URLFor] knows the address before
// the server runs.
//
// # As root
//
// PostgreSQL refuses to run as root. Then the server runs as "postgres" or "nobody", and
// when that user cannot enter the folder (one below root's home, say) the cluster is
// kept in /var/lib/otvet-<hash> instead; the file moved-to.txt in the folder names it.
//
// # Who stops the server
//
// Whoever holds the lock owns the server. It runs in a session of its own, so that
// Ctrl-C reaches us and not it, and [Cluster.Stop] ends it. When we are killed it lives
// on; the next Start finds it, joins it and owns it from then on. A server that dies
// while we live is started again.
package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"
)

// ErrNoServer says that no PostgreSQL server binaries were found; its text tells how to
// install them.
var ErrNoServer = errors.New("no PostgreSQL server found: install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17)")

// Time budgets, on top of what the caller's context allows.
const (
	initBudget  = 2 * time.Minute
	startBudget = time.Minute // crash recovery may take a while
	stopBudget  = 30 * time.Second
)

// Cluster is a running private cluster.
type Cluster struct {
	URL string

	server server
	lock   *os.File
	log    *slog.Logger
	unwind func() // ends the watch over the server
}

// Option changes how a cluster is started.
type Option func(*Cluster)

// Volatile makes the cluster fast and forgetful: commits do not survive a crash of the
// machine. For tests; the server says so in its cluster_name, [VolatileName].
func Volatile() Option { return func(c *Cluster) { c.server.volatile = true } }

// VolatileName is the cluster_name of a cluster started with [Volatile].
const VolatileName = "otvet-volatile"

// Detached leaves the server to itself: no lock is held and nobody watches it. It runs
// until somebody calls Stop or signals it.
func Detached() Option { return func(c *Cluster) { c.unwind = func() {} } }

// URLFor returns the connection string of the cluster in dir, which need not run yet.
func URLFor(dir string) (string, error) {
	sockets, err := socketDir(dir)
	if err != nil {
		return "", fmt.Errorf("address of the cluster in %s: %w", dir, err)
	}
	return address(sockets, database), nil
}

// Start finds the server, initialises dir if it is empty, and starts or joins the
// cluster. It returns when the server accepts connections. A folder whose cluster
// another living process owns is refused with a [*BusyError].
func Start(ctx context.Context, dir string, log *slog.Logger, opts ...Option) (*Cluster, error) {
	c, err := prepare(dir, log, opts)
	if err != nil {
		return nil, fmt.Errorf("private cluster in %s: %w", dir, err)
	}
	if err := c.up(ctx); err != nil {
		c.release()
		return nil, fmt.Errorf("private cluster in %s: %w", dir, err)
	}
	if c.unwind == nil {
		c.unwind = c.watch()
	}
	return c, nil
}

// prepare finds out where everything is and takes the lock.
func prepare(dir string, log *slog.Logger, opts []Option) (*Cluster, error) {
	who, err := serverAccount()
	if err != nil {
		return nil, err
	}
	home, err := homeOf(dir, who, log)
	if err != nil {
		return nil, err
	}
	sockets, err := socketDir(dir)
	if err != nil {
		return nil, err
	}
	c := &Cluster{URL: address(sockets, database), log: log}
	c.server.who, c.server.sockets = who, sockets
	c.server.data, c.server.logFile = filepath.Join(home, "data"), filepath.Join(home, "server.log")
	for _, o := range opts {
		o(c)
	}
	if c.unwind == nil {
		c.lock, err = lock(filepath.Join(home, "lock"))
	}
	return c, err
}

// up brings the server from whatever it is in to accepting connections.
func (c *Cluster) up(ctx context.Context) error {
	if initialised(c.server.data) {
		return c.resume(ctx)
	}
	bin, err := binariesFor(ctx, candidates(), c.server.data, c.server.who)
	if err != nil {
		return err
	}
	began := time.Now()
	c.log.Info("initialising the database, once", "data", c.server.data)
	if err := c.server.initialise(ctx, bin); err != nil {
		return err
	}
	c.log.Info("database initialised", "took", time.Since(began).Round(time.Millisecond))
	return c.server.start(ctx, bin)
}

// resume is up for data that are there.
func (c *Cluster) resume(ctx context.Context) error {
	joined, err := c.join(ctx)
	if joined || err != nil {
		return err
	}
	bin, err := binariesFor(ctx, candidates(), c.server.data, c.server.who)
	if err != nil {
		return err
	}
	return c.server.start(ctx, bin)
}

// join takes over a server that an earlier process left behind.
func (c *Cluster) join(ctx context.Context) (bool, error) {
	pid, err := c.server.pid()
	if pid == 0 || err != nil {
		return false, err
	}
	if at := c.server.servesAt(); at == "" || at == c.server.sockets {
		err = c.server.await(ctx, pid, startBudget)
	} else {
		err = fmt.Errorf("it listens at %s", at)
	}
	switch {
	case errors.Is(err, errGone):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("a PostgreSQL server (process %d) holds %s but does not answer at %s; stop it (kill -INT %d) and try again: %w",
			pid, c.server.data, c.server.sockets, pid, err)
	}
	c.log.Info("joined the database server that was left running", "pid", pid)
	return true, nil
}

// Stop ends the server, also one that was joined: by a fast shutdown, and when ctx or
// the time budget ends before that, by an immediate one, from which the next start
// recovers. Stopping twice is harmless.
func (c *Cluster) Stop(ctx context.Context) error {
	c.unwind()
	defer c.release()
	if err := c.server.stop(ctx); err != nil {
		return fmt.Errorf("stop the private cluster in %s: %w", c.server.data, err)
	}
	return nil
}

func (c *Cluster) release() {
	if c.lock != nil {
		_ = c.lock.Close() // nothing was written
	}
}
