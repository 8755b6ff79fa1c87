package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"otvet/kb"
)

// maxCompletions is how many words an unfinished word may stand for.
const maxCompletions = 12

// From minBegun letters on, the beginning of a word says what it is.
const minBegun = 3

// What counts beside the evidence while a question is typed: that a heading begins with
// all of several words, or with the only one.
const (
	openingWeight     = 0.6
	openingWordWeight = 0.05
)

// suggest finds passages for a question that is still being typed.
func (s *snapshot) suggest(ctx context.Context, q Query, popular Popularity) (Results, error) {
	asked, err := s.understand(q, true)
	if err != nil {
		return Results{}, err
	}
	x := s.indexes[asked.locale]
	hits, err := x.rank(ctx, asked.concepts)
	if err != nil {
		return Results{}, err
	}
	hits = x.addOpenings(&asked, hits)
	for i := range hits {
		hits[i].score += x.preference(popular, hits[i].entry, &asked)
	}
	slices.SortFunc(hits, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.entry.place, b.entry.place))
	})
	return s.results(q, &asked, onePerHeading(hits), limit(q.Limit, defaultSuggestions)), nil
}

// begins reports whether a known word begins like that.
func (x *index) begins(prefix string) bool {
	return utf8.RuneCountInString(prefix) >= minBegun && len(x.vocabulary.completions(prefix, 1)) > 0
}

// complete lets the last concept stand for the words that it may become. It weighs what
// they weigh, the common ones more than the rare, and less the fewer letters there are.
func (x *index) complete(asked *question, word string) {
	if len(asked.concepts) == 0 {
		asked.unfinished = word
		return
	}
	c := &asked.concepts[len(asked.concepts)-1]
	if c.word[strings.LastIndexByte(c.word, ' ')+1:] != word {
		asked.unfinished = word
		return
	}
	ids := x.vocabulary.completions(word, maxCompletions)
	if len(ids) == 0 {
		return // finished, or mistyped
	}
	asked.unfinished = word
	if c.guess != "" { // nothing was mistyped yet
		c.guess, c.readings = "", nil
	}
	all, weight := 0.0, 0.0
	for _, id := range ids {
		df := float64(x.vocabulary.df[id])
		all, weight = all+df, weight+df*x.vocabulary.weight(id)
		c.readings = append(c.readings, reading{[]termID{id}, synonymCredit * (1 + df/float64(x.vocabulary.df[ids[0]])) / 2})
	}
	letters := float64(utf8.RuneCountInString(word))
	c.idf = weight / all * letters / (letters + 2)
}

// addOpenings raises the passages whose heading begins with what was typed, and adds
// those that no word of a subject has found: "how" and "как" are asked of everything.
func (x *index) addOpenings(asked *question, hits []ranked) []ranked {
	typed := plainWords(asked.written)
	weight := openingWeight
	if !strings.Contains(typed, " ") {
		weight = openingWordWeight
	}
	opened := map[*entry]bool{}
	for _, e := range x.openings.of(x, typed, maxHits) {
		opened[e] = true
	}
	for i := range hits {
		if opened[hits[i].entry] {
			hits[i].score += weight
			delete(opened, hits[i].entry)
		}
	}
	for e := range opened {
		r := ranked{entry: e, evidence: x.evidence(asked.concepts, e)}
		r.score = r.evidence.score() + weight
		if e.passage.Kind == kb.Terms {
			r.score *= termsPrior
		}
		hits = append(hits, r)
	}
	return hits
}

func onePerHeading(hits []ranked) []ranked {
	seen := map[string]bool{}
	var kept []ranked
	for _, h := range hits {
		heading := Fold(h.entry.passage.Heading)
		if !seen[heading] {
			seen[heading] = true
			kept = append(kept, h)
		}
	}
	return kept
}
