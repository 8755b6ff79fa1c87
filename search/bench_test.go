package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"otvet/kb"
	"otvet/search"
)

// libraries returns the shipped content and a synthetic one of 10,000 Russian passages.
func libraries(b *testing.B) map[string]*kb.Library {
	small := shipped(b)
	return map[string]*kb.Library{"shipped": small, "10000": synthetic(b, small, 10_000)}
}

// synthetic shuffles the sentences of the content's Russian passages into n others.
func synthetic(b *testing.B, lib *kb.Library, n int) *kb.Library {
	b.Helper()
	categories, err := os.ReadFile("../content/ru/categories.yaml")
	if err != nil {
		b.Fatal(err)
	}
	files := fstest.MapFS{"ru/categories.yaml": {Data: categories}}
	rng := rand.New(rand.NewPCG(1, 2))
	var sentences, words []string
	for _, p := range lib.Passages(kb.RU) {
		sentences = append(sentences, kb.Sentences(p.Text)...)
		words = append(words, strings.Fields(p.Heading)...)
	}
	const perFile = 20
	for i := range n / perFile {
		var text strings.Builder
		fmt.Fprintf(&text, "---\ntitle: Статья %d\ncategory: withdrawals\nsummary: Синтетическая статья.\nupdated: 2026-10-12\n---\n", i)
		for j := range perFile {
			fmt.Fprintf(&text, "\n## %s %s %s %d? {#q%d}\n\n", pick(rng, words), pick(rng, words), pick(rng, words), i*perFile+j, j)
			for range 5 {
				fmt.Fprintf(&text, "%s\n", pick(rng, sentences))
			}
		}
		files[fmt.Sprintf("ru/faq/s%d.md", i)] = &fstest.MapFile{Data: []byte(text.String())}
	}
	big, _ := kb.Load(files, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	if got := len(big.Passages(kb.RU)); got < n*9/10 {
		b.Fatalf("%d synthetic passages, want %d", got, n)
	}
	return big
}

func pick(rng *rand.Rand, from []string) string {
	return strings.NewReplacer("{", "", "}", "", "?", "", "#", "").Replace(from[rng.IntN(len(from))])
}

func questions() []string {
	return []string{
		"сколько ждать вывод на карту", "забыл пороль что делать", "кешаут не работает", "погода в Париже",
		"rfr dsdtcnb ltymub", "kak vyvesti dengi", "здравствуйте, подскажите пожалуйста, почему мою ставку до сих пор не рассчитали",
	}
}

func BenchmarkAnswer(b *testing.B) {
	benchmark(b, func(e *search.Engine, q search.Query) error {
		_, err := e.Answer(context.Background(), q)
		return err
	})
}

func BenchmarkSearch(b *testing.B) {
	benchmark(b, func(e *search.Engine, q search.Query) error {
		_, err := e.Search(context.Background(), q)
		return err
	})
}

func BenchmarkSuggest(b *testing.B) {
	benchmark(b, func(e *search.Engine, q search.Query) error {
		q.Text = string([]rune(q.Text)[:7])
		_, err := e.Suggest(context.Background(), q)
		return err
	})
}

func benchmark(b *testing.B, ask func(*search.Engine, search.Query) error) {
	for name, lib := range libraries(b) {
		b.Run(name, func(b *testing.B) {
			e := newEngine(b, lib)
			i := 0
			for b.Loop() {
				if err := ask(e, search.Query{Text: questions()[i%len(questions())], Locale: kb.RU}); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}

func BenchmarkNewEngine(b *testing.B) {
	for name, lib := range libraries(b) {
		b.Run(name, func(b *testing.B) {
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
}
