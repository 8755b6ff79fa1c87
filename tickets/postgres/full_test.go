package postgres_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"otvet/tickets"
	"otvet/tickets/postgres/postgrestest"
)

// smallDisk mounts a file system of 160 MB, of which a cluster needs some 60.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "otvet-disk-")
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", dir).CombinedOutput(); err != nil {
		_ = os.Remove(dir)
		if os.Geteuid() == 0 && os.Getenv("CI") != "" {
			t.Fatalf("mount a small file system: %s", out)
		}
		t.Skipf("mounting a small file system takes root: %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
		_ = os.Remove(dir)
	})
	return dir
}

func TestAFullDisk(t *testing.T) {
	t.Parallel()
	dir := smallDisk(t)
	cluster := postgrestest.ClusterIn(t, dir)
	d := &desk{Store: postgrestest.Open(t, cluster.URL), t: t, url: cluster.URL}
	first := d.open()
	ballast := fill(t, dir)
	body := func(n *tickets.NewTicket) { n.Body = strings.Repeat("деньги ", 1000) }
	accepted := 1
	var refused tickets.NewTicket
	for refused.Key == "" {
		form := d.form(body)
		switch _, err := d.OpenTicket(t.Context(), form); {
		case err == nil:
			accepted++
		case errors.Is(err, tickets.ErrUnavailable):
			refused = form
		default:
			t.Fatal(err)
		}
		if accepted > 20000 {
			t.Fatal("the disk does not get full")
		}
	}
	if got := d.dossier(first.Ticket.Number); len(got.Messages) != 1 {
		t.Errorf("reading from a full disk: %+v", got)
	}
	t.Logf("full after %d tickets", accepted)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for d.Ping(t.Context()) != nil && t.Context().Err() == nil { // it may have to recover
	}
	if _, err := d.OpenTicket(t.Context(), refused); err != nil {
		t.Errorf("with space again: %v", err)
	}
	if n := d.count(`SELECT count(*) FROM tickets`); n != accepted+1 {
		t.Errorf("%d tickets, %d were accepted", n, accepted+1)
	}
}

// fill leaves no space on the file system of dir.
func fill(t *testing.T, dir string) (ballast string) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = f.Write(make([]byte, 64<<10))
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}
