package postgres_test

import (
	"testing"
	"time"

	"otvet/tickets"
)

// What is late stands in the backlog at once, whether or not the scheduler has been there,
// until it is done; the agent whom a complaint is about sees nothing of it.
func TestWhatIsLateIsInTheBacklog(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna, boris := d.agent("Anna"), d.agent("Boris")
	now := time.Now()
	old := d.open(func(n *tickets.NewTicket) { n.At = now.AddDate(0, 0, -3) }).Ticket
	d.open(func(n *tickets.NewTicket) { n.At, n.Channel = now.Add(-47*time.Hour), tickets.ChannelPhone })
	d.open()
	d.do(old.Number, by(anna, tickets.Accused{Agent: boris.ID}))

	b, err := d.Backlog(t.Context(), anna.ID, now)
	if err != nil {
		t.Fatal(err)
	}
	if b.Open != 3 || len(b.Overdue) != 1 || b.Late != 1 || b.Overdue[0].Number != old.Number || len(b.Soon) != 1 {
		t.Errorf("%+v", b)
	}
	if got := []int{b.Ages[0].Count, b.Ages[1].Count, b.Ages[2].Count, b.Ages[3].Count}; got[0] != 1 || got[1] != 1 || got[2] != 1 || got[3] != 0 {
		t.Errorf("ages %v", got)
	}
	if !b.Oldest.Equal(old.Case.ReceivedAt.Truncate(time.Microsecond)) {
		t.Errorf("oldest %s, want %s", b.Oldest, old.Case.ReceivedAt)
	}
	if b, err = d.Backlog(t.Context(), boris.ID, now); err != nil || b.Open != 2 || len(b.Overdue) != 0 || b.Late != 0 {
		t.Errorf("the accused: %+v, %v", b, err)
	}
	d.do(old.Number, reply(anna, "Вот ответ.", tickets.StatusOpen))
	if b, err = d.Backlog(t.Context(), anna.ID, now); err != nil || len(b.Overdue) != 0 {
		t.Errorf("answered: %+v, %v", b, err)
	}
}

// The queue's filter shows what is late until it is done, and not for ever after.
func TestWhatWasLateIsNotOverdue(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna, now := d.agent("Anna"), time.Now()
	n := d.open(func(n *tickets.NewTicket) { n.At = now.AddDate(0, 0, -3) }).Ticket.Number
	overdue := func(want int) {
		t.Helper()
		p, err := d.Queue(t.Context(), anna.ID, tickets.Filter{Overdue: true, Now: now})
		if err != nil || p.Total != want {
			t.Errorf("%d overdue, %v, want %d", p.Total, err, want)
		}
	}
	overdue(1)
	d.run(now)
	overdue(1)
	d.do(n, reply(anna, "Вот ответ.", tickets.StatusOpen))
	overdue(0)
}

// What players say of the handling stands in the report of the day; a low rating comes
// first, and not to the agent whom it is about.
func TestRatingsAreReported(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	no, yes := false, true
	for _, r := range []tickets.Rated{{Score: 5, Text: "Спасибо"}, {Helped: &no, Text: "Не помогло"}, {Score: 4, Helped: &yes}} {
		o := d.open()
		d.do(o.Ticket.Number, reply(anna, "Вот ответ.", tickets.StatusSolved))
		if _, err := d.PlayerApply(t.Context(), o.Token, tickets.Event{At: time.Now(), Change: r}); err != nil {
			t.Fatal(err)
		}
	}
	now := time.Now()
	span := tickets.Span{From: now.AddDate(0, 0, -1), To: now.Add(time.Hour)}
	found, err := d.Comments(t.Context(), anna.ID, span)
	if err != nil || len(found) != 3 || found[0].Rating.Text != "Не помогло" || !found[0].Rating.Low() || found[1].Rating.Low() {
		t.Errorf("%+v, %v", found, err)
	}
	r, err := d.Report(t.Context(), span, now)
	if want := (tickets.Satisfaction{Scores: 2, Sum: 9, Helped: 1, Asked: 2}); err != nil || r.All.Said != want || r.All.Resolved != 3 || r.All.Repeated != 2 {
		t.Errorf("%+v, %v", r.All, err)
	}
	if len(r.Clocks) == 0 || r.Clocks[0].Kept != r.Clocks[0].Total {
		t.Errorf("clocks %+v", r.Clocks)
	}
}
