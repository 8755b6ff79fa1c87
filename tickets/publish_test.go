package tickets_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"otvet/tickets"
)

// What is hidden cannot be computed: less what is shown, each total leaves nothing, or
// enough requests of more than one category.
func TestHiddenFiguresCannotBeComputed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := tickets.Report{By: map[tickets.Dimension][]tickets.Figures{}}
		counts := rapid.SliceOfN(rapid.IntRange(0, 12), 0, 20).Draw(t, "received and resolved")
		for i := 1; i < len(counts); i += 2 {
			f := tickets.Figures{Key: fmt.Sprint("c", i), Received: counts[i-1], Resolved: counts[i]}
			r.By[tickets.ByCategory] = append(r.By[tickets.ByCategory], f)
			r.All.Received, r.All.Resolved = r.All.Received+f.Received, r.All.Resolved+f.Resolved
		}
		p, ok := r.Publish(r)
		if !ok {
			for _, n := range []int{r.All.Received, r.All.Resolved} {
				if n > 0 && n < tickets.LeastPublished {
					return
				}
			}
			if r.All.Received > 0 {
				t.Fatalf("%+v is not published", r)
			}
			return
		}
		received, resolved, hidden := p.Received, p.Resolved, 0
		for _, c := range p.Categories {
			received, resolved = received-c.Received, resolved-c.Resolved
			switch {
			case c.Hidden:
				hidden++
			case c.Received > 0 && c.Received < tickets.LeastPublished, c.Resolved > 0 && c.Resolved < tickets.LeastPublished:
				t.Fatalf("shown: %+v", c)
			}
		}
		for _, rest := range []int{received, resolved} {
			if rest > 0 && (rest < tickets.LeastPublished || hidden < 2) || rest != 0 && hidden == 0 {
				t.Fatalf("%d requests of %d hidden categories remain of %+v", rest, hidden, p)
			}
		}
	})
}

// A quarter is not published when one of its months is not: the month would be what the
// quarter has more than the others.
func TestNothingIsPublishedThatTellsAHiddenMonth(t *testing.T) {
	t.Parallel()
	month := func(received, resolved int) (r tickets.Report) {
		r.All.Received, r.All.Resolved = received, resolved
		return r
	}
	for _, c := range []struct {
		months [3]tickets.Report
		want   bool
	}{
		{[3]tickets.Report{month(10, 9), month(5, 5), month(0, 0)}, true},
		{[3]tickets.Report{month(10, 9), month(4, 5), month(0, 0)}, false},
		{[3]tickets.Report{month(10, 9), month(10, 9), month(20, 1)}, false},
	} {
		quarter := month(0, 0)
		for _, m := range c.months {
			quarter.All.Received, quarter.All.Resolved = quarter.All.Received+m.All.Received, quarter.All.Resolved+m.All.Resolved
		}
		if _, ok := quarter.Publish(c.months[:]...); ok != c.want {
			t.Errorf("%+v: published %t, want %t", c.months, ok, c.want)
		}
	}
}

// Of too few words, answers and clocks nothing is said.
func TestFiguresOfTooFewAreNotPublished(t *testing.T) {
	t.Parallel()
	few := tickets.Report{
		All: tickets.Figures{
			Received: 100, Resolved: 90, Answer: tickets.Spread{Count: 4, Median: time.Hour, P90: time.Hour},
			Solve: tickets.Spread{Count: 5, Median: time.Hour, P90: time.Hour}, Said: tickets.Satisfaction{Scores: 4, Sum: 4, Helped: 1, Asked: 4},
		},
		Clocks: []tickets.Duty{{Rule: "first", Kept: 3, Total: 4}},
	}
	p, ok := few.Publish()
	if !ok || p.Answer.Count != 0 || p.Scores != 0 || p.Helped != -1 || p.InTime != -1 || p.Solve.Count != 5 {
		t.Errorf("%+v", p)
	}
}

func TestSpansAreThoseOfTheOperatorsCalendar(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 31, 23, 30, 0, 0, time.UTC) // 1 April there
	for _, c := range []struct {
		span     tickets.Span
		from, to string
	}{
		{tickets.MonthOf(at, berlin), "2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z"},
		{tickets.QuarterOf(at, berlin), "2026-03-31T22:00:00Z", "2026-06-30T22:00:00Z"},
		{tickets.QuarterOf(at, time.UTC), "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"},
		{tickets.QuarterOf(at.AddDate(0, -1, 0), berlin), "2025-12-31T23:00:00Z", "2026-03-31T22:00:00Z"}, // summer time begins in it
		{tickets.WeekOf(at, berlin), "2026-03-29T22:00:00Z", "2026-04-05T22:00:00Z"},
	} {
		from, to := c.span.From.UTC().Format(time.RFC3339), c.span.To.UTC().Format(time.RFC3339)
		if from != c.from || to != c.to {
			t.Errorf("from %s to %s, want %s to %s", from, to, c.from, c.to)
		}
	}
}
