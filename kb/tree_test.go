package kb_test

import (
	"flag"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"otvet/kb"
)

var update = flag.Bool("update", false, "write the golden files anew")

// today is a day on which the second of the clean tree's three versions of Terms is in force.
func today() time.Time { return date("2026-11-20") }

// date reads year-month-day.
func date(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

// tree reads a content tree in the txtar format.
func tree(archive string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return fsys
}

// cleanTree returns the tree of testdata/clean.txtar after some edits.
func cleanTree(t testing.TB, edits ...edit) fstest.MapFS {
	t.Helper()
	archive, err := os.ReadFile("testdata/clean.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := tree(string(archive))
	for _, e := range edits {
		e(t, fsys)
	}
	return fsys
}

// edit is one change to a content tree.
type edit func(testing.TB, fstest.MapFS)

// replace puts other words in the place of some that the file holds exactly once.
func replace(file, old, words string) edit {
	return func(t testing.TB, fsys fstest.MapFS) {
		t.Helper()
		text := string(fsys[file].Data)
		if n := strings.Count(text, old); n != 1 {
			t.Fatalf("%s holds %q %d times, want once", file, old, n)
		}
		fsys[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, words, 1))}
	}
}

// put writes a file.
func put(file, text string) edit {
	return func(_ testing.TB, fsys fstest.MapFS) { fsys[file] = &fstest.MapFile{Data: []byte(text)} }
}

// remove takes files away: one, or a whole folder.
func remove(name string) edit {
	return func(_ testing.TB, fsys fstest.MapFS) {
		for file := range fsys {
			if file == name || strings.HasPrefix(file, name+"/") {
				delete(fsys, file)
			}
		}
	}
}

// load loads a tree that must be without problems.
func load(t testing.TB, fsys fstest.MapFS, now time.Time) *kb.Library {
	t.Helper()
	lib, problems := kb.Load(fsys, now)
	for _, p := range problems {
		t.Errorf("unexpected problem: %s", p)
	}
	return lib
}

// golden compares text with a file of testdata, or writes the file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); go test -update writes it anew:\n%s", file, diff)
	}
}

// stairs returns a list in which each item is one level deeper than the one before.
func stairs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("  ", i) + "- x\n")
	}
	return b.String() + "\n"
}
