package tickets

import (
	"testing"
	"time"
)

func TestPeriodsBeginWithADayOfTheOperator(t *testing.T) {
	t.Parallel()
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	late := time.Date(2026, 10, 31, 20, 0, 0, 0, time.UTC) // 1 November, 05:00 in Tokyo
	if got := Day(late, tokyo).Format(time.RFC3339); got != "2026-11-01T00:00:00Z" {
		t.Errorf("the day is %s", got)
	}
	p := LastDays(7, late, tokyo)
	if got := p.First.Format(time.RFC3339); got != "2026-10-26T00:00:00Z" {
		t.Errorf("seven days begin with %s", got)
	}
	if got := p.Since.UTC().Format(time.RFC3339); got != "2026-10-25T15:00:00Z" {
		t.Errorf("which began at %s", got)
	}
	if p := LastDays(1, late, tokyo); !p.First.Equal(Day(late, tokyo)) {
		t.Errorf("one day is %s", p.First)
	}
}

func TestUseCountsWordsForAndAgainst(t *testing.T) {
	t.Parallel()
	page := Use{Article: "faq/withdrawals", Views: 10, Helped: 1, Unhelped: 2}
	u := page.Add(Use{Anchor: "how-long", Solved: 1, Wrote: 4})
	if u.Anchor != "" || u.Views != 10 || u.Bad() != 6 || u.Words() != 8 || u.Share() != 0.75 {
		t.Errorf("together %+v: %d of %d, %v", u, u.Bad(), u.Words(), u.Share())
	}
	if s := (Use{Views: 3}).Share(); s != 0 {
		t.Errorf("the share of no words is %v", s)
	}
}
