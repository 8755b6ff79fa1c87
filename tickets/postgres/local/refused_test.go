package local_test

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"otvet/tickets/postgres/local"
)

func TestDataOfAnotherVersion(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte("9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := local.Start(t.Context(), dir, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "made by PostgreSQL 9") {
		t.Error(err)
	}
}

func TestAServerThatCannotStartSaysWhy(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	c, _ := begin(t, dir)
	stop(t, c)
	if err := os.Remove(filepath.Join(dir, "data", "global", "pg_control")); err != nil {
		t.Fatal(err)
	}
	_, err := local.Start(t.Context(), dir, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "pg_control") {
		t.Error(err)
	}
}

// Whenever the caller gives up, nothing is left running, and the next start works.
func TestAnImpatientCaller(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	for _, patience := range []time.Duration{100, 0, 5, 10, 15, 20, 30, 40, 60, 80} { // milliseconds; the first time in initdb
		ctx, cancel := context.WithTimeout(t.Context(), patience*time.Millisecond)
		began := time.Now()
		c, err := local.Start(ctx, dir, slog.New(slog.DiscardHandler), local.Volatile())
		cancel()
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("patience of %d ms ended after %v", patience, took)
		}
		if err == nil {
			stop(t, c)
		}
		if running, err := local.Running(dir); running || err != nil {
			t.Errorf("patience of %d ms left a server running: %v", patience, err)
		}
		if patience == 100 {
			c, _ := begin(t, dir)
			stop(t, c)
		}
	}
	c, _ := begin(t, dir)
	expect(t, c.URL, `SELECT 'x'`, "x")
}

// A server that somebody started by hand elsewhere is not ours to take.
func TestAServerOnAnotherSocket(t *testing.T) {
	t.Parallel()
	dir, sockets := folder(t), folder(t)
	c, _ := begin(t, dir)
	pidFile := filepath.Join(dir, "data", "postmaster.pid")
	text, err := os.ReadFile(pidFile)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	lines[4] = sockets
	if err := os.WriteFile(pidFile, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = local.Start(t.Context(), dir, slog.New(slog.DiscardHandler), local.Detached())
	if err == nil || !strings.Contains(err.Error(), sockets) || !strings.Contains(err.Error(), "kill -INT") {
		t.Error(err)
	}
	expect(t, c.URL, `SELECT 'alive'`, "alive")
}

func TestASocketFolderOfSomeoneElse(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	address, err := local.URLFor(dir)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	sockets := u.Query().Get("host")
	for name, make := range map[string]func() error{
		"open to all": func() error { return errors.Join(os.Mkdir(sockets, 0o700), os.Chmod(sockets, 0o777)) },
		"a link":      func() error { return os.Symlink(dir, sockets) },
		"a file":      func() error { return os.WriteFile(sockets, nil, 0o600) },
	} {
		if err := make(); err != nil {
			t.Fatal(err)
		}
		if _, err := local.URLFor(dir); err == nil || !strings.Contains(err.Error(), sockets) {
			t.Errorf("%s: address: %v", name, err)
		}
		if _, err := local.Start(t.Context(), dir, slog.New(slog.DiscardHandler)); err == nil {
			t.Errorf("%s: started", name)
		}
		if err := os.Remove(sockets); err != nil {
			t.Fatal(err)
		}
	}
}
