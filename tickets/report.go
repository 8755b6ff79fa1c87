package tickets

import (
	"time"

	"otvet/tickets/policy"
)

// Report is how requests were handled in a time that is over or goes on. Requests that were
// merged into others are not counted.
type Report struct {
	Span        Span
	All         Figures
	By          map[Dimension][]Figures // those with anything in them, most received first, then by key
	Clocks      []Duty                  // in the order of policy.Rules
	Appeals     int                     // requests whose player appealed in it
	Late        int                     // received in it after the term for complaints
	Overtakings int                     // first answers in it while an earlier request of the same department and channel had none
}

// Dimension is what figures are told apart by.
type Dimension string

// The dimensions. An outcome and a cause are those that a request has by now.
const (
	ByKind       Dimension = "kind"
	ByCategory   Dimension = "category"
	ByChannel    Dimension = "channel"
	ByDepartment Dimension = "department"
	ByOutcome    Dimension = "outcome"
	ByCause      Dimension = "cause"
)

// Dimensions returns every dimension.
func Dimensions() []Dimension {
	return []Dimension{ByKind, ByCategory, ByChannel, ByDepartment, ByOutcome, ByCause}
}

// Figures are about requests that have something in common.
type Figures struct {
	Key        string // value of the dimension; empty: all requests
	Received   int    // reached us in the time
	Unanswered int    // of these, whose players had asked the help section before and found nothing
	Repeated   int    // of these, whose players had written about the same category in the 30 days before
	Resolved   int    // were solved, answered or ended in it, once each
	Reopened   int    // taken up again in it after that, once each
	Answer     Spread // time to the first answer, of those answered first in it
	Solve      Spread // time to the last resolution in it
	Said       Satisfaction
}

// Spread is how long something took. Both values are times that something really took.
type Spread struct {
	Count  int
	Median time.Duration
	P90    time.Duration // nine of ten took no longer
}

// Satisfaction is what players said of the handling in the time.
type Satisfaction struct {
	Scores int // how many gave one
	Sum    int // of the scores, 1 to 5 each
	Helped int // said that it helped,
	Asked  int // of so many who said whether it did
}

// Mean returns the mean score; 0 when there is none.
func (s Satisfaction) Mean() float64 {
	if s.Scores == 0 {
		return 0
	}
	return float64(s.Sum) / float64(s.Scores)
}

// Duty is how often a clock of ours was kept: it ended in time, or ran out, in the time of
// the report.
type Duty struct {
	Rule  policy.Rule
	Kept  int
	Total int
}

// Duties returns the rules whose clocks say how we do. The others bind the player, or tell
// us to write again.
func Duties() []policy.Rule {
	return []policy.Rule{
		policy.RuleAck, policy.RuleClaim, policy.RuleFirst, policy.RuleResolve, policy.RuleFinal,
		policy.RuleEnquiry, policy.RuleTask,
	}
}

// Percent returns a part of a whole in percent, rounded down unless it is whole, so that
// nothing looks better than it is; false when there is no whole.
func Percent(part, whole int) (int, bool) {
	if whole == 0 {
		return 0, false
	}
	return part * 100 / whole, true
}

// InTime returns how many of all duties of a kind were kept: the answers and decisions that
// players were promised.
func (r Report) InTime() (kept, total int) {
	for _, k := range r.Clocks {
		if k.Rule == policy.RuleFirst || k.Rule == policy.RuleFinal {
			kept, total = kept+k.Kept, total+k.Total
		}
	}
	return kept, total
}

// Comment is a player's word on how a request was handled.
type Comment struct {
	Number   Number
	Category string
	Rating   Rating
}

// Low reports whether somebody should look into it: two or less of five, or it did not
// help.
func (r Rating) Low() bool { return r.Score > 0 && r.Score <= 2 || r.Helped != nil && !*r.Helped }

// Backlog is what is open at a moment.
type Backlog struct {
	Open    int
	Ages    []Age
	Oldest  time.Time // when the oldest open request reached us; zero: none is open
	Overdue []Owed    // the first due first, at most 50
	Late    int       // how many are overdue in all
	Soon    []Owed    // due within a day, at most 50
	Review  []Owed    // decisions that wait for a second person, the oldest first; without rule
}

// Age counts open requests that reached us at least Days ago, and not as long ago as those
// of the next.
type Age struct{ Days, Count int }

// AgeSteps returns the least days of each [Age].
func AgeSteps() []int { return []int{0, 1, 3, 7} }

// Owed is a request with what is owed to it.
type Owed struct {
	Number   Number
	Category string
	Kind     Kind
	Rule     policy.Rule
	Due      time.Time // of Review: since when it waits
	Assignee string    // empty: nobody
}
