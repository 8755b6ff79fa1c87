package local_test

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"otvet/tickets/postgres/local"
)

func TestWeAreKilledAndTheNextStartOwnsTheServer(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	killed(t, dir)
	c, log := begin(t, dir)
	kept(t, c)
	if !strings.Contains(log.String(), "joined") {
		t.Errorf("log: %s", log)
	}
	stop(t, c)
	if running, err := local.Running(dir); running || err != nil {
		t.Errorf("a joined server lives on after Stop: %v, %v", running, err)
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
	keep(t, c)
	fmt.Println("ready")
	<-t.Context().Done()
}

func TestAServerThatDiesIsStartedAgain(t *testing.T) {
	t.Parallel()
	c, log := begin(t, folder(t))
	keep(t, c)
	if err := syscall.Kill(pid(t, c), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	deadline := time.After(30 * time.Second)
	for {
		got, err := query(t, c.URL, `SELECT v FROM kept`)
		if err == nil && got == "yes" && strings.Contains(log.String(), "has died") {
			return
		}
		select {
		case <-deadline:
			t.Fatalf("%v; log: %s", err, log)
		case <-time.After(50 * time.Millisecond):
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
