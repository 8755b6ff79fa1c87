package postgres_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"otvet/kb"
	"otvet/tickets"
)

// asked records questions with one verdict, each a minute after the one before.
func (d *desk) asked(verdict string, change func(*tickets.Ask), questions ...string) {
	d.t.Helper()
	for _, q := range questions {
		d.keys++
		a := anAsk("")
		a.Key, a.Question, a.Verdict = fmt.Sprintf("%032x", d.keys), q, verdict
		a.At = time.Now().Add(time.Duration(d.keys-100) * time.Minute)
		if change != nil {
			change(&a)
		}
		if err := d.RecordAsk(d.t.Context(), a); err != nil {
			d.t.Fatal(err)
		}
	}
}

func lastWeek() tickets.GapFilter { return tickets.GapFilter{Period: week()} }

var timeAside = cmpopts.IgnoreFields(tickets.Gap{}, "Last")

func TestEqualQuestionsAreOneGap(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.asked("no_answer", nil,
		"Где мой счёт?", "  где  мой «СЧЕТ» ", "сменить телефон", "где мой счёт", "заявка 12345678", "Заявка № 87654321!", "кэшбэк за 10 дней", "кэшбэк за 12 дней")
	d.asked("no_answer", func(a *tickets.Ask) { a.Locale = kb.EN }, "где мой счёт")
	got, err := d.Unanswered(t.Context(), lastWeek())
	if err != nil {
		t.Fatal(err)
	}
	want := tickets.Gaps{Questions: 6, Asks: 9, List: []tickets.Gap{
		{Question: "где мой счёт", Locale: kb.RU, Asks: 3},
		{Question: "Заявка № 87654321!", Locale: kb.RU, Asks: 2},
		{Question: "где мой счёт", Locale: kb.EN, Asks: 1},
		{Question: "кэшбэк за 12 дней", Locale: kb.RU, Asks: 1},
		{Question: "кэшбэк за 10 дней", Locale: kb.RU, Asks: 1},
		{Question: "сменить телефон", Locale: kb.RU, Asks: 1},
	}}
	if diff := cmp.Diff(want, got, timeAside); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if last := got.List[0].Last; time.Since(last) < 95*time.Minute || time.Since(last) > 97*time.Minute {
		t.Errorf("asked last %s ago, want 96 minutes", time.Since(last))
	}
}

func TestGapsAreWhatSearchLeftOpen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ended := func(o tickets.AskOutcome) func(*tickets.Ask) { return func(a *tickets.Ask) { a.Outcome = o } }
	d.asked("no_answer", nil, "nothing found")
	d.asked("no_answer", func(a *tickets.Ask) { a.Locale = kb.EN }, "nothing found in English")
	d.asked("no_answer", func(a *tickets.Ask) { a.Channel = "contact" }, "subject of a ticket")
	d.asked("no_answer", func(a *tickets.Ask) { a.At = week().Since.Add(-time.Second) }, "long ago")
	d.asked("answered", ended(tickets.AskOutcomeTicket), "answered")
	d.asked("handoff", ended(tickets.AskOutcomeTicket), "words of somebody in distress")
	d.asked("suggested", ended(tickets.AskOutcomeNone), "suggested and silent")
	d.asked("suggested", ended(tickets.AskOutcomeSolved), "suggested and solved")
	d.asked("suggested", ended(tickets.AskOutcomeTicket), "suggested in vain")
	d.asked("suggested", func(a *tickets.Ask) { a.Channel, a.Outcome = "contact", tickets.AskOutcomeTicket }, "offered beside the form")
	for _, c := range []struct {
		name string
		get  func() (tickets.Gaps, error)
		want []string
	}{
		{"unanswered", func() (tickets.Gaps, error) { return d.Unanswered(t.Context(), lastWeek()) }, []string{"nothing found in English", "nothing found"}},
		{"suggested", func() (tickets.Gaps, error) { return d.SuggestedInVain(t.Context(), lastWeek()) }, []string{"suggested in vain"}},
		{"English", func() (tickets.Gaps, error) {
			return d.Unanswered(t.Context(), tickets.GapFilter{Period: week(), Locale: kb.EN})
		}, []string{"nothing found in English"}},
	} {
		got, err := c.get()
		if err != nil {
			t.Fatal(err)
		}
		var questions []string
		for _, g := range got.List {
			questions = append(questions, g.Question)
		}
		if diff := cmp.Diff(c.want, questions); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// A question as long as may be, of characters as wide as may be, does not fit into an
// index.
func TestALongQuestionIsAGapToo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	long := make([]rune, tickets.MaxBody)
	for i := range long {
		long[i] = rune('\U00020000' + i)
	}
	d.asked("no_answer", nil, string(long), "???")
	got, err := d.Unanswered(t.Context(), lastWeek())
	if err != nil || got.Questions != 2 {
		t.Errorf("%d questions, %v", got.Questions, err)
	}
}
