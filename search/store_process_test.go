package search_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
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
	if strings.Contains(log.String(), "not kept") {
		t.Error(log)
	}
}

// start runs TestAsAProcess in a process of its own.
func start(t *testing.T, dir string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	command := exec.Command(os.Args[0], "-test.run=^TestAsAProcess$", "-test.timeout=60s")
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
	dir := t.TempDir()
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

// TestKilledWhileWriting: whenever a process dies, the next one works.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	dir, fresh := t.TempDir(), newEngine(t, load(t, smallContent(t)))
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
