package search_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"otvet/kb"
	"otvet/search"
)

// storeVariable names the store of a process that a test starts; see TestAsAProcess.
const storeVariable = "OTVET_TEST_STORE"

// TestAsAProcess is what other processes do: open the small content with a store and ask.
func TestAsAProcess(t *testing.T) {
	dir := os.Getenv(storeVariable)
	if dir == "" {
		t.Skip("runs in the processes that other tests start")
	}
	engine, log := openStored(t, smallContent(t), dir)
	for _, text := range smallQuestions() {
		fmt.Printf("%+v\n", all(t, engine, search.Query{Text: text, Locale: kb.RU}))
	}
	if strings.Contains(log.String(), "without the index on disk") {
		t.Error(log)
	}
}

// start runs TestAsAProcess in a process of its own.
func start(t *testing.T, dir string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	return startProgram(t, os.Args[0], dir)
}

// startProgram is start for a build of the tests.
func startProgram(t *testing.T, program, dir string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	command := exec.Command(program, "-test.run=^TestAsAProcess$", "-test.timeout=60s")
	command.Env = append(os.Environ(), storeVariable+"="+dir)
	command.Stdout, command.Stderr = &out, &out
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	return command, &out
}

// TestProcessesShareAFolder starts several at once on an empty folder and then on the full one: none
// waits for another, and all say the same.
func TestProcessesShareAFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	said := map[string]int{}
	var mu sync.Mutex
	for range 2 {
		var running sync.WaitGroup
		for range 4 {
			running.Go(func() {
				command, out := start(t, dir)
				if err := command.Wait(); err != nil {
					t.Errorf("process: %v\n%s", err, out)
				}
				answers, _, _ := strings.Cut(out.String(), "\nPASS")
				mu.Lock()
				defer mu.Unlock()
				said[answers]++
			})
		}
		running.Wait()
	}
	if len(said) != 1 {
		t.Errorf("processes give %d different answers", len(said))
	}
	if n := len(stored(t, dir)); n != 1 {
		t.Errorf("%d folders are left, want 1", n)
	}
}

// TestAnotherBuildMakesItsOwnIndex: what one program has stored, another does not take for its own; the
// next start of either finds it. Not parallel: a program that was just written cannot be started
// while another test is starting one.
func TestAnotherBuildMakesItsOwnIndex(t *testing.T) {
	dir, other := filepath.Join(t.TempDir(), "index"), filepath.Join(t.TempDir(), "other")
	program, err := os.ReadFile(os.Args[0])
	if err == nil {
		err = os.WriteFile(other, program, 0o700) // built later
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, step := range []struct {
		program string
		indexes int
	}{{os.Args[0], 1}, {other, 2}, {os.Args[0], 2}, {other, 2}} {
		command, out := startProgram(t, step.program, dir)
		if err := command.Wait(); err != nil {
			t.Fatalf("start %d: %v\n%s", i, err, out)
		}
		if n := len(stored(t, dir)); n != step.indexes {
			t.Errorf("start %d leaves %d indexes, want %d", i, n, step.indexes)
		}
	}
}

// TestKilledWhileWriting: whenever a process dies, the next one works.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	dir, fresh := filepath.Join(t.TempDir(), "index"), newEngine(t, load(t, smallContent(t)))
	for i := range 8 {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		command, _ := start(t, dir)
		time.Sleep(time.Duration(i) * 25 * time.Millisecond)
		_ = command.Process.Kill()
		_ = command.Wait()
		engine, log := openStored(t, smallContent(t), dir)
		if strings.Contains(log.String(), "cannot be used") {
			t.Errorf("half an index had its final name: %s", log)
		}
		sameAnswers(t, fresh, engine, smallQuestions()[:3])
	}
}
