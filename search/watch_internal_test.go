package search

import (
	"bytes"
	"io/fs"
	"log/slog"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"otvet/kb"
)

// folder is a content folder that a test changes between two looks.
type folder struct{ fstest.MapFS }

func readFolder(t *testing.T) *folder {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/content.txtar")
	if err != nil {
		t.Fatal(err)
	}
	f := &folder{fstest.MapFS{}}
	for _, file := range archive.Files {
		f.MapFS[file.Name] = &fstest.MapFile{Data: file.Data}
	}
	return f
}

// edit puts other words into a file; its size or time changes.
func (f *folder) edit(file, old, words string) {
	changed := maps.Clone(f.MapFS)
	data := bytes.ReplaceAll(f.MapFS[file].Data, []byte(old), []byte(words))
	changed[file] = &fstest.MapFile{Data: data, ModTime: f.MapFS[file].ModTime.Add(time.Second)}
	f.MapFS = changed
}

// Open reads the files as they are now.
func (f *folder) Open(name string) (fs.File, error) { return f.MapFS.Open(name) }

// watching returns an engine on the folder, its watcher and what the watcher logs.
func watching(t *testing.T, f *folder) (*Engine, *watcher, *strings.Builder) {
	t.Helper()
	lib, problems := kb.Load(f, day())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	engine, err := NewEngine(lib)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	var said strings.Builder
	return engine, &watcher{engine: engine, fsys: f, log: slog.New(slog.NewTextHandler(&said, nil))}, &said
}

// day is before the Terms of the small content change.
func day() time.Time { return time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC) }

func TestWatchLeavesSameContentAlone(t *testing.T) {
	t.Parallel()
	engine, w, said := watching(t, readFolder(t))
	before := engine.current.Load()
	for range 4 {
		w.look(day())
	}
	if engine.current.Load() != before || said.Len() > 0 {
		t.Errorf("unchanged content was served anew: %s", said)
	}
}

func TestWatchWaitsUntilTheFolderSettles(t *testing.T) {
	t.Parallel()
	f := readFolder(t)
	engine, w, _ := watching(t, f)
	w.look(day())
	w.look(day())
	old := engine.Status().Revision
	f.edit("ru/faq/account.md", "не помню пароль", "потерян пароль")
	w.look(day())
	if engine.Status().Revision != old {
		t.Fatal("a change was served at first sight")
	}
	f.edit("ru/faq/account.md", "потерян пароль", "пропал пароль")
	w.look(day())
	if engine.Status().Revision != old {
		t.Fatal("a change was served while the folder was changing")
	}
	w.look(day())
	if engine.Status().Revision == old {
		t.Fatal("a settled change is not served")
	}
}

func TestWatchRefusesBadContent(t *testing.T) {
	t.Parallel()
	f := readFolder(t)
	engine, w, said := watching(t, f)
	old := engine.Status().Revision
	f.edit("ru/faq/account.md", "category: account", "category: nonsense")
	for range 4 {
		w.look(day())
	}
	status := engine.Status()
	if status.Revision != old || len(status.Problems) == 0 {
		t.Fatalf("status %+v, want the old revision with problems", status)
	}
	if n := strings.Count(said.String(), "level=WARN"); n != 1 {
		t.Errorf("%d warnings for one change: %s", n, said)
	}
	if !strings.Contains(said.String(), status.Problems[0].File) {
		t.Errorf("the log does not name the first problem: %s", said)
	}
	f.edit("ru/faq/account.md", "category: nonsense", "category: account")
	w.look(day())
	w.look(day())
	if status := engine.Status(); status.Problems != nil {
		t.Errorf("mended content still has problems: %v", status.Problems)
	}
}

func TestWatchRefusesAMissingFolder(t *testing.T) {
	t.Parallel()
	f := readFolder(t)
	engine, w, _ := watching(t, f)
	whole := f.MapFS
	w.fsys = fs.FS(brokenFS{})
	w.look(day())
	w.look(day())
	if engine.Status().Problems == nil {
		t.Error("the status does not tell that the folder is gone")
	}
	f.MapFS, w.fsys = whole, f
	w.look(day())
	w.look(day())
	if engine.Status().Problems != nil {
		t.Error("the status does not tell that the folder is back")
	}
}

type brokenFS struct{}

func (brokenFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func TestWatchServesTermsFromTheirDay(t *testing.T) {
	t.Parallel()
	engine, w, _ := watching(t, readFolder(t))
	effective := func() string {
		a, ok := engine.Library().Article(kb.RU, "terms/payments")
		if !ok {
			t.Fatal("no terms")
		}
		return a.Effective.Format(time.DateOnly)
	}
	w.look(day())
	w.look(day())
	before := engine.Library().NextChange().Add(-time.Second)
	w.look(before)
	if got := effective(); got != "2026-06-01" {
		t.Fatalf("the day before: terms of %s", got)
	}
	w.look(before.Add(time.Second))
	if got := effective(); got != "2027-01-01" {
		t.Fatalf("on the day: terms of %s", got)
	}
	served := engine.current.Load()
	w.look(before.Add(time.Hour))
	if engine.current.Load() != served {
		t.Error("content was served anew without a change")
	}
}
