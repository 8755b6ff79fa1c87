package search

import "context"

// How many hits a query without a limit asks for, and how many it gets at most.
const (
	defaultHits        = 10
	defaultSuggestions = 5
	maxHits            = 50
)

// search finds passages for a finished question.
func (s *snapshot) search(ctx context.Context, q Query) (Results, error) {
	asked, err := s.understand(q, false)
	if err != nil {
		return Results{}, err
	}
	x := s.indexes[asked.locale]
	hits, err := x.rank(ctx, asked.concepts)
	if err != nil {
		return Results{}, err
	}
	counts := q.count(hits)
	if q.narrows() && len(hits) > 0 {
		if hits, err = x.narrow(ctx, q, asked.concepts, hits[0].score, &counts); err != nil {
			return Results{}, err
		}
	}
	r := s.results(q, &asked, hits, limit(q.Limit, defaultHits))
	r.Counts = counts
	return r, nil
}

func (s *snapshot) results(q Query, asked *question, hits []ranked, n int) Results {
	x := s.indexes[asked.locale]
	r := s.headings(q, asked, hits, n)
	for i := range r.Hits {
		hit, h := &r.Hits[i], &hits[i]
		hit.Quote = h.entry.quote(asked.concepts)
		hit.Quoted = asked.marks(x, hit.Quote)
		hit.Explanation = append(h.explanation(), asked.notes...)
	}
	return r
}

// headings is results without quotes and explanations, which nobody reads while typing.
func (s *snapshot) headings(q Query, asked *question, hits []ranked, n int) Results {
	x, hits := s.indexes[asked.locale], hits[:min(len(hits), n)]
	r := Results{Query: q, Reading: asked.reading(x, hits[:min(len(hits), maxSuggested)]), Revision: s.revision}
	for _, h := range hits {
		r.Hits = append(r.Hits, Hit{Passage: *h.entry.passage, Score: h.score, Heading: asked.marks(x, h.entry.passage.Heading)})
	}
	return r
}

func limit(asked, standard int) int {
	if asked <= 0 {
		return standard
	}
	return min(asked, maxHits)
}
