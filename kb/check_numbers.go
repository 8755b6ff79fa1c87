package kb

import (
	"fmt"
	"slices"
)

// checkNumbers finds Terms headings without a number, or with one that does not
// belong where it stands. Gaps are fine: a clause that is dropped must not renumber
// the others.
func (p *page) checkNumbers() {
	if p.kind != Terms {
		return
	}
	last := []int{0}
	for i, s := range p.article.Sections {
		if s.Level == 0 {
			continue
		}
		number, ok := parseNumber(s.Number)
		if !ok || len(number) != s.Level-1 {
			p.src.problem(p.places[i], "clause without a number: write \"%s\"", example(s, last))
			if s.Level == 2 {
				last = []int{last[0] + 1}
			}
			continue
		}
		if slices.Compare(number, last) <= 0 || s.Level == 3 && number[0] != last[0] {
			p.src.problem(p.places[i], "clause %s is out of order here: number chapters 1., 2., ... and their clauses 1.1, 1.2, ...", s.Number)
		}
		last = number
	}
}

// example returns a heading as it should be written after the clause last.
func example(s Section, last []int) string {
	if s.Level == 2 {
		n := last[0] + 1
		return fmt.Sprintf("## %d. %s {#s%d}", n, s.Heading, n)
	}
	n, m := max(last[0], 1), 1
	if len(last) == 2 {
		m = last[1] + 1
	}
	return fmt.Sprintf("### %d.%d %s {#c%d-%d}", n, m, s.Heading, n, m)
}
