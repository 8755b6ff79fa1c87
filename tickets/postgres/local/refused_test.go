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

func TestAnImpatientCaller(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := local.Start(ctx, dir, slog.New(slog.DiscardHandler)); !errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("gave up after %v", took)
	}
	c, _ := begin(t, dir)
	expect(t, c.URL, `SELECT 'x'`, "x")
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
