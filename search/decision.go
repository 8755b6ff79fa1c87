package search

import "fmt"

// The thresholds of the decision, set on the judged questions of testdata.
const (
	answerFrom   = 0.62 // confidence from which the first passage is the answer
	suggestFrom  = 0.42 // confidence from which passages are offered
	nearPhrasing = 0.6  // likeness from which a phrasing counts as matched
	clearMargin  = 0.1
)

// decide turns the evidence for the first passage into a verdict with a confidence
// of 0..1 and says why.
func decide(ev evidence) (Verdict, float64, []string) {
	confidence := ev.confidence()
	verdict := NoAnswer
	switch {
	case ev.words == 0 || ev.held == 0:
		confidence = 0
	case confidence >= answerFrom:
		verdict = Answered
	case confidence >= suggestFrom:
		verdict = Suggested
	}
	return verdict, confidence, ev.explanation(verdict, confidence)
}

// confidence weighs the evidence. Coverage bounds it: a passage that lacks half of
// what the question is about is not its answer, however well the rest matches.
func (ev *evidence) confidence() float64 {
	support := 0.45 + 0.2*ev.headed + 0.25*ev.phrasing + 0.05*min(ev.margin/clearMargin, 1) + 0.05*ev.agreed
	return ev.covered * support
}

// explanation is the decision in words.
func (ev *evidence) explanation(v Verdict, confidence float64) []string {
	words := []string{fmt.Sprintf("%s: confidence %.2f", v, confidence)}
	if ev.words == 0 {
		return append(words, "the question holds no informative words")
	}
	words = append(words, fmt.Sprintf("covers %d of %d informative words", ev.held, ev.words))
	if ev.known < 1 {
		words = append(words, fmt.Sprintf("%.0f%% of their weight is in words that the content does not know", 100*(1-ev.known)))
	}
	if ev.phrasing >= nearPhrasing {
		words = append(words, fmt.Sprintf("matches the phrasing %q", ev.nearest))
	}
	if ev.margin >= clearMargin {
		words = append(words, "first by a clear margin")
	}
	return words
}
