package search

import (
	"fmt"
	"math"

	"otvet/kb"
)

// The thresholds of the decision, on the confidence, where the content has none of its own.
const (
	answerFrom  = 0.73 // the first passage is the answer
	suggestFrom = 0.38 // passages are offered to choose from
)

// thresholds returns those of a language's content.
func (s *snapshot) thresholds(loc kb.Locale) kb.Thresholds {
	if own, ok := s.library.Thresholds(loc); ok {
		return own
	}
	return kb.Thresholds{Answer: answerFrom, Suggest: suggestFrom}
}

// Evidence is thin below both: the passage holds less than this share of the
// question, and less than one rare word of it.
const (
	thinCover = 0.45
	thinMass  = 1.0
)

// From where a phrasing counts as matched and as the same, and a margin as clear.
const (
	nearPhrasing = 0.6
	samePhrasing = 0.8
	clearMargin  = 0.1
)

// decide turns the evidence for the first passage into a verdict with a confidence
// of 0..1 and says why. The passage is of a category.
func decide(ev evidence, category string, t kb.Thresholds) (Verdict, float64, []string) {
	confidence := ev.confidence()
	verdict := NoAnswer
	from := t.AnswerFrom(category)
	switch {
	case ev.thin() && ev.phrasing < nearPhrasing:
	case confidence >= from && ev.whole():
		verdict = Answered
	case confidence >= t.Suggest:
		verdict = Suggested
	}
	words := ev.explanation(verdict, confidence)
	if from > 1 {
		words = append(words, fmt.Sprintf("a person answers about %s", category))
	} else if verdict != Answered {
		words = append(words, fmt.Sprintf("about %s an answer needs %.2f", category, from))
	}
	return verdict, confidence, words
}

// whole reports whether enough of the question was understood for an answer.
func (ev *evidence) whole() bool { return ev.same || !ev.partial() && !ev.thin() }

// confidence estimates how likely the passage is to answer the question: a logistic
// regression whose weights are rounded from a fit to judged questions of four sources in two
// languages, foreign and uncovered ones among them. What was asked weighs by how rare it is and
// how strongly the passage speaks of it; one common word that fits proves little, a word that
// nothing is known of speaks against. Nothing found is never an answer.
func (ev *evidence) confidence() float64 {
	switch {
	case ev.held == 0:
		return 0
	case ev.same:
		return verySame
	}
	sum := -4.6 +
		4.6*min(ev.mass/6, 1) +
		2.4*ev.matched +
		2.15*min(ev.margin/0.2, 1) +
		1.1*float64(ev.held)/float64(ev.words) +
		0.85*ev.phrasing +
		0.35*ev.agreed -
		1.75*ev.strange/float64(ev.words)
	return 1 / (1 + math.Exp(-sum))
}

// thin reports whether too little of the question was found for a passage to be the answer,
// whatever else speaks for it; and for one to be worth showing at all, unless players are
// known to ask for it in such words. A number alone is little.
func (ev *evidence) thin() bool {
	return ev.covered < thinCover && ev.mass < thinMass || ev.held == ev.figures
}

// partial reports whether only a part of the question was understood: a word of it found
// nowhere in a passage that nobody is known to ask for in such words, or one word of it
// beside a phrasing of several. Such a question may be about something else, so the reader
// chooses.
func (ev *evidence) partial() bool {
	if ev.words == 1 {
		return ev.phrasing < samePhrasing
	}
	return ev.held < ev.words && ev.phrasing < nearPhrasing
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
	if ev.same {
		words = append(words, "asked in the very words of a phrasing")
	}
	if ev.thin() && !ev.same {
		words = append(words, "too little was understood to answer")
	}
	if v == Suggested && ev.partial() {
		words = append(words, "only a part of the question was understood, so the reader chooses")
	}
	if ev.phrasing >= nearPhrasing {
		words = append(words, fmt.Sprintf("matches the phrasing %q", ev.nearest))
	}
	if ev.margin >= clearMargin {
		words = append(words, "first by a clear margin")
	}
	return words
}
