package search_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/search"
)

// TestCacheGivesTheSame asks everything twice, and spoils what it gets in between.
func TestCacheGivesTheSame(t *testing.T) {
	t.Parallel()
	lib := load(t, smallContent(t))
	engine, anew := newEngine(t, lib), newEngine(t, lib)
	search.Forget(anew)
	for _, text := range []string{"сколько идет вывод на карту", "Сколько идёт ВЫВОД на карту", "вывод", "вывод ", "вывод\u0301", "забыл пороль", "погода", "passw"} {
		for _, limit := range []int{0, 1} {
			for _, locale := range []kb.Locale{kb.RU, kb.EN, "xx"} {
				q := search.Query{Text: text, Locale: locale, Limit: limit}
				for range 3 {
					same(t, q, engine.Answer, anew.Answer, spoilAnswer)
					same(t, q, engine.Search, anew.Search, spoilResults)
					same(t, q, engine.Suggest, anew.Suggest, spoilResults)
				}
			}
		}
	}
}

func same[T any](t *testing.T, q search.Query, ask, anew func(context.Context, search.Query) (T, error), spoil func(T)) {
	t.Helper()
	got, err := ask(t.Context(), q)
	want, errAnew := anew(t.Context(), q)
	if err != nil || errAnew != nil {
		t.Fatal(err, errAnew)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%+v (-anew +remembered):\n%s", q, diff)
	}
	spoil(got)
}

func spoilAnswer(a search.Answer) {
	for i := range a.Passages {
		a.Passages[i], a.Citations[i] = kb.Passage{}, kb.Citation{}
	}
	clear(a.Related)
	clear(a.Explanation)
}

func spoilResults(r search.Results) {
	for i := range r.Hits {
		clear(r.Hits[i].Explanation)
		r.Hits[i] = search.Hit{}
	}
}

// TestCacheKeepsNoError: a question that was broken off is asked again.
func TestCacheKeepsNoError(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	q := search.Query{Text: "сколько идет вывод", Locale: kb.RU}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := engine.Answer(ended, q); !errors.Is(err, context.Canceled) {
		t.Fatalf("answer: %v, want the context's end", err)
	}
	if a, err := engine.Answer(t.Context(), q); err != nil || a.Verdict != search.Answered {
		t.Errorf("answer: %s, %v", a.Verdict, err)
	}
}

// TestCacheGoesWithItsContent asks the same before and after a swap.
func TestCacheGoesWithItsContent(t *testing.T) {
	t.Parallel()
	old := smallContent(t)
	engine := newEngine(t, load(t, old))
	q := search.Query{Text: "сколько идёт вывод", Locale: kb.RU}
	for _, hours := range []string{"24 часов", "36 часов"} {
		if err := engine.Swap(load(t, replaced(old, "ru/faq/withdrawals.md", "24 часов", hours))); err != nil {
			t.Fatal(err)
		}
		a, err := engine.Answer(t.Context(), q)
		if err != nil || len(a.Passages) == 0 || !strings.Contains(a.Passages[0].Text, hours) || a.Revision != engine.Library().Revision() {
			t.Errorf("%+v, %v, want %s", a, err, hours)
		}
	}
}

// TestCacheIsBounded asks more questions than there is room for, from several sides at once.
func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for i := range 2000 {
				text := "вывод " + strings.Repeat("о", i%600)
				if a, err := engine.Answer(t.Context(), search.Query{Text: text, Locale: kb.RU}); err != nil || a.Query.Text != text {
					t.Errorf("%q: %q, %v", text, a.Query.Text, err)
				}
			}
		})
	}
	asking.Wait()
	if entries, bytes := search.Remembered(engine); entries == 0 || entries > 512 || bytes > 4<<20 {
		t.Errorf("%d answers of %d bytes are remembered", entries, bytes)
	}
}
