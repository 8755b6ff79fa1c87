package search

import (
	"context"
	"strings"

	"otvet/kb"
)

// offerParts returns what a text asks beside a single answer: the first passage of each part that
// has one, for the reader to choose from. A text of two question marks asks two things, and one
// that has no answer as a whole may be a story with a question in it. Nil: the whole's decision
// stands.
func (s *snapshot) offerParts(ctx context.Context, whole decided, asked *question) ([]decided, error) {
	several := strings.Count(asked.written, "?") > 1
	if whole.Verdict != NoAnswer && !several {
		return nil, nil
	}
	spans := splitParts(asked.written, false)
	if len(spans) < 2 || len(spans) > maxSentences {
		return nil, nil
	}
	var offered []decided
	shown := map[kb.Ref]bool{}
	for _, span := range spans {
		part, names, err := s.part(ctx, whole.Query, asked, span)
		if err != nil {
			return nil, err
		}
		if names && len(part.Passages) > 0 && !shown[part.Passages[0].Ref] && len(offered) < maxParts {
			shown[part.Passages[0].Ref] = true
			offered = append(offered, part)
		}
	}
	if len(offered) < 2 && whole.Verdict != NoAnswer {
		return nil, nil
	}
	return offered, nil
}

// offering is the answer with the parts' first passages to choose from.
func (d decided) offering(parts []decided) Answer {
	a := d.Answer
	a.Verdict, a.Passages, a.Citations, a.Related = Suggested, nil, nil, nil
	a.Explanation = append([]string{"suggested: the text asks several things, and the reader chooses"}, a.Explanation...)
	for _, p := range parts {
		a.Passages, a.Citations = append(a.Passages, p.Passages[0]), append(a.Citations, p.Citations[0])
	}
	return a
}
