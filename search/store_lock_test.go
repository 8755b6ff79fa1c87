//go:build linux || darwin

package search_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestAnIndexThatCannotBeReadNowIsLeft: while somebody has it locked everything works in memory, and
// afterwards the same folder serves again.
func TestAnIndexThatCannotBeReadNowIsLeft(t *testing.T) {
	t.Parallel()
	dir, content := filepath.Join(t.TempDir(), "index"), smallContent(t)
	engine, _ := openStored(t, content, dir)
	if err := engine.Close(); err != nil { // it holds a lock for reading
		t.Fatal(err)
	}
	before, unlock := identities(t, dir), lock(t, dir)
	locked, log := openStored(t, content, dir)
	if said := log.String(); !strings.Contains(said, "without the index on disk") || strings.Count(said, "\n") != 1 {
		t.Errorf("while it is locked the log says %q", said)
	}
	sameAnswers(t, newEngine(t, load(t, content)), locked, smallQuestions())
	unlock()
	if _, log := openStored(t, content, dir); log.String() != "" {
		t.Errorf("once it is unlocked the log says %q", log)
	}
	if after := identities(t, dir); !slices.EqualFunc(before, after, os.SameFile) {
		t.Errorf("another folder has replaced it: %v, %v", before, after)
	}
}

// identities returns what the system knows of the stored folders.
func identities(t *testing.T, dir string) (all []os.FileInfo) {
	t.Helper()
	for _, folder := range stored(t, dir) {
		info, err := os.Stat(folder)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, info)
	}
	return all
}

// lock locks bleve's index of a language as one who writes to it would.
func lock(t *testing.T, dir string) (unlock func()) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(stored(t, dir)[0], "ru.bleve", "store", "root.bolt"), os.O_RDWR, 0)
	if err == nil {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
