package eval

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"otvet/kb"
)

// probesOf returns n probes of a category from a confidence down in steps of a hundredth, the
// wrong ones at the given places.
func probesOf(category string, from float64, n int, wrong ...int) []probe {
	var probes []probe
	for i := range n {
		p := probe{Decision{from - float64(i)/100, true, true}, category, true}
		for _, w := range wrong {
			if w == i {
				p.Right = false
			}
		}
		probes = append(probes, p)
	}
	return probes
}

func TestThresholdsReachTheGoal(t *testing.T) {
	t.Parallel()
	probes := append(probesOf("bets", .9, 40, 30, 31, 32, 33, 34, 35), probesOf("withdrawals", .9, 20, 2, 5)...)
	for i := range 10 {
		probes = append(probes, probe{Decision{float64(i) / 10, false, false}, "bets", i < 3})
	}
	goal := Goal{Precision: .85, Strict: []string{"withdrawals"}, Idle: .2}
	got := goal.thresholds(probes)
	want := kb.Thresholds{Answer: .55, Suggest: .701, Categories: map[string]float64{}}
	if got.Answer >= .65 || got.Answer < .5 {
		t.Errorf("an answer needs %v, want about %v", got.Answer, want.Answer)
	}
	if from := got.Categories["withdrawals"]; from <= got.Answer {
		t.Errorf("withdrawals need %v, want more than %v: they are strict and had two wrong", from, got.Answer)
	}
	if _, differs := got.Categories["bets"]; differs {
		t.Errorf("bets need %v", got.Categories["bets"])
	}
	if got.Suggest > got.Answer {
		t.Errorf("passages are offered from %v, and answers come from %v", got.Suggest, got.Answer)
	}
}

func TestAFewRightAnswersProveNothing(t *testing.T) {
	t.Parallel()
	got := Goal{Precision: .95}.thresholds(probesOf("bets", .9, 10))
	if got.Answer <= 1 {
		t.Errorf("ten right answers give a threshold of %v for a precision of .95", got.Answer)
	}
}

func TestWhatIsNotWholeIsNotAnswered(t *testing.T) {
	t.Parallel()
	probes := probesOf("bets", .9, 50)
	for i := range probes {
		probes[i].whole = false
	}
	if r := reach(kb.Thresholds{Answer: .1, Suggest: .1}, probes); r.Answered > 0 || r.Answerable != 50 {
		t.Errorf("%+v", r)
	}
}

// TestAThresholdHoldsWhatItPromises: whatever the questions, the answers of the tuning half are
// as precise as was wanted.
func TestAThresholdHoldsWhatItPromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var probes []probe
		for range rapid.IntRange(0, 80).Draw(t, "questions") {
			p := probe{
				Decision: Decision{rapid.Float64Range(0, 1).Draw(t, "confidence"), rapid.Bool().Draw(t, "answerable"), false},
				category: rapid.SampledFrom([]string{"bets", "live"}).Draw(t, "category"),
				whole:    rapid.Bool().Draw(t, "whole"),
			}
			p.Right = p.Answerable && rapid.Bool().Draw(t, "right")
			probes = append(probes, p)
		}
		goal := Goal{Precision: rapid.Float64Range(.3, .99).Draw(t, "precision"), Idle: rapid.Float64Range(0, 1).Draw(t, "idle")}
		thresholds := goal.thresholds(probes)
		thresholds.Categories = nil
		r := reach(thresholds, probes)
		if r.Answered > 0 && share(r.Right, r.Answered) < goal.Precision {
			t.Fatalf("%v of %v right, wanted %v", r.Right, r.Answered, goal.Precision)
		}
	})
}

func TestDecisionIsWrittenAsContentReadsIt(t *testing.T) {
	t.Parallel()
	c := Calibration{
		Locale: kb.RU, Goal: Goal{Precision: .9}, Questions: 300,
		Thresholds: kb.Thresholds{Answer: .7, Suggest: .25, Categories: map[string]float64{"withdrawals": .812, "complaints": kb.Never}},
	}
	var b strings.Builder
	if err := c.WriteDecision(&b, "0123"); err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(b.String(), "\n")
	want := "answer: 0.700\nsuggest: 0.250\ncategories:\n  complaints: never\n  withdrawals: 0.812\ntuned:\n  precision: 0.9\n  questions: 300\n  set: 0123\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestWhatIsLeftToPeopleStays: no figure opens a category that the editors have closed.
func TestWhatIsLeftToPeopleStays(t *testing.T) {
	t.Parallel()
	probes := append(probesOf("bets", .9, 40), probesOf("withdrawals", .9, 40)...)
	got := Goal{Precision: .9, Never: []string{"withdrawals"}}.thresholds(probes)
	if got.AnswerFrom("withdrawals") <= 1 || got.AnswerFrom("bets") > 1 {
		t.Errorf("%+v", got)
	}
	if r := reach(got, probes); r.Answered != 40 {
		t.Errorf("%d answered, want those on bets", r.Answered)
	}
}
