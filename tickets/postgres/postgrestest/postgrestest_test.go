package postgrestest_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets/postgres/postgrestest"
)

func TestEachTestHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	one, two, empty := postgrestest.URL(t), postgrestest.URL(t), postgrestest.EmptyURL(t)
	exec := func(url, sql string) error {
		conn, err := pgx.Connect(t.Context(), url)
		if err != nil {
			return err
		}
		defer conn.Close(t.Context())
		_, err = conn.Exec(t.Context(), sql)
		return err
	}
	if err := exec(one, `TRUNCATE agents CASCADE; CREATE TABLE mine ()`); err == nil {
		t.Error("the events could be truncated by way of agents")
	}
	if err := exec(one, `CREATE TABLE mine ()`); err != nil {
		t.Error(err)
	}
	if err := exec(two, `CREATE TABLE mine ()`); err != nil {
		t.Errorf("two databases are one: %v", err)
	}
	if err := exec(empty, `SELECT FROM tickets`); err == nil {
		t.Error("the empty database is migrated")
	}
	var gone string
	t.Run("ends", func(t *testing.T) { gone = postgrestest.URL(t) })
	if err := exec(gone, `SELECT`); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("a database after its test: %v", err)
	}
}

// Processes of another checkout share a cluster of their own; it goes with the last of
// them, also when they are killed.
func TestTheServerGoesWithTheLastProcess(t *testing.T) {
	t.Parallel()
	checkout := t.TempDir()
	if err := os.WriteFile(filepath.Join(checkout, "go.mod"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time, the data are there
		first, url := user(t, checkout)
		second, again := user(t, checkout)
		if cluster(url) != cluster(again) || url == again {
			t.Errorf("databases %s and %s", url, again)
		}
		dir := folder(t, url)
		t.Cleanup(func() { _ = os.RemoveAll(dir) })
		_ = first.Process.Kill()
		_ = first.Wait() // it was killed
		if !answers(t, again) {
			t.Error("the server went with the first process")
		}
		_ = second.Process.Kill()
		_ = second.Wait() // it was killed
		deadline := time.Now().Add(30 * time.Second)
		for answers(t, again) && time.Now().Before(deadline) {
			time.Sleep(20 * time.Millisecond)
		}
		if answers(t, again) {
			t.Error("the server outlives every process")
		}
	}
}

// folder returns what the processes of a checkout share.
func folder(t *testing.T, url string) (data string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), `SHOW data_directory`).Scan(&data); err != nil {
		t.Fatal(err)
	}
	return filepath.Dir(filepath.Dir(data))
}

func cluster(url string) string {
	_, host, _ := strings.Cut(url, "?")
	return host
}

func answers(t *testing.T, url string) bool {
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		return false
	}
	return conn.Close(t.Context()) == nil
}

// user runs this test program as one that takes a database and waits.
func user(t *testing.T, checkout string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestTakeAndWait$")
	cmd.Dir = checkout
	cmd.Env = append(os.Environ(), "OTVET_TEST_WAIT=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	url, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(url, "postgres://") {
		t.Fatalf("%q, %v", url, err)
	}
	return cmd, strings.TrimSpace(url)
}

// TestTakeAndWait is the program that [user] runs.
func TestTakeAndWait(t *testing.T) {
	if os.Getenv("OTVET_TEST_WAIT") == "" {
		return // this is no test
	}
	fmt.Println(postgrestest.URL(t))
	<-t.Context().Done()
}
