package search_test

import (
	"context"
	"fmt"
	"hash/crc32"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"otvet/kb"
	"otvet/search"
)

// storeFiles returns the files of the only content in a store, with what is in them.
func storeFiles(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	folders := stored(t, dir)
	if len(folders) != 1 {
		t.Fatalf("%d stored contents, want 1", len(folders))
	}
	err := filepath.WalkDir(folders[0], func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[path], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func put(t *testing.T, files map[string][]byte) {
	t.Helper()
	for path, data := range files {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDamagedIndexIsBuiltAnew cuts every file of a store at several places and flips bits in it: each
// time the log says so, the answers are right, and what is stored is whole again.
func TestDamagedIndexIsBuiltAnew(t *testing.T) {
	t.Parallel()
	dir, content := filepath.Join(t.TempDir(), "index"), smallContent(t)
	fresh := newEngine(t, load(t, content)) // in memory: what is damaged must not be in use
	openStored(t, content, dir)
	for path, whole := range storeFiles(t, dir) {
		for _, damaged := range damages(whole) {
			put(t, map[string][]byte{path: damaged})
			engine, log := openStored(t, content, dir)
			if !strings.Contains(log.String(), "cannot be used") {
				t.Errorf("%s was damaged, the log says %q", path, log)
			}
			sameAnswers(t, fresh, engine, smallQuestions()[:2])
		}
		if _, log := openStored(t, content, dir); log.String() != "" {
			t.Errorf("%s was not mended: %s", path, log)
		}
	}
}

// damages returns a file cut at several places, with bits flipped at several places, and exchanged.
func damages(whole []byte) [][]byte {
	all := [][]byte{[]byte("SQLite format 3\x00"), append(slices.Clone(whole), 0)}
	const places = 7
	for i := range places {
		at := i * (len(whole) - 1) / places
		flipped := slices.Clone(whole)
		flipped[at] ^= 1 << i
		all = append(all, whole[:at], flipped)
	}
	return all
}

// TestIndexOfAnotherContentIsNotUsed: not even when someone renames it.
func TestIndexOfAnotherContentIsNotUsed(t *testing.T) {
	t.Parallel()
	dir, content := filepath.Join(t.TempDir(), "index"), smallContent(t)
	changed := replaced(content, "ru/faq/withdrawals.md", "24 часов", "36 часов")
	openStored(t, content, dir)
	engine, log := openStored(t, changed, dir)
	if n := len(stored(t, dir)); n != 2 || log.String() != "" {
		t.Errorf("%d stored contents after a change, the log says %q", n, log)
	}
	sameAnswers(t, newEngine(t, load(t, changed)), engine, smallQuestions())
	back, _ := openStored(t, content, dir)
	sameAnswers(t, newEngine(t, load(t, content)), back, smallQuestions())
}

// TestIndexOfAnotherDayIsNotUsed: the same files say something else from the day on which Terms
// take effect.
func TestIndexOfAnotherDayIsNotUsed(t *testing.T) {
	t.Parallel()
	dir, content := filepath.Join(t.TempDir(), "index"), smallContent(t)
	effective := func(now time.Time) string {
		engine, problems, err := search.Open(content, now, search.NewStore(dir, (&said{}).log()))
		if err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		defer engine.Close()
		a, _ := engine.Library().Article("ru", "terms/payments")
		return a.Effective.Format(time.DateOnly)
	}
	day := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, step := range []struct {
		now  time.Time
		want string
	}{
		{today(), "2026-06-01"},
		{day.Add(-time.Second), "2026-06-01"},
		{day, "2027-01-01"},
		{day.AddDate(1, 0, 0), "2027-01-01"},
		{today(), "2026-06-01"}, // a clock that was wrong
	} {
		for range 2 { // the second time from the store
			if got := effective(step.now); got != step.want {
				t.Errorf("on %s the Terms of %s, want %s", step.now, got, step.want)
			}
		}
	}
}

// TestIndexOfAnotherFormIsBuiltAnew: what is whole, but of another program, is discarded too.
func TestIndexOfAnotherFormIsBuiltAnew(t *testing.T) {
	t.Parallel()
	dir, content := filepath.Join(t.TempDir(), "index"), smallContent(t)
	openStored(t, content, dir)
	title := "otvet index 99\n"
	other := fmt.Sprintf("%send %08x\n", title, crc32.Checksum([]byte(title), crc32.MakeTable(crc32.Castagnoli)))
	put(t, map[string][]byte{filepath.Join(stored(t, dir)[0], "manifest"): []byte(other)})
	if _, log := openStored(t, content, dir); !strings.Contains(log.String(), "another form") {
		t.Errorf("the log says %q", log)
	}
	if _, log := openStored(t, content, dir); log.String() != "" {
		t.Errorf("not mended: %s", log)
	}
}

func TestContentWithProblemsIsNotStored(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	bad := replaced(smallContent(t), "ru/faq/account.md", "category: account", "category: nonsense")
	engine, problems, err := search.Open(bad, today(), search.NewStore(dir, (&said{}).log()))
	if engine != nil || len(problems) == 0 || err != nil {
		t.Errorf("open: %v %v", problems, err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("something was stored")
	}
}

// TestWithoutAPlaceToWrite everything works in memory, and the log says why the start was slow.
func TestWithoutAPlaceToWrite(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	put(t, map[string][]byte{file: nil})
	engine, log := openStored(t, smallContent(t), filepath.Join(file, "index"))
	if !strings.Contains(log.String(), "without the index on disk") {
		t.Errorf("the log says %q", log)
	}
	sameAnswers(t, newEngine(t, load(t, smallContent(t))), engine, smallQuestions())
}

// TestAFolderThatMayOnlyBeReadIsUsed, and one that may not be read is no obstacle.
func TestAFolderThatMayOnlyBeReadIsUsed(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	openStored(t, smallContent(t), dir)
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	if _, log := openStored(t, smallContent(t), dir); log.String() != "" {
		t.Errorf("the log says %q", log)
	}
}

// TestDeletedUnderARunningProcess: a store is safe to delete at any time.
func TestDeletedUnderARunningProcess(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	engine, _ := openStored(t, smallContent(t), dir)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	fresh := newEngine(t, load(t, smallContent(t)))
	sameAnswers(t, fresh, engine, smallQuestions())
	if err := engine.Swap(load(t, smallContent(t))); err != nil {
		t.Error(err)
	}
	sameAnswers(t, fresh, engine, smallQuestions())
	if n := len(stored(t, dir)); n != 1 {
		t.Errorf("%d stored contents after a swap, want 1", n)
	}
}

// TestRebuiltBesideWhatServes edits a folder under a watcher while questions are asked: none fails, the
// change is served, stored, and found by the next start.
func TestRebuiltBesideWhatServes(t *testing.T) {
	t.Parallel()
	folder, dir, content := t.TempDir(), filepath.Join(t.TempDir(), "index"), smallContent(t)
	writeContent(t, folder, content)
	engine, _ := openStored(t, os.DirFS(folder), dir)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	news := make(served, 16)
	var running sync.WaitGroup
	running.Go(func() { engine.Watch(ctx, os.DirFS(folder), time.Millisecond, slog.New(news)) })
	for range 3 {
		running.Go(func() {
			for ctx.Err() == nil {
				a, err := engine.Answer(context.Background(), search.Query{Text: "сколько идёт вывод", Locale: kb.RU})
				if err != nil || a.Verdict != search.Answered {
					t.Errorf("answer: %s %v", a.Verdict, err)
				}
			}
		})
	}
	changed := replaced(content, "ru/faq/account.md", "не помню пароль", "потерял пароль")
	writeContent(t, folder, changed)
	if got := <-news; got != "content served" {
		t.Errorf("the watcher says %q", got)
	}
	stop()
	running.Wait()
	next, log := openStored(t, os.DirFS(folder), dir)
	if log.String() != "" || len(stored(t, dir)) != 2 {
		t.Errorf("%d stored contents, the log says %q", len(stored(t, dir)), log)
	}
	sameAnswers(t, newEngine(t, load(t, changed)), next, []string{"потерял пароль"})
}
