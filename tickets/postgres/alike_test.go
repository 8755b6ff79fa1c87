package postgres_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/tickets"
)

// The examples by which the thresholds are held: what is one matter, in both languages,
// and what is not.
func TestSimilarMattersAreFound(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for number, text := range map[string]string{
		"payout": "Не пришли деньги на карту, вывод заказал вчера вечером.",
		"bonus":  "The welcome bonus was not credited to my account after the first deposit.",
	} {
		d.open(subject(number), body(text), func(n *tickets.NewTicket) { n.Locale, n.Category = kb.EN, tickets.CategoryUnsure })
	}
	for text, want := range map[string]string{
		"Деньги не пришли на карту":                          "payout",
		"Вчера заказал вывод на карту, денег нет":            "payout",
		"где мои деньги, вывод заказывал вчера":              "payout",
		"My welcome bonus has not been credited":             "bonus",
		"welcome bonus after first deposit missing":          "bonus",
		"Не могу войти в личный кабинет, забыл пароль":       "",
		"Как изменить номер телефона?":                       "",
		"How do I close my account?":                         "",
		"The bet was settled wrongly, the match was abandon": "",
		"деньги": "", // one word is no matter
		"":       "",
	} {
		found, err := d.SimilarOpen(t.Context(), 0, tickets.Matter{
			Requester: tickets.Requester{Login: "LUCKY777"}, Category: tickets.CategoryUnsure, Text: text,
		})
		var got []string
		for _, a := range found {
			got = append(got, a.Ticket.Subject)
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q finds %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestSimilarTicketsAreThePlayersOwnOpenOnes(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	now := time.Now()
	same := d.open(subject("same text"), byMail("p@player.example"), body("Где деньги?"), at(now.Add(-hour)))
	d.open(subject("same category"), byMail("P@player.example"), at(now.Add(-2*hour)))
	d.open(subject("other category"), byMail("p@player.example"), func(n *tickets.NewTicket) { n.Category = "bonuses"; n.Body = "x" })
	solved := d.open(subject("solved"), byMail("p@player.example"))
	d.do(solved.Ticket.Number, by(anna, tickets.StatusSet{To: tickets.StatusSolved}))
	about := d.open(subject("about Anna"), byMail("p@player.example"), at(now.Add(-3*hour)))
	d.do(about.Ticket.Number, by(d.agent("Boris"), tickets.Accused{Agent: anna.ID}))
	d.open(subject("another's"), byMail("other@player.example"))
	d.open(subject("the account's"), signed(account("7")), at(now.Add(-4*hour)))
	matter := tickets.Matter{Requester: tickets.Requester{Email: "p@player.example"}, Category: "withdrawals", Text: " Где деньги? ", At: now}
	for name, c := range map[string]struct {
		viewer tickets.AgentID
		change func(*tickets.Matter)
		want   string
	}{
		"the player":          {0, func(*tickets.Matter) {}, "same text, about Anna, same category"},
		"the accused":         {anna.ID, func(*tickets.Matter) {}, "same text, same category"},
		"from another ticket": {0, func(m *tickets.Matter) { m.Except = same.Ticket.Number }, "about Anna, same category"},
		"signed in":           {0, func(m *tickets.Matter) { m.Requester, m.By = tickets.Requester{}, account("7") }, "the account's"},
		"the day after":       {0, func(m *tickets.Matter) { m.At, m.Category = now.Add(24*hour), "x" }, ""},
		"nobody":              {0, func(m *tickets.Matter) { m.Requester = tickets.Requester{} }, ""},
		"hostile":             {0, func(m *tickets.Matter) { m.Text, m.Category = `'; DROP TABLE tickets; -- :* & ! \`, "' OR true" }, ""},
	} {
		m := matter
		c.change(&m)
		found, err := d.SimilarOpen(t.Context(), c.viewer, m)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range found {
			got = append(got, a.Ticket.Subject)
			if a.SameText != (a.Ticket.Number == same.Ticket.Number) {
				t.Errorf("%s: same text: %v", a.Ticket.Subject, a.SameText)
			}
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestOvertakingIsLogged(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	now := time.Now()
	open := func(ago time.Duration, change ...func(*tickets.NewTicket)) tickets.Number {
		return d.open(append(change, at(now.Add(-ago)))...).Ticket.Number
	}
	in := func(department string) func(*tickets.NewTicket) {
		return func(n *tickets.NewTicket) { n.Department = department }
	}
	first, second, third := open(3*hour), open(2*hour), open(hour)
	elsewhere, urgent := open(hour, in("payments")), open(time.Minute, func(n *tickets.NewTicket) { n.Priority = tickets.PrioritySafety })
	risky := open(47 * hour) // oldest, and in a class of its own
	take := func(n tickets.Number) string {
		d.do(n, by(anna, tickets.Assigned{To: anna.ID}))
		h := d.dossier(n).History
		return h[len(h)-1].Detail["overtook"]
	}
	for i, c := range []struct {
		n    tickets.Number
		want string
	}{{third, "2"}, {elsewhere, ""}, {urgent, ""}, {risky, ""}, {first, ""}, {second, ""}} {
		if got := take(c.n); got != c.want {
			t.Errorf("step %d overtook %q, want %q", i, got, c.want)
		}
	}
	if n := d.count(`SELECT count(*) FROM events WHERE detail ? 'overtook'`); n != 1 {
		t.Errorf("%d overtakings are counted", n)
	}
}

// A clock with little time left comes before older tickets with more, and after safety.
func TestTheQueueIsInOrderInsideItsClasses(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	now := time.Now()
	for name, c := range map[string]struct {
		ago     time.Duration
		channel tickets.Channel
		p       tickets.Priority
	}{
		"4 normal, old": {18 * hour, tickets.ChannelForm, ""}, "5 normal": {10 * hour, tickets.ChannelForm, ""},
		"3 chat, late": {hour, tickets.ChannelChat, ""}, "2 letter, 80 %": {21 * hour, tickets.ChannelEmail, ""},
		"1 distress": {time.Minute, tickets.ChannelForm, tickets.PrioritySafety},
	} {
		d.open(subject(name), at(now.Add(-c.ago)), func(n *tickets.NewTicket) { n.Channel, n.Priority = c.channel, c.p })
	}
	got := d.found(tickets.Filter{Now: now})
	if fmt.Sprint(got) != "[1 distress 2 letter, 80 % 3 chat, late 4 normal, old 5 normal]" {
		t.Errorf("%q", got)
	}
}

// To the agent whom a case is about it does not exist, however it is looked for.
func TestTheAccusedSeesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna, boris := d.agent("Anna"), d.agent("Boris")
	o := d.open(complaint, subject("canary"))
	n := o.Ticket.Number
	d.do(n, by(boris, tickets.Accused{Agent: anna.ID}))
	version := d.dossier(n).Ticket.Version
	for _, text := range []string{"", "canary", string(n), "lucky777"} {
		for who, want := range map[tickets.AgentID]int{anna.ID: 0, boris.ID: 1} {
			page, err := d.Queue(t.Context(), who, tickets.Filter{Text: text, Statuses: tickets.Statuses()})
			if err != nil || page.Total != want || len(page.Items) != want {
				t.Errorf("agent %d finds %d tickets by %q, %v", who, page.Total, text, err)
			}
		}
	}
	absent, err := d.Dossier(t.Context(), anna.ID, "0000-0000")
	hidden, err2 := d.Dossier(t.Context(), anna.ID, n)
	if err == nil || err2 == nil || strings.ReplaceAll(err2.Error(), string(n), "0000-0000") != err.Error() || !cmp.Equal(absent, hidden, byValue) {
		t.Errorf("the dossier tells %v, of one that is not there %v", err2, err)
	}
	for _, c := range []tickets.Change{tickets.Noted{Body: "x"}, tickets.Accused{}, tickets.Assigned{To: anna.ID}, tickets.Held{}} {
		if _, err := d.Apply(t.Context(), n, version, by(anna, c)); err == nil || !strings.HasSuffix(err.Error(), "not found") {
			t.Errorf("%T by the accused: %v", c, err)
		}
	}
	if _, err := d.Apply(t.Context(), n, version, by(boris, tickets.Assigned{To: anna.ID})); err == nil || !strings.Contains(err.Error(), "not_yours") {
		t.Errorf("given to the accused: %v", err)
	}
	if _, err := d.Dossier(t.Context(), boris.ID, n); err != nil {
		t.Error(err)
	}
	if _, err := d.PlayerDossier(t.Context(), o.Token); err != nil {
		t.Error(err)
	}
}
