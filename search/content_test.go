package search_test

import (
	"bytes"
	"maps"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"otvet/kb"
	"otvet/search"
)

// today is a day before the small content's Terms change.
func today() time.Time { return time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC) }

// smallContent returns the tree of testdata/content.txtar.
func smallContent(t testing.TB) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/content.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, f := range archive.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return fsys
}

// replaced returns a copy of a tree with other words in the place of some in one file.
func replaced(fsys fstest.MapFS, file, old, words string) fstest.MapFS {
	changed := maps.Clone(fsys)
	changed[file] = &fstest.MapFile{Data: bytes.ReplaceAll(fsys[file].Data, []byte(old), []byte(words))}
	return changed
}

// load returns the library of a tree that has no problem.
func load(t testing.TB, fsys fstest.MapFS) *kb.Library {
	t.Helper()
	lib, problems := kb.Load(fsys, today())
	for _, p := range problems {
		t.Errorf("content: %s", p)
	}
	return lib
}

// shipped returns the content that otvet ships.
func shipped(t testing.TB) *kb.Library {
	t.Helper()
	lib, problems := kb.Load(os.DirFS("../content"), today())
	for _, p := range problems {
		t.Logf("content: %s", p)
	}
	return lib
}

func newEngine(t testing.TB, lib *kb.Library) *search.Engine {
	t.Helper()
	engine, err := search.NewEngine(lib)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	return engine
}
