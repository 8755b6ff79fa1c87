package tickets

import (
	"time"

	"otvet/kb"
)

// Views are how often players opened an article on one day. They are counts and nothing
// else: no address, no browser and no visit is part of them.
type Views struct {
	Day     time.Time // as Day returns it
	Locale  kb.Locale
	Article string // its ID
	Count   int    // at least 1
}

// Day returns the calendar day of a moment in a time zone, as midnight UTC.
func Day(at time.Time, zone *time.Location) time.Time {
	year, month, day := at.In(zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Period is a number of the operator's days that ends with today.
type Period struct {
	First time.Time // the first day, as Day returns it
	Since time.Time // the moment at which it began
}

// LastDays returns the period of today and the n-1 days before it.
func LastDays(n int, now time.Time, zone *time.Location) Period {
	first := Day(now, zone).AddDate(0, 0, 1-n)
	return Period{first, time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, zone)}
}

// Use is what readers did with a place of the content over a period, and what they said
// of it.
type Use struct {
	Locale   kb.Locale
	Article  string // its ID
	Anchor   string // empty: the article as a whole, or its introduction
	Views    int    // of the page; only articles as a whole have any
	Helped   int    // readers who said on the page that it helped,
	Unhelped int    // and that it did not
	Solved   int    // players who were answered with the passage and said that it solved the question,
	Wrote    int    // and who wrote to us all the same
}

// Bad returns how many words of readers are against the place.
func (u Use) Bad() int { return u.Unhelped + u.Wrote }

// Words returns how many words of readers there are.
func (u Use) Words() int { return u.Bad() + u.Helped + u.Solved }

// Share returns which part of the words is against the place, from 0 to 1; 0 when nobody
// has said a word.
func (u Use) Share() float64 {
	if u.Words() == 0 {
		return 0
	}
	return float64(u.Bad()) / float64(u.Words())
}

// Add returns both uses together, at the place of u.
func (u Use) Add(other Use) Use {
	u.Views += other.Views
	u.Helped, u.Unhelped = u.Helped+other.Helped, u.Unhelped+other.Unhelped
	u.Solved, u.Wrote = u.Solved+other.Solved, u.Wrote+other.Wrote
	return u
}
