package attachments_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"otvet/tickets/attachments"
)

// Whoever was told that a file is kept may commit a row: the file is whole. What was being
// written when the program was killed is at most an orphan, and Sweep removes it.
func TestKilledWhileKeeping(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	confirmed := map[string]bool{}
	for range 8 {
		for _, hash := range keptUntilKilled(t, dir, time.Duration(rand.IntN(200))*time.Millisecond) {
			confirmed[hash] = true
		}
	}
	if len(confirmed) == 0 {
		t.Fatal("nothing was confirmed: no test")
	}
	s := attachments.Open(dir, attachments.Limits{})
	for hash := range confirmed {
		if len(hash) == 64 {
			read(t, s, hash)
		}
	}
	for _, name := range kept(t, dir) { // orphans are whole too
		if base := filepath.Base(name); len(base) == 64 {
			read(t, s, base)
		}
		old := time.Now().Add(-attachments.Grace - time.Hour)
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	removed, err := s.Sweep(t.Context(), confirmed, attachments.Grace)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range kept(t, dir) {
		if hash, _, _ := strings.Cut(filepath.Base(name), "."); !confirmed[hash] {
			t.Errorf("left behind: %s", name)
		}
	}
	t.Logf("%d files confirmed, %d orphans removed", len(confirmed), removed)
}

// keptUntilKilled runs this test program as one that keeps files, kills it after a while
// and returns what it confirmed.
func keptUntilKilled(t *testing.T, dir string, after time.Duration) (hashes []string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKeepForEver$")
	cmd.Env = append(os.Environ(), "OTVET_TEST_FILES="+dir)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if len(hashes) == 0 {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		if len(lines.Text()) == 64 { // the last line may be cut off
			hashes = append(hashes, lines.Text())
		}
	}
	var killed *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &killed) || killed.Exited() {
		t.Fatalf("the program was not killed: %v", err)
	}
	return hashes
}

// TestKeepForEver is the program that TestKilledWhileKeeping kills.
func TestKeepForEver(t *testing.T) {
	dir := os.Getenv("OTVET_TEST_FILES")
	if dir == "" {
		t.Skip("only for TestKilledWhileKeeping")
	}
	s := attachments.Open(dir, attachments.Limits{})
	for i := 0; ; i++ {
		text := bytes.Repeat(fmt.Appendf(nil, "%d %d\n", os.Getpid(), i), 5000)
		fmt.Println(put(t, s, text, "a.log").Hash)
	}
}
