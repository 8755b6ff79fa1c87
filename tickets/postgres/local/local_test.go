package local_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

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

func pid(t *testing.T, c *local.Cluster) int {
	t.Helper()
	n, err := c.PID()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestStartStopAndStartAgain(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(folder(t), "not there yet", "pg")
	before, err := local.URLFor(dir)
	if err != nil {
		t.Fatal(err)
	}
	c, log := begin(t, dir)
	if c.URL != before {
		t.Errorf("started at %s, announced %s", c.URL, before)
	}
	if !strings.Contains(log.String(), "initialising the database") {
		t.Errorf("log: %s", log)
	}
	expect(t, c.URL, `CREATE TABLE kept (v text); INSERT INTO kept VALUES ('yes') RETURNING v`, "yes")
	stop(t, c)
	stop(t, c) // harmless
	if _, err := query(t, before, `SELECT 'x'`); err == nil {
		t.Error("still answers after Stop")
	}
	again, log := begin(t, dir)
	expect(t, again.URL, `SELECT v FROM kept`, "yes")
	if log.String() != "" {
		t.Errorf("an ordinary start logs %s", log)
	}
}

func TestTheServerIsPrivateAndDurable(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	c, err := local.Start(t.Context(), dir, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer stop(t, c)
	for setting, want := range map[string]string{
		"listen_addresses": "", "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "data_checksums": "on",
		"server_encoding": "UTF8", "cluster_name": "otvet", "unix_socket_permissions": "0700",
	} {
		expect(t, c.URL, `SELECT current_setting('`+setting+`')`, want)
	}
	expect(t, c.URL, `SELECT lower('ЫЁ')`, "ыё")
	expect(t, c.URL, `SELECT to_tsvector('russian', 'Выводом')::text`, `'вывод':1`)
	u, err := url.Parse(c.URL)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(u.Query().Get("host"))
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("socket folder: %v, %v", info.Mode(), err)
	}
	server := pid(t, c)
	if group, err := syscall.Getpgid(server); err != nil || group == syscall.Getpgrp() || group != server {
		t.Errorf("process group %d of %d, %v: Ctrl-C would reach it", group, server, err)
	}
}

func TestAnotherProcessIsRefused(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	c, _ := begin(t, dir)
	var busy *local.BusyError
	_, err := local.Start(t.Context(), dir, slog.New(slog.DiscardHandler))
	if !errors.As(err, &busy) || busy.PID != strconv.Itoa(os.Getpid()) || !strings.Contains(err.Error(), dir) {
		t.Errorf("second start: %v", err)
	}
	expect(t, c.URL, `SELECT 'alive'`, "alive")
}

// A link to the folder is the same cluster.
func TestAFolderHasOneName(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	link := dir + "-link"
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(link)
	straight, err1 := local.URLFor(filepath.Join(dir, "a", "b"))
	around, err2 := local.URLFor(filepath.Join(link, "a", "..", "a", "b"))
	if straight != around || err1 != nil || err2 != nil {
		t.Errorf("%s, %v and %s, %v", straight, err1, around, err2)
	}
}

func TestWeAreKilledAndTheNextStartOwnsTheServer(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	killed(t, dir)
	c, log := begin(t, dir)
	expect(t, c.URL, `SELECT v FROM kept`, "yes")
	if !strings.Contains(log.String(), "joined") {
		t.Errorf("log: %s", log)
	}
	server := pid(t, c)
	stop(t, c)
	if err := syscall.Kill(server, 0); err == nil {
		t.Error("a joined server lives on after Stop")
	}
}

// killed runs this test program as one that starts a cluster and is killed.
func killed(t *testing.T, dir string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestStartAndWait$")
	cmd.Env = append(os.Environ(), "OTVET_TEST_DIR="+dir)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	line := make([]byte, len("ready"))
	_, err = io.ReadFull(out, line)
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // it was killed
	if err != nil {
		t.Fatalf("the program that is to be killed says %q, %v", line, err)
	}
}

// TestStartAndWait is the program that [killed] runs.
func TestStartAndWait(t *testing.T) {
	dir := os.Getenv("OTVET_TEST_DIR")
	if dir == "" {
		return // this is no test
	}
	c, err := local.Start(t.Context(), dir, slog.New(slog.DiscardHandler), local.Volatile())
	if err != nil {
		t.Fatal(err)
	}
	expect(t, c.URL, `CREATE TABLE kept (v text); INSERT INTO kept VALUES ('yes') RETURNING v`, "yes")
	fmt.Println("ready")
	<-t.Context().Done()
}

func TestAServerThatDiesIsStartedAgain(t *testing.T) {
	t.Parallel()
	c, log := begin(t, folder(t))
	expect(t, c.URL, `CREATE TABLE kept (v text); INSERT INTO kept VALUES ('yes') RETURNING v`, "yes")
	if err := syscall.Kill(pid(t, c), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(20 * time.Second)
	for {
		got, err := query(t, c.URL, `SELECT v FROM kept`)
		if err == nil && got == "yes" && strings.Contains(log.String(), "has died") {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%v; log: %s", err, log)
		}
	}
}

func TestAStalePidFile(t *testing.T) {
	t.Parallel()
	dir, other := folder(t), folder(t)
	c, _ := begin(t, dir)
	stranger, _ := begin(t, other)
	stop(t, c)
	for name, number := range map[string]int{
		"of a dead process": 1 << 22, "of this test": os.Getpid(), "of another cluster": pid(t, stranger), "of init": 1,
	} {
		file := filepath.Join(dir, "data", "postmaster.pid")
		text := fmt.Sprintf("%d\n%s\n%d\n5432\n/nowhere\n\n  1 1\nready   \n", number, filepath.Join(dir, "data"), time.Now().Unix())
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		log := &record{}
		c, err := local.Start(t.Context(), dir, log.logger(), local.Volatile())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		expect(t, c.URL, `SELECT 'x'`, "x")
		stop(t, c)
		if strings.Contains(log.String(), "joined") {
			t.Errorf("%s: joined", name)
		}
	}
	expect(t, stranger.URL, `SELECT 'alive'`, "alive")
}

func TestKilledWhileInitialising(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	if err := os.MkdirAll(filepath.Join(dir, "data.new", "base"), 0o700); err != nil {
		t.Fatal(err)
	}
	c, _ := begin(t, dir)
	expect(t, c.URL, `SELECT 'x'`, "x")
}

func TestFoldersOfAnyName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		strings.Repeat("long/", 40), `a "quoted" $HOME 'name', with\ all`, "данные игрока 🎲", "-x -c fsync=off",
	} {
		dir := filepath.Join(folder(t), name)
		c, _ := begin(t, dir)
		expect(t, c.URL, `SELECT current_setting('data_directory')`, filepath.Join(dir, "data"))
		stop(t, c)
	}
}

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

// What players write must not get into the server's log by way of an error.
func TestTheServersLogHoldsNoText(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	c, _ := begin(t, dir)
	for _, sql := range []string{
		`CREATE TABLE people (email text PRIMARY KEY CHECK (email <> 'canary-1'))`, `INSERT INTO people VALUES ('canary-1')`,
		`INSERT INTO people VALUES ('canary-2'), ('canary-2')`, `SELECT 'canary-3' FROM nowhere`, `SELECT 1/0 AS "canary-4"`,
	} {
		_, _ = query(t, c.URL, sql) // they fail, or return nothing
	}
	log, err := os.ReadFile(filepath.Join(dir, "server.log"))
	if err != nil || bytes.Contains(log, []byte("canary")) || !bytes.Contains(log, []byte("violates check constraint")) {
		t.Errorf("%v: %s", err, log)
	}
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

func TestRunning(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	is := func(want bool) {
		t.Helper()
		if got, err := local.Running(dir); got != want || err != nil {
			t.Errorf("%v, %v", got, err)
		}
	}
	is(false)
	c, _ := begin(t, dir, local.Detached())
	is(true)
	stop(t, c)
	is(false)
	if _, err := c.PID(); err == nil {
		t.Error("a stopped server has a process")
	}
}
