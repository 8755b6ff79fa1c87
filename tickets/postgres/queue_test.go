package postgres_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/tickets"
)

// found returns the subjects that a filter finds, in order.
func (d *desk) found(f tickets.Filter) []string {
	d.t.Helper()
	page, err := d.Queue(d.t.Context(), 0, f)
	if err != nil {
		d.t.Fatalf("%+v: %v", f, err)
	}
	var subjects []string
	for _, i := range page.Items {
		subjects = append(subjects, i.Ticket.Subject)
	}
	return subjects
}

func subject(s string) func(*tickets.NewTicket) { return func(n *tickets.NewTicket) { n.Subject = s } }

func TestSafetyFirstThenInOrderOfArrival(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	at := time.Now().Add(-time.Hour)
	arrives := func(name string, after time.Duration, p tickets.Priority) {
		d.open(subject(name), func(n *tickets.NewTicket) { n.At, n.Priority = at.Add(after), p })
	}
	arrives("third", 3*time.Minute, tickets.PriorityNormal)
	arrives("first", 1*time.Minute, tickets.PriorityNormal)
	arrives("urgent, later", 5*time.Minute, tickets.PrioritySafety)
	arrives("second", 2*time.Minute, tickets.PriorityNormal)
	arrives("urgent", 4*time.Minute, tickets.PrioritySafety)
	arrives("third, same moment", 3*time.Minute, tickets.PriorityNormal)
	want := []string{"urgent", "urgent, later", "first", "second", "third", "third, same moment"}
	if diff := cmp.Diff(want, d.found(tickets.Filter{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestQueueFilters(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	d.open(subject("new"))
	pending := d.open(subject("pending"), func(n *tickets.NewTicket) { n.Category, n.Locale = "bonuses", kb.EN })
	d.do(pending.Ticket.Number, by(anna, tickets.Assigned{To: anna.ID}))
	d.do(pending.Ticket.Number, reply(anna, "hello", tickets.StatusPending))
	solved := d.open(subject("solved"))
	d.do(solved.Ticket.Number, by(anna, tickets.StatusSet{To: tickets.StatusSolved}))
	closed := d.open(subject("closed"))
	if _, err := d.PlayerApply(t.Context(), closed.Token, tickets.Event{Change: tickets.PlayerClosed{}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		f    tickets.Filter
		want string
	}{
		{tickets.Filter{}, "new pending"},
		{tickets.Filter{Statuses: tickets.Statuses()}, "new pending solved closed"},
		{tickets.Filter{Statuses: []tickets.Status{tickets.StatusSolved, tickets.StatusClosed}}, "solved closed"},
		{tickets.Filter{Statuses: []tickets.Status{"' OR true --"}}, ""},
		{tickets.Filter{Category: "bonuses"}, "pending"},
		{tickets.Filter{Category: "' OR true --"}, ""},
		{tickets.Filter{Locale: kb.RU}, "new"},
		{tickets.Filter{Assignee: anna.ID}, "pending"},
		{tickets.Filter{Assignee: 999}, ""},
		{tickets.Filter{Statuses: tickets.Statuses(), Locale: kb.RU, Category: "withdrawals"}, "new solved closed"},
	} {
		if got := strings.Join(d.found(c.f), " "); got != c.want {
			t.Errorf("%+v finds %q, want %q", c.f, got, c.want)
		}
	}
	page, err := d.Queue(t.Context(), 0, tickets.Filter{Category: "bonuses"})
	if err != nil || page.Items[0].LastBy != tickets.ByAgent || page.Items[0].Assignee != "Anna" {
		t.Errorf("%+v, %v", page, err)
	}
}

func TestQueueSearch(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	money := d.open(subject("Вывод средств"), byMail("Petr_1%off@player.example"))
	d.do(money.Ticket.Number, by(anna, tickets.Noted{Body: "ждём документы от банка/процессинга"}))
	d.open(subject("Withdrawal is pending"), func(n *tickets.NewTicket) { n.Body = "Cards were charged twice" })
	d.open(subject("Отчёт.Ставки"), func(n *tickets.NewTicket) {
		n.Body, n.Requester = "Счёт в приложении", tickets.Requester{Login: "Lucky_777"}
	})
	for text, want := range map[string]string{
		"выводом":                          "Вывод средств", // another form of the word
		"ВЫВОДЫ":                           "Вывод средств",
		"вывода деньгами":                  "Вывод средств", // subject and message together
		"вывод страусы":                    "",
		"документ":                         "Вывод средств", // in a note
		"процессинг":                       "Вывод средств", // beside a slash
		"withdrawals":                      "Withdrawal is pending",
		"charging card":                    "Withdrawal is pending",
		`"charged twice"`:                  "Withdrawal is pending",
		`"twice charged"`:                  "",
		"withdrawal -card":                 "",
		"отчет":                            "Отчёт.Ставки", // without the dots of ё
		"ставками":                         "Отчёт.Ставки", // no space after a full stop
		"счета":                            "Отчёт.Ставки",
		"lucky_777":                        "Отчёт.Ставки",
		"LUCKY_7":                          "Отчёт.Ставки", // how a login begins
		"lucky%":                           "",
		"luckyX777":                        "",
		"petr_1%off@player.example":        "Вывод средств",
		"petr_1%":                          "Вывод средств",
		"petr":                             "Вывод средств",
		"etr_1":                            "",
		`\`:                                "",
		"%":                                "",
		"_":                                "",
		"страус":                           "",
		string(money.Ticket.Number):        "Вывод средств",
		" " + lower(money.Ticket.Number):   "Вывод средств",
		"' OR true --":                     "",
		"& | ! <-> :* ( ) \"":              "",
		"и":                                "",
		strings.Repeat("вывод ", 10000):    "Вывод средств",
		strings.Repeat("*", 1000):          "",
		strings.Repeat("\"", 1001) + " -":  "",
		strings.Repeat("(((", 1000) + "or": "",
	} {
		if got := strings.Join(d.found(tickets.Filter{Text: text}), ", "); got != want {
			t.Errorf("%.40q finds %q, want %q", text, got, want)
		}
	}
	if got := d.found(tickets.Filter{Text: "   "}); len(got) != 3 {
		t.Errorf("a blank text finds %q", got)
	}
	for _, f := range []tickets.Filter{{Text: "a\x00"}, {Text: "\xff"}, {Category: "\x00"}, {Locale: "\xff"}, {Statuses: []tickets.Status{"\x00"}}} {
		var invalid *tickets.InvalidError
		if _, err := d.Queue(t.Context(), 0, f); !errors.As(err, &invalid) {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

func lower(n tickets.Number) string {
	return strings.ToLower(strings.ReplaceAll(string(n), "-", ""))
}

func TestQueuePages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	page, err := d.Queue(t.Context(), 0, tickets.Filter{Page: 7})
	if err != nil || page.Total != 0 || page.Page != 1 || page.Pages != 1 {
		t.Errorf("empty queue: %+v, %v", page, err)
	}
	for i := range 101 {
		d.open(subject(fmt.Sprint(i)))
	}
	for in, want := range map[int]string{
		-5: "1 of 3: 0…49", 0: "1 of 3: 0…49", 1: "1 of 3: 0…49", 2: "2 of 3: 50…99", 3: "3 of 3: 100…100", 4: "3 of 3: 100…100", 1 << 62: "3 of 3: 100…100",
	} {
		page, err := d.Queue(t.Context(), 0, tickets.Filter{Page: in})
		if err != nil || page.Total != 101 {
			t.Fatalf("page %d: %+v, %v", in, page, err)
		}
		got := fmt.Sprintf("%d of %d: %s…%s", page.Page, page.Pages, page.Items[0].Ticket.Subject, page.Items[len(page.Items)-1].Ticket.Subject)
		if got != want {
			t.Errorf("page %d: %s, want %s", in, got, want)
		}
	}
}

// A ticket with more words than the search can hold takes messages all the same.
func TestATicketCanGrowLong(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	o := d.open()
	if err := d.sql(`
		UPDATE ticket_words SET words =
			(SELECT array_to_tsvector(array_agg(md5(i::text))) FROM generate_series(1, 25000) i)`); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := d.PlayerApply(t.Context(), o.Token, tickets.Event{Change: tickets.PlayerReplied{Body: strings.Repeat("слово ", 1300)}}); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(d.dossier(o.Ticket.Number).Messages); got != 4 {
		t.Errorf("%d messages", got)
	}
}
