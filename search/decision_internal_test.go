package search

import (
	"strings"
	"testing"

	"otvet/kb"
)

func TestDecide(t *testing.T) {
	t.Parallel()
	full := evidence{covered: 1, matched: 0.6, mass: 3, phrasing: 1, margin: 0.3, agreed: 1, known: 1, words: 3, held: 3, nearest: "сколько ждать вывод"}
	for _, c := range []struct {
		name  string
		spoil func(*evidence)
		want  Verdict
		says  string
	}{
		{"everything speaks for it", func(*evidence) {}, Answered, `covers 3 of 3 informative words; matches the phrasing "сколько ждать вывод"; first by a clear margin`},
		{"no phrasing is near", func(ev *evidence) { ev.phrasing, ev.matched, ev.margin = 0.3, 0.5, 0 }, Suggested, "covers 3 of 3"},
		{"in the body only", func(ev *evidence) {
			ev.phrasing, ev.matched, ev.margin, ev.mass = 0.2, 0.2, 0, 1.2
		}, NoAnswer, "covers 3 of 3"},
		{"one common word", func(ev *evidence) {
			ev.words, ev.held, ev.matched, ev.mass, ev.phrasing, ev.margin, ev.agreed = 1, 1, 0.4, 0.3, 0.5, 0, 0
		}, NoAnswer, "covers 1 of 1"},
		{"little of the question", func(ev *evidence) {
			ev.covered, ev.mass, ev.held, ev.known, ev.phrasing = 0.4, 0.9, 1, 0.4, 0.5
		}, NoAnswer, "too little was understood to answer"},
		{"little of the question, asked in known words", func(ev *evidence) {
			ev.covered, ev.mass, ev.held, ev.known = 0.4, 0.9, 1, 0.4
		}, Suggested, "too little was understood to answer"},
		{"strange words", func(ev *evidence) { ev.known, ev.strange, ev.held, ev.matched, ev.margin = 0.5, 1, 2, 0.5, 0.05 }, Suggested, "50% of their weight is in words that the content does not know"},
		{"nothing", func(ev *evidence) { *ev = evidence{words: 2} }, NoAnswer, "confidence 0.00"},
		{"no subject", func(ev *evidence) { *ev = evidence{} }, NoAnswer, "no informative words"},
	} {
		ev := full
		c.spoil(&ev)
		verdict, confidence, words := decide(ev, "withdrawals", kb.Thresholds{Answer: answerFrom, Suggest: suggestFrom})
		if said := strings.Join(words, "; "); verdict != c.want || !strings.Contains(said, c.says) {
			t.Errorf("%s: %s %.2f, want %s; says %q, want %q", c.name, verdict, confidence, c.want, said, c.says)
		}
	}
}

// TestConfidenceGrowsWithEvidence holds that no figure speaks against a passage.
func TestConfidenceGrowsWithEvidence(t *testing.T) {
	t.Parallel()
	base := evidence{covered: 0.5, matched: 0.3, mass: 0.7, phrasing: 0.5, margin: 0.1, agreed: 0.5, known: 0.5, words: 3, held: 1, strange: 1}
	for name, grow := range map[string]func(*evidence){
		"matched":      func(ev *evidence) { ev.matched += 0.3 },
		"mass":         func(ev *evidence) { ev.mass += 0.3 },
		"phrasing":     func(ev *evidence) { ev.phrasing += 0.3 },
		"margin":       func(ev *evidence) { ev.margin += 0.05 },
		"agreed":       func(ev *evidence) { ev.agreed += 0.3 },
		"held":         func(ev *evidence) { ev.held++ },
		"less strange": func(ev *evidence) { ev.strange-- },
	} {
		better := base
		grow(&better)
		if better.confidence() <= base.confidence() {
			t.Errorf("more %s gives %.3f, not above %.3f", name, better.confidence(), base.confidence())
		}
	}
}

// TestThresholdsOfACategory: what may be answered about bets may be left to people about money.
func TestThresholdsOfACategory(t *testing.T) {
	t.Parallel()
	sure := evidence{covered: 1, matched: 0.6, mass: 3, phrasing: 1, margin: 0.3, agreed: 1, known: 1, words: 3, held: 3}
	thresholds := kb.Thresholds{Answer: .5, Suggest: .2, Categories: map[string]float64{"withdrawals": .999, "complaints": kb.Never}}
	for category, want := range map[string]struct {
		verdict Verdict
		says    string
	}{
		"bets":        {Answered, ""},
		"withdrawals": {Suggested, "about withdrawals an answer needs 1.00"},
		"complaints":  {Suggested, "a person answers about complaints"},
	} {
		verdict, _, words := decide(sure, category, thresholds)
		if said := strings.Join(words, "; "); verdict != want.verdict || !strings.Contains(said, want.says) {
			t.Errorf("%s: %s, %q", category, verdict, said)
		}
	}
}
