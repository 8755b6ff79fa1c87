package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"
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
	for i := range hits {
		hits[i].score += x.preference(popular, hits[i].entry, &asked)
	}
	hits = x.addOpenings(&asked, hits, popular)
	slices.SortFunc(hits, byScore)
	return s.headings(q, &asked, onePerHeading(hits), limit(q.Limit, defaultSuggestions)), nil
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
// those that no word of a subject has found: "how" and "как" are asked of everything, so of
// these the preferred ones.
func (x *index) addOpenings(asked *question, hits []ranked, popular Popularity) []ranked {
	typed := plainWords(asked.written)
	weight := openingWeight
	if !strings.Contains(typed, " ") {
		weight = openingWordWeight
	}
	found := map[*entry]int{}
	for i := range hits {
		found[hits[i].entry] = i
	}
	var others []ranked
	for _, e := range x.openings.of(x, typed) {
		if i, ok := found[e]; ok {
			hits[i].score += weight
			continue
		}
		others = append(others, ranked{entry: e, score: weight + x.preference(popular, e, asked)})
	}
	slices.SortFunc(others, byScore)
	others = others[:min(len(others), maxHits)]
	for i := range others {
		others[i].evidence = x.evidence(asked.concepts, others[i].entry)
		others[i].score += others[i].entry.prior() * others[i].evidence.score()
	}
	return append(hits, others...)
}

// byScore orders hits, the best one first, by their place among equals.
func byScore(a, b ranked) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.entry.place, b.entry.place))
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
