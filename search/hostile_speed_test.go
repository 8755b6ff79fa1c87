package search_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/search"
)

// heavy returns texts that were made to cost much: those that may be asked are as long as a
// question may be.
func heavy() map[string]string {
	fill := func(unit string) string { return strings.Repeat(unit, search.MaxBytes/len(unit)) }
	var words, unknown strings.Builder
	for i := 0; words.Len() < search.MaxBytes-20; i++ {
		fmt.Fprintf(&words, "слово%d ", i)
	}
	for i := 0; unknown.Len() < search.MaxBytes-40; i++ {
		fmt.Fprintf(&unknown, "верифекацийя%c ", 'а'+i%30)
	}
	return map[string]string{
		"wildcard":        "*",
		"50 wildcards":    strings.Repeat("*a* ", 50),
		"5,000 words":     strings.Repeat("вывод ", 5000),
		"many words":      words.String(),
		"many typos":      unknown.String(),
		"combining marks": fill("а\u0301\u0336\u0489"),
		"only marks":      fill("\u0301"),
		"64 KiB":          strings.Repeat("a", 64<<10),
		"10,000 letters":  strings.Repeat("ы", 10_000),
		"one word":        fill("ы"),
		"all known":       fill("вывод деньги карта бонус ставка пароль "),
		"wrong layout":    fill("ghbdtn dsdjl "),
		"translit":        fill("kak vyvesti dengi "),
	}
}

// TestHostileQuestionsCostLittle holds that no text costs more than five times what the
// slowest hundredth of ordinary questions does. On a busy machine a single time says nothing:
// everyone is asked in turns, the middle of each text's times counts, and one good attempt of
// several is enough.
func TestHostileQuestionsCostLittle(t *testing.T) {
	engine := newEngine(t, shipped(t))
	search.Forget(engine)
	ordinary := questions(t)
	const attempts = 8
	for i := range attempts {
		worst, over := costs(t, engine, ordinary)
		t.Logf("worst: %s", worst)
		if len(over) == 0 {
			return
		}
		if i == attempts-1 {
			t.Errorf("more than five times an ordinary question: %v", over)
		}
	}
}

// costs returns the text that costs most and those that cost too much.
func costs(t *testing.T, engine *search.Engine, ordinary []string) (worst string, over []string) {
	var usual []time.Duration
	took := map[string][]time.Duration{}
	for round := range 7 {
		for i := round; i < len(ordinary); i += 7 {
			usual = append(usual, timeAnswer(t, engine, ordinary[i]))
		}
		for name, text := range heavy() {
			took[name] = append(took[name], timeAnswer(t, engine, text))
		}
	}
	slices.Sort(usual)
	limit := 5 * usual[len(usual)*99/100]
	most := time.Duration(0)
	for name, times := range took {
		slices.Sort(times)
		middle := times[len(times)/2]
		if middle > most {
			most, worst = middle, fmt.Sprintf("%s takes %s, at most %s is allowed", name, middle, limit)
		}
		if middle > limit {
			over = append(over, fmt.Sprintf("%s: %s", name, middle))
		}
	}
	return worst, over
}

func timeAnswer(t testing.TB, engine *search.Engine, text string) time.Duration {
	start := time.Now()
	_, err := engine.Answer(t.Context(), search.Query{Text: text, Locale: kb.RU})
	took := time.Since(start)
	if err != nil && !errors.Is(err, search.ErrEmpty) && !errors.Is(err, search.ErrTooLong) {
		t.Fatal(err)
	}
	return took
}

// BenchmarkHostile times each text beside an ordinary question.
func BenchmarkHostile(b *testing.B) {
	engine := newEngine(b, shipped(b))
	search.Forget(engine)
	for name, text := range heavy() {
		b.Run(name, func(b *testing.B) {
			r := newRace(b)
			for i := 0; b.Loop(); i++ {
				r.time("ordinary", func() error { return answer(engine, r.question(i)) })
				start := time.Now()
				_ = answer(engine, text)
				r.took["hostile"] = append(r.took["hostile"], time.Since(start))
			}
			r.b.ReportMetric(0, "ns/op")
			r.b.ReportMetric(float64(r.took["hostile"].Percentile(50))/float64(r.took["ordinary"].Percentile(99)), "p50/ordinary-p99")
		})
	}
}
