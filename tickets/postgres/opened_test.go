package postgres_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/tickets"
)

func TestWhatNobodyOpenedIsAGap(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.asked("suggested", nil, "opened at once", "never opened", "Never  opened?")
	d.asked("suggested", func(a *tickets.Ask) { a.Outcome = tickets.AskOutcomeSolved }, "solved")
	d.asked("suggested", func(a *tickets.Ask) { a.Outcome = tickets.AskOutcomeTicket }, "wrote to us")
	d.asked("suggested", func(a *tickets.Ask) { a.Channel = "api" }, "of a client that tells nothing")
	d.asked("suggested", func(a *tickets.Ask) { a.At = time.Now().Add(-29 * time.Minute) }, "still reading")
	d.asked("answered", nil, "answered on the page")
	d.asked("no_answer", nil, "nothing found")
	const first = "00000000000000000000000000000001"
	for range 2 { // twice is once
		if err := d.AskOpened(t.Context(), first); err != nil {
			t.Fatal(err)
		}
	}
	got, err := d.Unopened(t.Context(), lastWeek())
	if err != nil {
		t.Fatal(err)
	}
	want := tickets.Gaps{Questions: 1, Asks: 2, List: []tickets.Gap{{Question: "Never  opened?", Locale: kb.RU, Asks: 2}}}
	if diff := cmp.Diff(want, got, timeAside); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOpeningWhatIsNotThereChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.asked("suggested", nil, "a question")
	for _, key := range []string{"", "nonsense", strings.Repeat("f", 32), "\x00", strings.Repeat("x", 1000)} {
		if err := d.AskOpened(t.Context(), key); err != nil {
			t.Errorf("%.20q: %v", key, err)
		}
	}
	if n := d.count(`SELECT count(*) FROM asks WHERE opened`); n != 0 {
		t.Errorf("%d asks are opened", n)
	}
}

func TestDemandCountsViewsAndAnswers(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	cite := func(anchor string) func(*tickets.Ask) {
		ref := kb.Ref{Locale: kb.RU, Article: "faq/withdrawals", Anchor: anchor, Revision: "0123456789ab"}
		return func(a *tickets.Ask) {
			a.Shown = []kb.Citation{{Ref: ref, Kind: kb.FAQ, Title: "t", Heading: "h", Text: "x"}}
		}
	}
	d.asked("answered", cite("how-long"), "one", "two")
	d.asked("suggested", cite("limits"), "not an answer")
	d.asked("answered", func(a *tickets.Ask) { cite("limits")(a); a.At = week().Since.Add(-time.Minute) }, "long ago")
	day := week().First
	err := d.AddViews(t.Context(), []tickets.Views{
		{Day: day, Locale: kb.RU, Article: "faq/withdrawals", Count: 3},
		{Day: day.AddDate(0, 0, -1), Locale: kb.RU, Article: "faq/bonuses", Count: 9},
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := d.Demand(t.Context(), week())
	if err != nil {
		t.Fatal(err)
	}
	want := []tickets.Demand{
		{Locale: kb.RU, Article: "faq/withdrawals", Views: 3},
		{Locale: kb.RU, Article: "faq/withdrawals", Anchor: "how-long", Answers: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
