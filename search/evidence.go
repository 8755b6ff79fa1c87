package search

// evidence is what speaks for one passage as the answer to one question: plain
// figures of 0..1, so that the decision over them can be replaced by a calibrated one.
type evidence struct {
	covered  float64 // idf mass of the question's informative words that the passage holds
	headed   float64 // the same, in its title, heading and phrasings only
	phrasing float64 // likeness to the nearest phrasing: 1 is the same words
	margin   float64 // how far its score is above that of the next passage
	agreed   float64 // how much of the score of the next hits is in its category
	known    float64 // idf mass of the informative words that the index knows

	words, held int    // informative words, and how many of them the passage holds
	nearest     string // the phrasing meant
}

// weigh collects the evidence of one passage by itself; margin and agreed need the
// other hits, see [compare].
func weigh(concepts []concept, e *entry) evidence {
	var ev evidence
	total := 0.0
	for _, c := range concepts {
		if c.filler {
			continue
		}
		credit := c.credit(e.has)
		total += c.idf
		ev.covered += c.idf * credit
		ev.headed += c.idf * c.credit(e.heads)
		ev.words++
		if credit >= typoCredit {
			ev.held++
		}
		if len(c.readings) > 0 {
			ev.known += c.idf
		}
	}
	if total > 0 {
		ev.covered /= total
		ev.headed /= total
		ev.known /= total
	}
	for i := range e.phrases {
		if like := likeness(concepts, &e.phrases[i]); like > ev.phrasing {
			ev.phrasing, ev.nearest = like, e.phrases[i].text
		}
	}
	return ev
}

// likeness compares the question with a phrase: twice the mass that they share over
// the mass of both (the Dice coefficient, weighted).
func likeness(concepts []concept, p *phrase) float64 {
	shared, mass := 0.0, p.mass
	for i := range concepts {
		c := &concepts[i]
		shared += c.weight() * c.credit(p.has)
		mass += c.weight()
	}
	if mass == 0 {
		return 0
	}
	return 2 * shared / mass
}

// compare sets what only the whole list of hits shows about the first one.
func compare(hits []ranked) {
	if len(hits) == 0 {
		return
	}
	first := &hits[0]
	first.evidence.margin = 1
	if len(hits) == 1 {
		first.evidence.agreed = 1
		return
	}
	first.evidence.margin = (first.score - hits[1].score) / first.score
	same, all := 0.0, 0.0
	for _, h := range hits[1:min(len(hits), 4)] {
		all += h.score
		if h.entry.passage.Category == first.entry.passage.Category {
			same += h.score
		}
	}
	first.evidence.agreed = same / all
}
