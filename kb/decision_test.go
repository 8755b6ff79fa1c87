package kb_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
)

func TestProblemsOfDecision(t *testing.T) {
	t.Parallel()
	checkDefects(t, []defect{
		{"no number", []edit{put("ru/decision.yaml", "suggest: 0.2\n")}, `ru/decision.yaml:1:1: missing key "answer": write a number from 0 to 1`},
		{"above 1", []edit{put("ru/decision.yaml", "answer: 70\nsuggest: 0.2\n")}, `ru/decision.yaml:1:9: answer: write a number from 0 to 1, or "never"`},
		{"not a number", []edit{put("ru/decision.yaml", "answer: .nan\nsuggest: 0.2\n")}, `ru/decision.yaml:1:9: answer: write a number from 0 to 1, or "never"`},
		{"the wrong way round", []edit{put("ru/decision.yaml", "answer: 0.2\nsuggest: 0.7\n")}, `ru/decision.yaml:2:1: suggest 0.7 is above answer 0.2: passages are offered where the answer is less sure`},
		{"unknown category", []edit{put("ru/decision.yaml", "answer: 0.7\nsuggest: 0.2\ncategories:\n  weather: 0.9\n")}, `ru/decision.yaml:4:3: unknown category "weather": the categories are withdrawals, account`},
		{"list of categories", []edit{put("ru/decision.yaml", "answer: 0.7\nsuggest: 0.2\ncategories: [bets]\n")}, `ru/decision.yaml:3:13: categories: wrong type (a list): write lines "withdrawals: 0.9"`},
		{"unknown key", []edit{put("ru/decision.yaml", "answer: 0.7\nsuggest: 0.2\nhide: 0.1\n")}, `ru/decision.yaml:3:1: unknown key "hide": the keys here are answer, suggest, categories, tuned`},
	})
}

func TestThresholds(t *testing.T) {
	t.Parallel()
	fsys := cleanTree(t, put("ru/decision.yaml", "answer: 0.7\nsuggest: 0.2\ncategories:\n  withdrawals: never\ntuned:\n  questions: 300\n"))
	lib, problems := kb.Load(fsys, time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got, ok := lib.Thresholds(kb.RU)
	want := kb.Thresholds{Answer: .7, Suggest: .2, Categories: map[string]float64{"withdrawals": kb.Never}}
	if diff := cmp.Diff(want, got); diff != "" || !ok {
		t.Errorf("-want +got:\n%s", diff)
	}
	if from := got.AnswerFrom("withdrawals"); from <= 1 {
		t.Errorf("withdrawals are answered from %v", from)
	}
	if from := got.AnswerFrom("bets"); from != .7 {
		t.Errorf("bets are answered from %v", from)
	}
	if _, ok := lib.Thresholds(kb.EN); ok {
		t.Error("thresholds of one language hold for the other")
	}
}
