// Package local runs a private PostgreSQL cluster from the machine's own server
// binaries: the database of `otvet serve` without DATABASE_URL, and of every test.
package local

import (
	"context"
	"errors"
	"log/slog"
)

// ErrNoServer says that no PostgreSQL server binaries were found; its text tells how to
// install them.
var ErrNoServer = errors.New("no PostgreSQL server found: install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17)")

// Cluster is a running private cluster.
type Cluster struct{ URL string }

// URLFor returns the connection string of the cluster in dir, which need not run yet.
func URLFor(dir string) (string, error) { panic("unbuilt") }

// Start finds the server, initialises dir if it is empty, and starts or joins the
// cluster. It returns when the server accepts connections.
func Start(ctx context.Context, dir string, log *slog.Logger) (*Cluster, error) { panic("unbuilt") }

// Stop ends the server (a fast shutdown) unless it was joined.
func (c *Cluster) Stop(ctx context.Context) error { panic("unbuilt") }
