package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// clauseNumber is a number that a heading begins with, such as "4." or "4.2".
var clauseNumber = regexp.MustCompile(`^(\d{1,4}(?:\.\d{1,4}){0,3})[.)]?\s+`)

// number gives every heading of Terms its clause number: the source's own where they are
// sound, since people cite them, else new ones.
func (a *article) number() {
	var own []string
	for _, s := range a.sections {
		if s.level == 0 {
			continue
		}
		if m := clauseNumber.FindStringSubmatch(s.heading); m != nil && len(m[0]) < len(s.heading) {
			s.number, s.heading = m[1], s.heading[len(m[0]):]
		}
		own = append(own, s.number)
	}
	if !a.soundNumbers() {
		a.renumber()
		if slices.ContainsFunc(own, func(n string) bool { return n != "" }) {
			a.item.note("clauses were renumbered: compare the numbers that other texts cite")
		} else if len(own) > 0 {
			a.item.note("clauses were numbered")
		}
	}
}

// soundNumbers says whether the numbers rise and fit the levels.
func (a *article) soundNumbers() bool {
	last := []int{0}
	for _, s := range a.sections {
		if s.level == 0 {
			continue
		}
		number := parseNumber(s.number)
		if len(number) != s.level-1 || slices.Compare(number, last) <= 0 || s.level == 3 && number[0] != last[0] {
			return false
		}
		last = number
	}
	return true
}

// parseNumber reads "4.2"; nil when it is none.
func parseNumber(text string) (number []int) {
	for part := range strings.SplitSeq(text, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		number = append(number, n)
	}
	return number
}

// renumber numbers chapters 1, 2, … and their clauses 1.1, 1.2, …
func (a *article) renumber() {
	chapter, clause := 0, 0
	for _, s := range a.sections {
		switch s.level {
		case 2:
			chapter, clause = chapter+1, 0
			s.number = strconv.Itoa(chapter)
		case 3:
			clause++
			s.number = strconv.Itoa(chapter) + "." + strconv.Itoa(clause)
		}
	}
}

// clauseAnchor returns the anchor of a numbered heading: "s4" or "c4-2".
func (s *section) clauseAnchor() string {
	if s.level == 2 {
		return "s" + s.number
	}
	return "c" + strings.ReplaceAll(s.number, ".", "-")
}

// settleEffective fills in the day from which Terms apply.
func (a *article) settleEffective() {
	if a.effective.IsZero() {
		a.effective = a.updated
		a.item.note("effective from %s, the day of its last change: correct the day", a.updated.Format(time.DateOnly))
	}
}
