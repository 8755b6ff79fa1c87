package search

import (
	"context"
	"errors"
	"fmt"
	"regexp"
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

// further are the words that begin a further question, and asks those with which it may
// ask by itself.
const (
	further = `(?:(?:и|а|но)\s+)?(?:ещ[её]|также|заодно)(?:\s+(?:один\s+)?вопрос)?` +
		`|(?:and\s+)?also|and\s+(?:one|another)\s+(?:more\s+)?(?:thing|question)`
	asks = `как|где|куда|когда|сколько|почему|можно|how|where|when|why|what|can`
)

// sentenceEnd is where one question may end and another begin: the end of a sentence or
// line, or words that begin a further question. A point without a blank behind it stands in
// a number or an address.
const sentenceEnd = `(?i)[.!?…]+(?:[\s)"»”]+|$)|[;\n]+|[\s,]+(?:` + further + `)[\s,:]+`

// partEnds are the ways to cut a text, the one that gives most parts first. The group of one
// belongs to the further question.
var partEnds = []*regexp.Regexp{
	regexp.MustCompile(sentenceEnd + `|[\s,]+(?:и|а|and)\s+((?:` + asks + `)\s)`),
	regexp.MustCompile(sentenceEnd),
}

// opener is what a part by itself begins with for the sake of the one before it.
var opener = regexp.MustCompile(`(?i)^(?:` + further + `)[\s,:]+`)

// parts answers a text that asks several things, each by itself. It returns nil, and the
// text is one question, unless each part names a subject of its own and has a sure answer
// of its own, another one than the others, and the whole is no phrasing that players are
// known to use.
func (s *snapshot) parts(ctx context.Context, whole decided) ([]Answer, error) {
	if whole.Verdict == Answered && whole.phrasing >= samePhrasing {
		return nil, nil
	}
	tried := 1 // a text of one part is the whole
	for _, end := range partEnds {
		texts := splitParts(whole.Query.Text, end)
		if len(texts) == tried || len(texts) > maxSentences {
			continue
		}
		if parts, err := s.answerParts(ctx, whole.Query, texts); err != nil || parts != nil {
			return parts, err
		}
		tried = len(texts)
	}
	return nil, nil
}

// answerParts answers each of the texts; nil unless all that name a subject have sure
// answers, two or three different ones.
func (s *snapshot) answerParts(ctx context.Context, q Query, texts []string) ([]Answer, error) {
	var parts []Answer
	shown := map[kb.Ref]bool{}
	for _, text := range texts {
		q.Text = text
		part, names, err := s.part(ctx, q)
		switch {
		case err != nil:
			return nil, err
		case !names:
			continue
		case part.Verdict != Answered || shown[part.Passages[0].Ref] || len(parts) == maxParts:
			return nil, nil
		}
		shown[part.Passages[0].Ref] = true
		parts = append(parts, part)
	}
	if len(parts) < 2 {
		return nil, nil
	}
	return parts, nil
}

// part decides on a part by itself; false when it names no subject, as a greeting does.
func (s *snapshot) part(ctx context.Context, q Query) (Answer, bool, error) {
	asked, err := s.understand(q, false)
	subject := func(c concept) bool { return !c.filler }
	switch {
	case errors.Is(err, ErrEmpty):
		return Answer{}, false, nil
	case err != nil:
		return Answer{}, false, err
	case !slices.ContainsFunc(asked.concepts, subject):
		return Answer{}, false, nil
	}
	d, err := s.decide(ctx, q, &asked)
	d.Related = nil
	return d.Answer, true, err
}

// splitParts cuts a text at each end of a part.
func splitParts(text string, end *regexp.Regexp) []string {
	var parts []string
	add := func(part string) {
		part = strings.TrimFunc(part, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",:-–—", r) })
		if part = opener.ReplaceAllString(part, ""); part != "" {
			parts = append(parts, part)
		}
	}
	start := 0
	for _, at := range end.FindAllStringSubmatchIndex(text, -1) {
		add(text[start:at[0]])
		start = at[1]
		if len(at) > 2 && at[2] >= 0 {
			start = at[2]
		}
	}
	add(text[start:])
	return parts
}

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
