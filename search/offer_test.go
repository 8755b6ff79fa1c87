package search_test

import (
	"testing"

	"otvet/kb"
	"otvet/search"
)

// TestAHeadingWordForWordIsAnswered: an editor has written that this is what the passage answers.
func TestAHeadingWordForWordIsAnswered(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, shipped(t))
	for _, loc := range kb.Locales() {
		asked, answered := 0, 0
		for _, p := range engine.Library().Passages(loc) {
			if p.Kind != kb.FAQ {
				continue
			}
			a, err := engine.Answer(t.Context(), search.Query{Text: p.Heading, Locale: loc})
			if err != nil {
				t.Fatal(err)
			}
			asked++
			if a.Verdict == search.Answered && a.Passages[0].Ref == p.Ref {
				answered++
			} else {
				t.Logf("%s: %q: %s %.2f", loc, p.Heading, a.Verdict, a.Confidence)
			}
		}
		if answered*100 < asked*97 {
			t.Errorf("%s: %d of %d headings are answered", loc, answered, asked)
		}
	}
}

// TestNoQuestionOfSeveralIsDropped: two questions of which one has a sure answer are both offered,
// and a text without an answer gives what its sentences give.
func TestNoQuestionOfSeveralIsDropped(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, shipped(t))
	for _, c := range []struct {
		text string
		loc  kb.Locale
		want []string
	}{
		{"сколько идёт вывод? какая минимальная сумма вывода?", kb.RU, []string{"faq/withdrawals#how-long", "faq/withdrawals#minimum"}},
		{"How do I withdraw money? How do I change my password?", kb.EN, []string{"help/first-withdrawal#steps", "faq/account#change-password"}},
	} {
		a, err := engine.Answer(t.Context(), search.Query{Text: c.text, Locale: c.loc})
		if err != nil || a.Verdict == search.NoAnswer || len(a.Citations) != len(a.Passages) {
			t.Errorf("%q: %s, %v", c.text, a.Verdict, err)
		}
		shown := map[string]bool{}
		for _, p := range a.Passages {
			shown[p.Ref.Article+"#"+p.Ref.Anchor] = true
		}
		for _, want := range c.want {
			if !shown[want] {
				t.Errorf("%q: %s is not shown, but %v", c.text, want, shown)
			}
		}
	}
}
