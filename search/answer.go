package search

import (
	"context"
	"fmt"

	"otvet/kb"
)

// maxSuggested is how many passages are offered, and maxRelated how many more are
// named beside an answer.
const (
	maxSuggested = 3
	maxRelated   = 3
)

// decided is an answer with what it came from.
type decided struct {
	Answer
	phrasing float64 // likeness of the question to the nearest phrasing of the first hit
}

// answer decides whether the snapshot answers q, as one question or as several.
func (s *snapshot) answer(ctx context.Context, q Query) (Answer, error) {
	asked, err := s.understand(q, false)
	if err != nil {
		return Answer{}, err
	}
	whole, err := s.decide(ctx, q, &asked, s.thresholds(asked.locale))
	if err != nil {
		return Answer{}, err
	}
	parts, err := s.parts(ctx, whole, &asked)
	if err != nil || parts != nil {
		return together(whole.Answer, parts), err
	}
	if offer, err := s.offerParts(ctx, whole, &asked); err != nil || offer != nil {
		return whole.offering(offer), err
	}
	if whole.Verdict == NoAnswer {
		return s.elsewhere(ctx, whole.Answer, &asked)
	}
	return whole.Answer, nil
}

// decide decides on one question in one language by the thresholds given.
func (s *snapshot) decide(ctx context.Context, q Query, asked *question, t kb.Thresholds) (decided, error) {
	d := decided{Answer: Answer{Query: q, Verdict: NoAnswer, Revision: s.revision}}
	x := s.indexes[asked.locale]
	hits, err := x.rank(ctx, asked.concepts)
	if err != nil {
		return decided{}, err
	}
	if len(hits) == 0 {
		d.Reading = asked.reading(x, nil)
		d.Explanation = append([]string{"no_answer: no passage holds any word of the question"}, asked.notes...)
		return d, nil
	}
	asked.first(x, hits)
	d.Verdict, d.Confidence, d.Explanation = decide(hits[0].evidence, hits[0].entry.passage.Category, t)
	d.Explanation = append(d.Explanation, asked.notes...)
	d.Whole = hits[0].evidence.whole()
	d.phrasing = hits[0].evidence.phrasing
	d.show(asked.concepts, hits)
	d.Reading = asked.reading(x, hits[:d.telling(hits)])
	return d, nil
}

// telling is how many of the hits may tell what a mistyped word was read as: those shown, and
// none where too little of the question is found in them. To announce a guess that led nowhere
// would help nobody.
func (d *decided) telling(hits []ranked) int {
	if hits[0].evidence.thin() {
		return 0
	}
	return len(d.Passages)
}

// elsewhere asks the content of the other language the same words, when that of the
// question's own has no answer: a name or an abbreviation may be explained in one
// language only. Only an answer counts; what is merely alike stays away. What the asking
// language keeps from being answered the other one does not answer either.
func (s *snapshot) elsewhere(ctx context.Context, none Answer, asked *question) (Answer, error) {
	x := s.indexes[asked.locale]
	there := text{locale: other(asked.locale), words: x.vocabulary.lexicon.words(asked.written), written: asked.written, changes: asked.changes}
	if s.knows(there) < understood {
		return none, nil
	}
	again := s.ask(none.Query, there)
	found, err := s.decide(ctx, none.Query, &again, stricter(s.thresholds(asked.locale), s.thresholds(there.locale)))
	if err != nil || found.Verdict != Answered {
		return none, err
	}
	found.Explanation = append(found.Explanation, fmt.Sprintf("nothing in %s answers it: searched %s", asked.locale, there.locale))
	return found.Answer, nil
}

// stricter returns thresholds for an answer of which each is the higher one of two.
func stricter(a, b kb.Thresholds) kb.Thresholds {
	t := kb.Thresholds{Answer: max(a.Answer, b.Answer), Suggest: max(a.Suggest, b.Suggest), Categories: map[string]float64{}}
	for _, of := range []kb.Thresholds{a, b} {
		for category := range of.Categories {
			t.Categories[category] = max(a.AnswerFrom(category), b.AnswerFrom(category))
		}
	}
	return t
}

// show sets what the verdict calls for: the passages with their citations, and more
// to read beside an answer.
func (a *Answer) show(concepts []concept, hits []ranked) {
	shown := 0
	switch a.Verdict {
	case Answered:
		shown = 1
		a.Related = passages(related(hits))
	case Suggested:
		shown = min(len(hits), maxSuggested)
	}
	a.Passages = passages(hits[:shown])
	for _, h := range hits[:shown] {
		a.Citations = append(a.Citations, h.entry.passage.Citation(h.entry.quote(concepts)))
	}
}

func passages(hits []ranked) []kb.Passage {
	var found []kb.Passage
	for _, h := range hits {
		found = append(found, *h.entry.passage)
	}
	return found
}

// related returns the hits after the first that hold at least half of the question.
func related(hits []ranked) []ranked {
	var found []ranked
	for _, h := range hits[1:] {
		if h.evidence.covered >= 0.5 && len(found) < maxRelated {
			found = append(found, h)
		}
	}
	return found
}
