package postgres_test

import (
	"errors"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

var (
	canaryAccount = tickets.Account{Issuer: "site", Subject: "canary-account"}
	canaryEmail   = tickets.Identity{Email: "canary@player.example"}
)

// whose makes a form one of somebody who is signed in.
func whose(by tickets.Identity, r tickets.Requester) func(*tickets.NewTicket) {
	return func(n *tickets.NewTicket) { n.By, n.Requester = by, r }
}

func dataRequest(n *tickets.NewTicket) { n.Kind = tickets.KindData }

// Only what is proven is a person's: an address that somebody typed is told apart, and a
// login is nobody's.
func TestADataFileHoldsThePersonsTickets(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna, boris := d.agent("Anna"), d.agent("Boris")
	email := tickets.Requester{Email: "canary@player.example"}
	upper := tickets.Requester{Email: "Canary@Player.example"}
	login := tickets.Requester{Login: "canary"}
	proven := d.open(whose(tickets.Identity{Email: "Canary@player.example"}, upper)).Ticket.Number
	typed := d.open(whose(tickets.Identity{}, upper)).Ticket.Number
	account := d.open(whose(tickets.Identity{Account: canaryAccount}, login)).Ticket.Number
	d.open(whose(tickets.Identity{}, login))
	d.open(byMail("other@player.example"))
	d.open(whose(tickets.Identity{Account: tickets.Account{Issuer: "other", Subject: canaryAccount.Subject}}, login))
	byEmail := d.open(dataRequest, whose(canaryEmail, email)).Ticket.Number
	byAccount := d.open(dataRequest, whose(tickets.Identity{Account: canaryAccount}, login)).Ticket.Number
	byNobody := d.open(dataRequest, whose(tickets.Identity{}, login)).Ticket.Number

	for n, want := range map[tickets.Number]map[tickets.Number]tickets.Tie{
		byEmail:   {byEmail: tickets.TieSelf, proven: tickets.TieProven, typed: tickets.TieShared},
		byAccount: {byAccount: tickets.TieSelf, account: tickets.TieProven},
		byNobody:  {byNobody: tickets.TieSelf},
	} {
		got := d.data(anna, n)
		for _, x := range got.Tickets {
			if want[x.Ticket.Number] != x.Tie {
				t.Errorf("request %s: ticket %s is %q, want %q", n, x.Ticket.Number, x.Tie, want[x.Ticket.Number])
			}
			if x.Kept != tickets.KeptOpen {
				t.Errorf("an open ticket is kept for %q", x.Kept)
			}
		}
		if len(got.Tickets) != len(want) {
			t.Errorf("request %s has %d tickets, want %d", n, len(got.Tickets), len(want))
		}
	}
	d.do(typed, by(anna, tickets.Accused{Agent: boris.ID}))
	if got := d.data(boris, byEmail); len(got.Tickets) != 2 {
		t.Errorf("whom a ticket is about sees %d", len(got.Tickets))
	}
	d.do(byEmail, by(anna, tickets.Accused{Agent: boris.ID}))
	for _, c := range []struct {
		who tickets.Agent
		n   tickets.Number
	}{{boris, byEmail}, {anna, proven}, {anna, "0000-0000"}} {
		if _, err := d.DataFile(t.Context(), c.who.ID, c.n); !errors.Is(err, tickets.ErrNotFound) {
			t.Errorf("%s asks for %s: %v", c.who.Name, c.n, err)
		}
	}
}

func (d *desk) data(viewer tickets.Agent, n tickets.Number) tickets.DataFile {
	d.t.Helper()
	f, err := d.DataFile(d.t.Context(), viewer.ID, n)
	if err != nil {
		d.t.Fatal(err)
	}
	return f
}

// An erasure that was asked for also takes what leads to the person from elsewhere; what
// leads to another stays.
func TestAnAskedErasureForgetsThePerson(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	sessions := d.Sessions()
	for token, email := range map[string]string{"theirs": "CANARY@player.example", "another": "x" + "bird@player.example"} {
		data, err := scs.GobCodec{}.Encode(time.Now().Add(time.Hour), map[string]any{"player.email": email})
		if err == nil {
			err = sessions.CommitCtx(t.Context(), token, data, time.Now().Add(time.Hour))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, visit := range []string{"visit", "visit", "another"} {
		key := "0123456789abcdef0123456789abcde" + string(rune('0'+i))
		word := "canary"
		if visit == "another" {
			word = "bird"
		}
		f := tickets.Feedback{Ref: kb.Ref{Locale: kb.RU, Article: "faq-x", Revision: "0123456789ab"}, Visitor: tickets.VisitorOf(visit), Reason: word}
		if err := d.RecordFeedback(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		if err := d.RecordAsk(t.Context(), tickets.Ask{Key: key, Visit: visit, Channel: "search", Question: word, Locale: "ru", Verdict: "no_answer"}); err != nil {
			t.Fatal(err)
		}
	}
	n := d.closed(whose(canaryEmail, tickets.Requester{Email: canaryEmail.Email}))
	if err := d.RecordAsk(t.Context(), tickets.Ask{Key: "f123456789abcdef0123456789abcdef", Visit: "visit", Channel: "search", Question: "canary later", Locale: "ru", Verdict: "no_answer"}); err != nil {
		t.Fatal(err)
	}
	if err := d.AskSignIn(t.Context(), canaryEmail.Email, kb.RU); err != nil {
		t.Fatal(err)
	}
	request := d.open(dataRequest, whose(canaryEmail, tickets.Requester{Email: canaryEmail.Email})).Ticket.Number
	e := postgres.Erasure{Asked: true, By: tickets.Actor{Kind: tickets.ByAgent, Agent: anna.ID}, Ground: "request", For: request}
	for range 2 {
		if err := d.Erase(t.Context(), n, e); err != nil {
			t.Fatal(err)
		}
	}
	for table, where := range map[string]string{
		"sign_in_letters": `true`, "sign_in_links": `true`, "sessions": `encode(data, 'escape') ILIKE '%canary%'`,
		"feedback": `reason ILIKE '%canary%'`, "asks": `question ILIKE '%canary%'`, "messages": `ticket_id = 1 AND body <> ''`,
	} {
		if left := d.count(`SELECT count(*) FROM ` + table + ` WHERE ` + where); left > 0 {
			t.Errorf("%d rows of %s are left", left, table)
		}
	}
	for table, want := range map[string]int{"sessions": 1, "feedback": 1, "asks": 1} {
		if got := d.count(`SELECT count(*) FROM ` + table); got != want {
			t.Errorf("%d rows of others in %s, want %d", got, table, want)
		}
	}
	got := d.data(anna, request)
	if len(got.Tickets) != 2 || !got.Tickets[1].Erased() || got.Tickets[1].Ticket.Number != n {
		t.Errorf("the request does not tell what was erased for it: %+v", got.Tickets)
	}
	last := d.dossier(n).History
	if entry := last[len(last)-1]; entry.Detail["request"] != string(request) || entry.Actor.Agent != anna.ID {
		t.Errorf("the history does not tell by whom and for what: %+v", entry)
	}
	if _, breaks := d.audit(0); len(breaks) > 0 {
		t.Errorf("breaks: %v", breaks)
	}
}

// Each outcome of a request about data is told by a letter that can be filled.
func TestTheOutcomeOfADataRequestIsTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna, boris := d.agent("Anna"), d.agent("Boris")
	for _, c := range []struct {
		outcome tickets.Outcome
		erased  bool
		want    tickets.LetterKind
		needs   string // a date
	}{
		{tickets.OutcomeFulfilled, false, tickets.LetterDataFulfilled, "until"},
		{tickets.OutcomeFulfilled, true, tickets.LetterErased, "received"},
		{tickets.OutcomeRefused, true, tickets.LetterDataRefused, "received"},
	} {
		n := d.open(dataRequest, byMail("person@player.example")).Ticket.Number
		d.do(n, by(anna, tickets.Assessed{Severity: "low", Complexity: "simple", Impact: "one", Nature: tickets.NatureConduct}))
		d.do(n, by(anna, tickets.Found{Text: "who asks was checked"}))
		if c.erased {
			d.do(n, by(anna, tickets.DataErased{}))
		}
		d.do(n, by(anna, tickets.Decided{Outcome: c.outcome, Reasons: "GDPR, Article 17", Measures: "m"}))
		d.do(n, by(boris, tickets.DecisionReviewed{Approve: true}))
		l := d.letter(int64(d.count(`SELECT max(id) FROM letters`)))
		if l.Kind != c.want || l.Dates[c.needs].IsZero() {
			t.Errorf("%s, erased %v: the letter %s with %v; want %s with %s", c.outcome, c.erased, l.Kind, l.Dates, c.want, c.needs)
		}
	}
	n := d.closed()
	if _, err := d.Apply(t.Context(), n, d.dossier(n).Ticket.Version, by(anna, tickets.DataErased{})); err == nil {
		t.Error("another kind of ticket takes the note of an erasure")
	}
}
