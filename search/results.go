package search

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How many hits a query without a limit asks for, and how many it gets at most.
const (
	defaultHits        = 10
	defaultSuggestions = 5
	maxHits            = 50
)

// maxCompletions is how many words an unfinished word may stand for.
const maxCompletions = 12

// search finds passages for a finished question.
func (s *snapshot) search(ctx context.Context, q Query) (Results, error) {
	asked, err := s.understand(q)
	if err != nil {
		return Results{}, err
	}
	hits, err := s.indexes[asked.locale].rank(ctx, asked.concepts)
	if err != nil {
		return Results{}, err
	}
	return s.results(q, asked, hits, limit(q.Limit, defaultHits)), nil
}

// suggest finds passages for a question that is still being typed.
func (s *snapshot) suggest(ctx context.Context, q Query) (Results, error) {
	asked, err := s.understand(q)
	if err != nil {
		return Results{}, err
	}
	x := s.indexes[asked.locale]
	if len(asked.concepts) > 0 && endsInWord(q.Text) {
		x.complete(&asked.concepts[len(asked.concepts)-1])
	}
	hits, err := x.rank(ctx, asked.concepts)
	if err != nil {
		return Results{}, err
	}
	n := limit(q.Limit, defaultSuggestions)
	return s.results(q, asked, onePerHeading(hits, n), n), nil
}

// endsInWord reports whether the last word of a text may be unfinished.
func endsInWord(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsLetter(last) || unicode.IsDigit(last)
}

// complete lets a concept stand for the words that begin like it too.
func (x *index) complete(c *concept) {
	word := c.word[strings.LastIndexByte(c.word, ' ')+1:]
	for _, id := range x.vocabulary.completions(word, maxCompletions) {
		c.readings = append(c.readings, reading{[]termID{id}, synonymCredit})
	}
	*c = x.weigh(*c)
}

// onePerHeading returns the first n hits with a heading of their own.
func onePerHeading(hits []ranked, n int) []ranked {
	seen := map[string]bool{}
	var kept []ranked
	for _, h := range hits {
		if len(kept) == n {
			break
		}
		heading := Fold(h.entry.passage.Heading)
		if !seen[heading] {
			seen[heading] = true
			kept = append(kept, h)
		}
	}
	return kept
}

func (s *snapshot) results(q Query, asked question, hits []ranked, n int) Results {
	r := Results{Query: q, Revision: s.revision}
	for _, h := range hits[:min(len(hits), n)] {
		r.Hits = append(r.Hits, Hit{
			Passage:     h.entry.passage,
			Score:       h.score,
			Quote:       h.entry.quote(asked.concepts),
			Explanation: append(h.explanation(), asked.notes...),
		})
	}
	return r
}

func limit(asked, standard int) int {
	if asked <= 0 {
		return standard
	}
	return min(asked, maxHits)
}
