package assistant_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"otvet/assistant"
	"otvet/kb"
)

// stopped are shipped questions outside the category of responsible gambling that only
// people ask who have stopped gambling: a person answers them.
func stopped() []string {
	return []string{
		"self excluded can i still get free bets",
		"больше не буду играть закройте счет",
		"я самоисключился а фрибет обещали",
	}
}

// TestAssessLetsShippedQuestionsPass holds the lexicon to what the help pages expect to be
// asked: it must not keep their readers from them.
func TestAssessLetsShippedQuestionsPass(t *testing.T) {
	t.Parallel()
	library, problems := kb.Load(os.DirFS("../content"), time.Now())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, l := range []kb.Locale{kb.RU, kb.EN} {
		for _, a := range library.Articles(l) {
			if a.Category == "responsible-gambling" {
				continue
			}
			questions := slices.Clone(a.Questions)
			for _, s := range a.Sections {
				questions = append(questions, s.Questions...)
			}
			for _, q := range questions {
				if got := assistant.Assess(q); got.Class != assistant.Ordinary && !slices.Contains(stopped(), q) {
					t.Errorf("%s: %q: %+v, want ordinary", a.ID, q, got)
				}
			}
		}
	}
}
