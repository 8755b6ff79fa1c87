package local_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"otvet/tickets/postgres/local"
)

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
	keep(t, c)
	stop(t, c)
	stop(t, c) // harmless
	if _, err := query(t, before, `SELECT 'x'`); err == nil {
		t.Error("still answers after Stop")
	}
	again, log := begin(t, dir)
	kept(t, again)
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

func TestAFolderOfAnyName(t *testing.T) {
	t.Parallel()
	name := `-c fsync=off "quoted" $HOME 'name', with\ all данные 🎲` + strings.Repeat("/long", 40)
	dir := filepath.Join(folder(t), name)
	c, _ := begin(t, dir)
	expect(t, c.URL, `SELECT current_setting('data_directory')`, filepath.Join(dir, "data"))
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
