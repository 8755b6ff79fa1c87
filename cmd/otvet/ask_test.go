package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"otvet/cmd/otvet/internal/api"
)

// question is a line of testdata/questions.txt.
type question struct {
	locale, text string
	articles     []string
}

func readQuestions(t *testing.T) (all []question) {
	t.Helper()
	text, err := os.ReadFile("testdata/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Split(line, "|"); len(f) == 3 {
			all = append(all, question{strings.TrimSpace(f[0]), strings.TrimSpace(f[1]), strings.Fields(f[2])})
		}
	}
	return all
}

// TestOrdinaryQuestionsFindTheirArticle holds that of twenty ordinary questions in each
// language at least eighteen have the right article first, and that none of the foreign
// ones is answered.
func TestOrdinaryQuestionsFindTheirArticle(t *testing.T) {
	t.Parallel()
	right, asked := map[string]int{}, map[string]int{}
	for _, q := range readQuestions(t) {
		command := askCommand{Locale: "auto"}
		a, err := command.answer(t.Context(), shipped(t), q.text)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(q.articles, "none") {
			if a.Verdict != "no_answer" {
				t.Errorf("%q: %s with %s, although the content has nothing about it", q.text, a.Verdict, first(a))
			}
			continue
		}
		asked[q.locale]++
		if slices.ContainsFunc(q.articles, func(id string) bool { return strings.HasPrefix(first(a), q.locale+"/"+id+"#") }) {
			right[q.locale]++
		} else {
			t.Logf("%q: %s, first %q, not of %v", q.text, a.Verdict, first(a), q.articles)
		}
	}
	for _, locale := range []string{"ru", "en"} {
		if asked[locale] < 20 || right[locale] < asked[locale]*9/10 {
			t.Errorf("%s: the right article first for %d of %d", locale, right[locale], asked[locale])
		}
	}
}

func first(a api.Answer) string {
	if len(a.Passages) == 0 {
		return ""
	}
	return a.Passages[0].Ref
}
