package main

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"otvet/tickets/postgres/postgrestest"
)

// TestColdStart measures the time from the start of the process to the first answer on
// the shipped content, with a private cluster that exists already: under one second.
func TestColdStart(t *testing.T) {
	postgrestest.URL(t) // skips, or fails under CI, without a PostgreSQL server
	dir := enterableDir(t)
	startOn(t, dir)
	for range 10 { // the machine may be busy with other things
		answered, taken := startOn(t, dir)
		t.Logf("first answer after %s, tickets after %s", answered.Round(time.Millisecond), taken.Round(time.Millisecond))
		if answered < time.Second {
			return
		}
	}
	t.Error("the first answer never came within a second")
}

// startOn starts the server on a folder, asks it as soon as it listens, and stops it
// when tickets are taken.
func startOn(t *testing.T, dir string) (answered, taken time.Duration) {
	t.Helper()
	p, err := launch(dir, []string{"PATH=" + os.Getenv("PATH")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.end(os.Interrupt) })
	body := strings.NewReader(`{"question":"How long does a withdrawal take?","locale":"en"}`)
	response, err := http.Post(p.mustFind(t, helpSection)+"/api/v1/ask", "application/json", body)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answered = time.Since(p.began)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("status %d", response.StatusCode)
	}
	p.mustFind(t, ready)
	taken = time.Since(p.began)
	if err := p.end(os.Interrupt); err != nil {
		t.Fatalf("stop: %v\n%s", err, &p.stderr)
	}
	return answered, taken
}

// enterableDir is a test's folder that the database server's user may enter.
func enterableDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "otvet-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
