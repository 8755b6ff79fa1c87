package search_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"otvet/kb"
	"otvet/search"
	"otvet/search/eval"
)

// TestSwapUnderLoad asks while content flips between two versions: no query fails, and
// every citation resolves in the revision that the answer names, with its words.
func TestSwapUnderLoad(t *testing.T) {
	t.Parallel()
	old := smallContent(t)
	libs := []*kb.Library{load(t, old), load(t, replaced(old, "ru/faq/withdrawals.md", "24 часов", "36 часов"))}
	byRevision := map[string]*kb.Library{libs[0].Revision(): libs[0], libs[1].Revision(): libs[1]}
	engine := newEngine(t, libs[0])

	ctx, stop := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for ctx.Err() == nil {
				askOnce(t, engine, byRevision)
			}
		})
	}
	for i := range 24 {
		if err := engine.Swap(libs[(i+1)%2]); err != nil {
			t.Error(err)
		}
	}
	stop()
	asking.Wait()
}

func askOnce(t *testing.T, engine *search.Engine, byRevision map[string]*kb.Library) {
	q := search.Query{Text: "сколько идёт вывод", Locale: kb.RU}
	answer, err := engine.Answer(context.Background(), q)
	if err != nil || answer.Verdict != search.Answered {
		t.Errorf("answer: %s, %v", answer.Verdict, err)
		return
	}
	lib := byRevision[answer.Revision]
	if lib == nil {
		t.Errorf("revision %s was never served", answer.Revision)
		return
	}
	for _, c := range answer.Citations {
		if p, ok := lib.Passage(c.Ref); !ok || p.Text != c.Text {
			t.Errorf("%s does not resolve in revision %s", c.Ref, answer.Revision)
		}
	}
	results, err := engine.Search(context.Background(), q)
	if err != nil || len(results.Hits) == 0 {
		t.Errorf("search: %d hits, %v", len(results.Hits), err)
		return
	}
	if _, ok := byRevision[results.Revision].Passage(results.Hits[0].Passage.Ref); !ok {
		t.Errorf("%s does not resolve in revision %s", results.Hits[0].Passage.Ref, results.Revision)
	}
}

// TestCloseUnderLoad closes while questions are asked: each is answered or refused.
func TestCloseUnderLoad(t *testing.T) {
	t.Parallel()
	engine, err := search.NewEngine(load(t, smallContent(t)))
	if err != nil {
		t.Fatal(err)
	}
	started := make(chan struct{}, 4)
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for {
				_, err := engine.Answer(context.Background(), search.Query{Text: "вывод", Locale: kb.RU})
				select {
				case started <- struct{}{}:
				default:
				}
				if err != nil {
					if err != search.ErrClosed {
						t.Errorf("answer: %v", err)
					}
					return
				}
			}
		})
	}
	<-started
	if err := engine.Close(); err != nil {
		t.Error(err)
	}
	asking.Wait()
}

// served is a log handler that passes on what the watcher says.
type served chan string

func (s served) Enabled(context.Context, slog.Level) bool      { return true }
func (s served) Handle(_ context.Context, r slog.Record) error { s <- r.Message; return nil }
func (s served) WithAttrs([]slog.Attr) slog.Handler            { return s }
func (s served) WithGroup(string) slog.Handler                 { return s }
func writeContent(t *testing.T, dir string, content fstest.MapFS) { // no files are removed
	t.Helper()
	for name, f := range content {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWatchServesChangedFolder changes a real folder under a running watcher.
func TestWatchServesChangedFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	content := smallContent(t)
	writeContent(t, dir, content)
	engine := newEngine(t, load(t, content))

	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	said := make(served, 16)
	var watching sync.WaitGroup
	watching.Go(func() { engine.Watch(ctx, os.DirFS(dir), time.Millisecond, slog.New(said)) })
	defer func() { stop(); watching.Wait() }()

	writeContent(t, dir, replaced(content, "ru/faq/account.md", "не помню пароль", "потерял пароль"))
	if got := <-said; got != "content served" {
		t.Fatalf("the watcher says %q", got)
	}
	a, err := engine.Answer(ctx, search.Query{Text: "потерял пароль", Locale: kb.RU})
	if err != nil || first(a) != "faq/account#forgot-password" || a.Verdict != search.Answered {
		t.Errorf("%s %q, %v", a.Verdict, first(a), err)
	}
	writeContent(t, dir, replaced(content, "ru/faq/account.md", "category: account", "category: nonsense"))
	if got := <-said; got != "content refused, the old content serves on" {
		t.Fatalf("the watcher says %q", got)
	}
	if len(engine.Status().Problems) == 0 {
		t.Error("the status knows no problem")
	}
}

// BenchmarkSwap asks at an even pace, first while nothing else goes on and then while the
// content is indexed again and again, and reports how many times its idle self an answer takes.
func BenchmarkSwap(b *testing.B) {
	eachLibrary(b, func(b *testing.B, lib *kb.Library) {
		engine := newEngine(b, lib)
		asked := questions(b)
		var idle, swapping eval.Timing
		for b.Loop() {
			idle = append(idle, paced(b, engine, asked, nil)...)
			done := make(chan error, 1)
			go func() { done <- engine.Swap(lib) }()
			swapping = append(swapping, paced(b, engine, asked, done)...)
		}
		b.ReportMetric(float64(swapping.Percentile(99).Microseconds()), "swapping-p99-µs")
		for _, p := range []float64{50, 99} {
			b.ReportMetric(float64(swapping.Percentile(p))/float64(idle.Percentile(p)), fmt.Sprintf("swapping/idle-p%.0f", p))
		}
	})
}

// paced asks a question every other millisecond until done, or for half a second, and returns
// how long answers took.
func paced(b *testing.B, engine *search.Engine, asked []string, done <-chan error) (took eval.Timing) {
	every := time.NewTicker(2 * time.Millisecond)
	defer every.Stop()
	end := time.After(500 * time.Millisecond)
	if done != nil {
		end = nil
	}
	for i := 0; ; i++ {
		select {
		case <-end:
			return took
		case err := <-done:
			if err != nil {
				b.Fatal(err)
			}
			return took
		case <-every.C:
		}
		search.Forget(engine)
		start := time.Now()
		if err := answer(engine, asked[i%len(asked)]); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
}
