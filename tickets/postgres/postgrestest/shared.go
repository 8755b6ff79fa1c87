package postgrestest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"otvet/tickets/postgres/local"
)

// shared joins the cluster once a process, which holds on to it until it ends.
var shared = sync.OnceValues(join)

// cluster is the shared cluster.
type cluster struct {
	base  string   // the address of its maintenance database
	dir   string   // of the checkout's test data
	alive *os.File // the pipe that tells the watchdog of us

	migrated func() (string, error) // the template's name, looked up once
}

// join starts the cluster or takes part in it. A lock orders the processes.
func join() (*cluster, error) {
	dir, err := testDir()
	if err != nil {
		return nil, err
	}
	unlock, err := exclusive(filepath.Join(dir, "joining"))
	if err != nil {
		return nil, err
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	base, err := local.URLFor(filepath.Join(dir, "pg"))
	if err != nil {
		return nil, err
	}
	c := &cluster{base: base, dir: dir}
	c.migrated = sync.OnceValues(c.template)
	data, pipe := filepath.Join(dir, "pg"), filepath.Join(dir, "alive")
	if c.alive, err = take(pipe); err != nil {
		if err := gone(ctx, data); err != nil {
			return nil, err
		}
		if c.alive, err = guard(pipe, filepath.Join(data, "data"), nil); err != nil {
			return nil, err
		}
	}
	running, err := local.Running(data)
	if err == nil && !running {
		if err = start(ctx, data); err == nil {
			err = c.sweep(ctx)
		}
	}
	return c, err
}

// start starts the server; data that it cannot start with are of no worth.
func start(ctx context.Context, dir string) error {
	quiet := slog.New(slog.DiscardHandler)
	_, err := local.Start(ctx, dir, quiet, local.Volatile(), local.Detached())
	if err == nil || errors.Is(err, local.ErrNoServer) {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	_, err = local.Start(ctx, dir, quiet, local.Volatile(), local.Detached())
	return err
}

// stopTime is longer than a watchdog takes to stop its server.
const stopTime = 15 * time.Second

// gone waits until a server that is being stopped has left. One that stays has lost its
// watchdog; it is as good as a new one, and gets a new watchdog.
func gone(ctx context.Context, dir string) error {
	ctx, cancel := context.WithTimeout(ctx, stopTime)
	defer cancel()
	for {
		if running, err := local.Running(dir); !running || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// place is where any user's server can enter, whatever TMPDIR says.
const place = "/tmp"

// testDir returns the folder for this user and this checkout.
func testDir() (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(root))
	dir := filepath.Join(place, fmt.Sprintf("otvet-test-%d-%s", os.Geteuid(), hex.EncodeToString(sum[:6])))
	// The server's user must be able to enter, whatever the umask.
	if err := os.Mkdir(dir, 0o755); err == nil {
		return dir, os.Chmod(dir, 0o755)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return "", err
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); !ok || !info.IsDir() || int(stat.Uid) != os.Geteuid() {
		return "", fmt.Errorf("%s belongs to someone else: remove it", dir)
	}
	return dir, nil
}

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("tests run outside of a module")
		}
		dir = filepath.Dir(dir)
	}
	return "", err
}

// exclusive waits for the file's lock, which also ends with the process.
func exclusive(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() { _ = f.Close() }, nil
}

// url returns the address of another database of the cluster.
func (c *cluster) url(name string) string {
	u, err := url.Parse(c.base)
	if err != nil {
		return err.Error() // not reached: local made it
	}
	u.Path = "/" + name
	return u.String()
}
