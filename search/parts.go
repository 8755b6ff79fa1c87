package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"otvet/kb"
)

// maxParts is how many questions of one text get an answer each, and maxSentences how many
// parts a text may have in all, greetings and thanks included: one of more is a story.
const (
	maxParts     = 3
	maxSentences = 8
)

// partWords are the words at which one question of a text may end and another begin.
type partWords struct {
	joins   []string // "and": part of the joint, when what follows is one
	further []string // begin a further question
	asks    []string // after "and", they may ask by themselves
}

func newPartWords() partWords {
	return partWords{
		joins:   []string{"и", "а", "но", "and"},
		further: []string{"еще", "также", "заодно", "also"},
		asks:    []string{"как", "где", "куда", "когда", "сколько", "почему", "можно", "how", "where", "when", "why", "what", "can"},
	}
}

// parts answers a text that asks several things, each by itself. It returns nil, and the
// text is one question, unless each part names a subject of its own, is near a phrasing that
// players are known to use, and has a sure answer, another one than the others; and unless
// the whole is such a phrasing.
func (s *snapshot) parts(ctx context.Context, whole decided, asked *question) ([]Answer, error) {
	if whole.Verdict == Answered && whole.phrasing >= samePhrasing {
		return nil, nil
	}
	tried := 1 // a text of one part is the whole
	for _, atQuestions := range []bool{true, false} {
		spans := splitParts(asked.written, atQuestions)
		if len(spans) == tried || len(spans) > maxSentences {
			continue
		}
		if parts, err := s.answerParts(ctx, whole.Query, asked, spans); err != nil || parts != nil {
			return parts, err
		}
		tried = len(spans)
	}
	return nil, nil
}

// answerParts answers each part of the text as it was read; nil unless all that name a subject have sure
// answers, two or three different ones.
func (s *snapshot) answerParts(ctx context.Context, q Query, asked *question, spans []Span) ([]Answer, error) {
	var parts []Answer
	shown := map[kb.Ref]bool{}
	for _, span := range spans {
		part, names, err := s.part(ctx, q, asked, span)
		switch {
		case err != nil:
			return nil, err
		case !names:
			continue
		case part.Verdict != Answered || part.phrasing < nearPhrasing || shown[part.Passages[0].Ref] || len(parts) == maxParts:
			return nil, nil
		}
		shown[part.Passages[0].Ref] = true
		parts = append(parts, part.Answer)
	}
	if len(parts) < 2 {
		return nil, nil
	}
	return parts, nil
}

// part decides on a part by itself; false when it names no subject, as a greeting does.
func (s *snapshot) part(ctx context.Context, q Query, whole *question, at Span) (decided, bool, error) {
	q.Text = whole.typedAs(q.Text, at)
	asked, err := s.understandPart(q, whole, at)
	subject := func(c concept) bool { return !c.filler }
	switch {
	case errors.Is(err, ErrEmpty):
		return decided{}, false, nil
	case err != nil:
		return decided{}, false, err
	case !slices.ContainsFunc(asked.concepts, subject):
		return decided{}, false, nil
	}
	d, err := s.decide(ctx, q, &asked, s.thresholds(asked.locale))
	d.Related = nil
	return d, true, err
}

// understandPart reads a part in the letters in which the whole was read, and what was taken as
// it was typed by itself.
func (s *snapshot) understandPart(q Query, whole *question, at Span) (question, error) {
	if len(whole.changes) == 0 {
		return s.understand(q, false)
	}
	part := text{locale: whole.locale, written: whole.written[at.Start:at.End], changes: whole.changes}
	part.words = s.indexes[whole.locale].vocabulary.lexicon.words(part.written)
	part.notes = []string{fmt.Sprintf("read as %q", part.written)}
	return s.ask(q, part), nil
}

// splitParts cuts a text where another question may begin: after a sentence or a line, at
// words such as "and also", and with atQuestions at "and how" too. What only joins is left
// out.
func splitParts(text string, atQuestions bool) []Span {
	var parts []Span
	start := 0
	add := func(end int) {
		end = start + len(strings.TrimRightFunc(text[start:end], isJoint))
		if part := strings.TrimLeftFunc(text[start:end], isJoint); part != "" {
			parts = append(parts, Span{end - len(part), end})
		}
	}
	is, words := newPartWords(), wordsIn(text)
	for i := 0; i < len(words); i++ {
		ended := i > 0 && endsSentence(text[words[i-1].End:words[i].Start])
		if begin, first, ok := is.joint(words, i, ended, atQuestions); ok {
			add(words[i].Start)
			start, i = begin, first
		}
	}
	add(len(text))
	return parts
}

// joint reports whether another question may begin at the ith word, where a sentence has
// ended or not; if so, from which byte on and with which word it goes on.
func (is *partWords) joint(words []word, i int, ended, atQuestions bool) (begin, first int, ok bool) {
	if first = i; slices.Contains(is.joins, words[i].folded) && i+1 < len(words) {
		first++
	}
	switch next := words[first].folded; {
	case slices.Contains(is.further, next) && (first > i || ended || i == 0 || next != "еще"): // "ещё не пришло" goes on
		return words[first].End, first, true
	case first > i && atQuestions && slices.Contains(is.asks, next):
		return words[first].Start, first, true
	}
	return words[i].Start, i, ended
}

// endsSentence reports whether what stands between two words ends a sentence or a line. A
// point without a blank behind it stands in a number or an address.
func endsSentence(between string) bool {
	return strings.ContainsAny(between, ";\n") || strings.ContainsAny(between, ".!?…") && strings.ContainsAny(between, " \t\u00a0")
}

// isJoint reports whether a character at the edge of a part does not belong to it.
func isJoint(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",:;.!?…-–—", r) }

// together puts the answers of the parts in the place of the whole's: the passages of all,
// as sure as the least sure one.
func together(whole Answer, parts []Answer) Answer {
	if parts == nil {
		return whole
	}
	a := Answer{Query: whole.Query, Reading: whole.Reading, Verdict: Answered, Whole: true, Confidence: 1, Parts: parts, Revision: whole.Revision}
	a.Explanation = []string{fmt.Sprintf("answered: the text asks %d things, and each has an answer", len(parts))}
	for _, p := range parts {
		a.Passages, a.Citations = append(a.Passages, p.Passages...), append(a.Citations, p.Citations...)
		a.Confidence = min(a.Confidence, p.Confidence)
		a.Explanation = append(a.Explanation, fmt.Sprintf("%q:", p.Query.Text))
		a.Explanation = append(a.Explanation, p.Explanation...)
	}
	return a
}
