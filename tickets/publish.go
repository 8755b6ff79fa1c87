package tickets

import (
	"slices"
	"time"
)

// LeastPublished is the least number of requests that a published figure may be about.
// What is less could tell who wrote.
const LeastPublished = 5

// Published is a report as anyone may read it. Figures that are about too few are hidden,
// and so many others with them that the hidden ones cannot be computed from the totals.
//
// Totals are published for months and quarters, categories for quarters only: a month's
// categories would tell a hidden quarter's, and the other way round.
type Published struct {
	Span       Span
	Received   int
	Resolved   int
	InTime     int // percent of what was due; -1: of too few
	Answer     Spread
	Solve      Spread
	Scores     int // 0: too few
	Mean       float64
	Helped     int // percent; -1: too few
	Categories []PublishedCategory
}

// PublishedCategory is a category's row.
type PublishedCategory struct {
	Category string
	Hidden   bool // the figures are zero and say nothing
	Received int
	Resolved int
	Solve    Spread
}

// Publish returns what may be published of a report; false when there is too little in it,
// or in a part of it: parts are the months of a quarter, so that none can be computed from
// the quarter and the others.
func (r Report) Publish(parts ...Report) (Published, bool) {
	for _, p := range append([]Report{r}, parts...) {
		if !publishable(p.All.Received) || !publishable(p.All.Resolved) {
			return Published{}, false
		}
	}
	if r.All.Received == 0 {
		return Published{}, false
	}
	p := Published{
		Span: r.Span, Received: r.All.Received, Resolved: r.All.Resolved, InTime: share(r.InTime()),
		Answer: r.All.Answer.published(), Solve: r.All.Solve.published(), Helped: share(r.All.Said.Helped, r.All.Said.Asked),
	}
	if r.All.Said.Scores >= LeastPublished {
		p.Scores, p.Mean = r.All.Said.Scores, r.All.Said.Mean()
	}
	if len(parts) > 0 {
		p.Categories = hide(r.By[ByCategory])
	}
	return p, true
}

func publishable(n int) bool { return n == 0 || n >= LeastPublished }

func share(part, whole int) int {
	if whole < LeastPublished {
		return -1
	}
	percent, _ := Percent(part, whole)
	return percent
}

func (s Spread) published() Spread {
	if s.Count < LeastPublished {
		return Spread{}
	}
	return Spread{Count: s.Count, Median: s.Median.Round(time.Minute), P90: s.P90.Round(time.Minute)}
}

// hide hides rows that are about too few. What is hidden in a column adds up to the total
// less what is shown, which everybody can compute: that too must be about enough requests,
// of two rows at least. The smallest rows go first.
func hide(all []Figures) []PublishedCategory {
	list := slices.Clone(all)
	slices.SortStableFunc(list, func(a, b Figures) int { return a.Received + a.Resolved - b.Received - b.Resolved })
	hidden := map[string]bool{}
	for _, f := range list {
		if !publishable(f.Received) || !publishable(f.Resolved) {
			hidden[f.Key] = true
		}
	}
	for _, f := range list {
		if enough(list, hidden) {
			break
		}
		if f.Received+f.Resolved > 0 {
			hidden[f.Key] = true
		}
	}
	var rows []PublishedCategory
	for _, f := range all {
		switch {
		case hidden[f.Key]:
			rows = append(rows, PublishedCategory{Category: f.Key, Hidden: true})
		case f.Received+f.Resolved > 0:
			rows = append(rows, PublishedCategory{f.Key, false, f.Received, f.Resolved, f.Solve.published()})
		}
	}
	return rows
}

// enough reports whether what is hidden cannot be computed: nothing is, or in each column
// it is the sum of two rows or more, and large enough.
func enough(list []Figures, hidden map[string]bool) bool {
	var received, resolved, rows int
	for _, f := range list {
		if hidden[f.Key] {
			rows, received, resolved = rows+1, received+f.Received, resolved+f.Resolved
		}
	}
	return rows == 0 || rows > 1 && publishable(received) && publishable(resolved)
}
