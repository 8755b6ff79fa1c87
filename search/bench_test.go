package search_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"otvet/kb"
	"otvet/search"
	"otvet/search/eval"
	"otvet/search/eval/plain"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// sizes returns how many passages benchmarks search, 0 for the shipped content. 100,000 take
// minutes to make, so they are for those who ask: OTVET_BENCH_LARGE=1.
func sizes() []int {
	if os.Getenv("OTVET_BENCH_LARGE") != "" {
		return []int{0, 1000, 10_000, 100_000}
	}
	return []int{0, 1000, 10_000}
}

// eachLibrary runs f on the libraries of all sizes.
func eachLibrary(b *testing.B, f func(*testing.B, *kb.Library)) {
	small := shipped(b)
	for _, n := range sizes() {
		name := "shipped"
		if n > 0 {
			name = fmt.Sprint(n)
		}
		var lib *kb.Library // made once, however often b.Run runs
		b.Run(name, func(b *testing.B) {
			if lib == nil {
				if lib = small; n > 0 {
					lib = synthetic(b, small, n)
				}
			}
			f(b, lib)
		})
	}
}

func BenchmarkAnswer(b *testing.B)  { benchmark(b, answer) }
func BenchmarkSearch(b *testing.B)  { benchmark(b, find) }
func BenchmarkSuggest(b *testing.B) { benchmark(b, suggest) }

func answer(e *search.Engine, text string) error {
	_, err := e.Answer(context.Background(), search.Query{Text: text, Locale: kb.RU})
	return err
}

func find(e *search.Engine, text string) error {
	_, err := e.Search(context.Background(), search.Query{Text: text, Locale: kb.RU})
	return err
}

func suggest(e *search.Engine, text string) error {
	_, err := e.Suggest(context.Background(), search.Query{Text: text, Locale: kb.RU})
	return err
}

func benchmark(b *testing.B, ask func(*search.Engine, string) error) {
	asked := questions(b)
	eachLibrary(b, func(b *testing.B, lib *kb.Library) {
		e := newEngine(b, lib)
		search.Forget(e)
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			if err := ask(e, asked[i%len(asked)]); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
}

// BenchmarkAgainstBleve puts each question to the engine and to what it is measured against,
// one match of plain bleve on the same texts, one after the other. The figures that count are
// the ratios: times come and go with the machine. A question that is being typed breaks off
// somewhere; its base is a match of as much of it.
func BenchmarkAgainstBleve(b *testing.B) {
	eachLibrary(b, func(b *testing.B, lib *kb.Library) {
		base, err := plain.New(kb.RU, texts(lib, kb.RU))
		if err != nil {
			b.Fatal(err)
		}
		defer base.Close()
		match := func(text string) error { _, err := base.Find(b.Context(), text, 10); return err }
		e := newEngine(b, lib)
		search.Forget(e)
		r := newRace(b)
		for i := 0; b.Loop(); i++ {
			text := r.question(i)
			typed := unfinished(text, i)
			r.time("bleve", func() error { return match(text) })
			r.time("answer", func() error { return answer(e, text) })
			r.time("search", func() error { return find(e, text) })
			r.time("bleve-typed", func() error { return match(typed) })
			r.time("suggest", func() error { return suggest(e, typed) })
		}
		r.report("answer", "bleve")
		r.report("search", "bleve")
		r.report("suggest", "bleve-typed")
	})
}

// BenchmarkAgainstPostgres is the same for PostgreSQL's full text search, where there is a
// server.
func BenchmarkAgainstPostgres(b *testing.B) {
	url := postgrestest.EmptyURL(b)
	eachLibrary(b, func(b *testing.B, lib *kb.Library) {
		base, err := postgres.NewTextIndex(b.Context(), url, kb.RU, texts(lib, kb.RU))
		if err != nil {
			b.Fatal(err)
		}
		defer base.Close()
		e := newEngine(b, lib)
		search.Forget(e)
		r := newRace(b)
		for i := 0; b.Loop(); i++ {
			text := r.question(i)
			r.time("postgres", func() error { _, err := base.Find(b.Context(), text, 10); return err })
			r.time("answer", func() error { return answer(e, text) })
		}
		r.report("postgres", "answer")
	})
}

// unfinished breaks a question off after its third letter or later.
func unfinished(text string, i int) string {
	letters := []rune(text)
	return string(letters[:min(len(letters), 3+i*7%max(len(letters)-2, 1))])
}

// race times several systems in turns.
type race struct {
	b     *testing.B
	asked []string
	took  map[string]eval.Timing
}

func newRace(b *testing.B) *race {
	return &race{b, questions(b), map[string]eval.Timing{}}
}

func (r *race) question(i int) string { return r.asked[i%len(r.asked)] }

// time times one of them. What search refuses it refuses in no time.
func (r *race) time(name string, f func() error) {
	start := time.Now()
	err := f()
	took := time.Since(start)
	if err != nil && !errors.Is(err, search.ErrEmpty) {
		r.b.Fatalf("%s: %v", name, err)
	}
	r.took[name] = append(r.took[name], took)
}

// report says how long the two took, in microseconds, and how many times that of the other.
func (r *race) report(name, base string) {
	r.b.ReportMetric(0, "ns/op") // of a whole round: means nothing
	for _, p := range []float64{50, 99} {
		took, other := r.took[name].Percentile(p), r.took[base].Percentile(p)
		r.b.ReportMetric(float64(took.Nanoseconds())/1e3, fmt.Sprintf("%s-p%.0f-µs", name, p))
		r.b.ReportMetric(float64(other.Nanoseconds())/1e3, fmt.Sprintf("%s-p%.0f-µs", base, p))
		r.b.ReportMetric(float64(took)/float64(other), fmt.Sprintf("%s/%s-p%.0f", name, base, p))
	}
}

func BenchmarkNewEngine(b *testing.B) {
	eachLibrary(b, func(b *testing.B, lib *kb.Library) {
		for b.Loop() {
			e, err := search.NewEngine(lib)
			if err != nil {
				b.Fatal(err)
			}
			if err := e.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
