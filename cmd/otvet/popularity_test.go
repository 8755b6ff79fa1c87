package main

import (
	"testing"

	"otvet/kb"
	"otvet/tickets"
)

func TestPopularityIsAShareOfTheMost(t *testing.T) {
	t.Parallel()
	p := popularityOf([]tickets.Demand{
		{Locale: kb.EN, Article: "faq/bets", Views: 100},
		{Locale: kb.EN, Article: "faq/withdrawals", Views: 10},
		{Locale: kb.EN, Article: "faq/withdrawals", Anchor: "how-long", Answers: 40},
		{Locale: kb.EN, Article: "faq/withdrawals", Anchor: "limits", Answers: 4},
	})
	of := func(article, anchor string) float64 {
		return p(kb.Ref{Locale: kb.EN, Article: article, Anchor: anchor, Revision: "0123456789ab"})
	}
	most, less, read, none := of("faq/withdrawals", "how-long"), of("faq/withdrawals", "limits"), of("faq/bets", "types"), of("faq/live", "x")
	if most > 1 || most <= less || less <= read || read <= none || none != 0 {
		t.Errorf("popularity %.2f, %.2f, %.2f, %.2f, want falling from at most 1 to 0", most, less, read, none)
	}
	if got := popularityOf(nil)(kb.Ref{Locale: kb.EN, Article: "faq/bets"}); got != 0 {
		t.Errorf("without figures %v", got)
	}
}
