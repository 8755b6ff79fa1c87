package postgres_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"otvet/kb"
	"otvet/tickets"
)

func (d *desk) letter(id int64) tickets.Letter {
	d.t.Helper()
	l, err := d.LetterToSend(d.t.Context(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return l
}

func TestALetterHasOneMarkAndATokenForEachAttempt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	o := d.open(byMail("p@player.example"))
	first, second := d.letter(1), d.letter(1)
	want := tickets.Letter{
		ID: 1, Kind: tickets.LetterAck, State: tickets.LetterQueued, Number: o.Ticket.Number, Category: "withdrawals",
		Locale: kb.RU, To: "p@player.example", Attempted: 1, Values: map[string]string{"department": "support"},
		Dates: map[string]time.Time{
			"received": o.Ticket.CreatedAt, "due-first": o.Ticket.CreatedAt.Add(24 * time.Hour), "next": o.Ticket.CreatedAt.Add(24 * time.Hour),
		},
	}
	if diff := cmp.Diff(want, first, cmpopts.IgnoreFields(tickets.Letter{}, "Mark", "Token")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if first.Mark != second.Mark || len(first.Mark) < 26 || first.Token == second.Token || second.Attempted != 2 {
		t.Errorf("first attempt %+v, second %+v", first, second)
	}
	for _, token := range []tickets.Token{o.Token, first.Token, second.Token} {
		if got, err := d.PlayerDossier(t.Context(), token); err != nil || got.Ticket.Number != o.Ticket.Number {
			t.Errorf("token opens %v, %v", got.Ticket.Number, err)
		}
	}
	if _, err := d.LetterToSend(t.Context(), 99); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("no such letter: %v", err)
	}
}

func TestLettersOfATicketGoInOrder(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	o := d.open(byMail("p@player.example"))
	d.do(o.Ticket.Number, reply(anna, "Деньги в пути.", tickets.StatusPending))
	if l := d.letter(2); !l.MustWait || l.Token != "" || l.Attempted != 0 {
		t.Errorf("the reply does not wait: %+v", l)
	}
	ack := d.letter(1)
	if err := d.LetterSent(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if l := d.letter(1); l.State != tickets.LetterSent || l.Token != "" {
		t.Errorf("a sent letter is offered again: %+v", l)
	}
	l := d.letter(2)
	if l.MustWait || l.Thread != ack.Mark || l.Reply != "Деньги в пути." || l.Kind != tickets.LetterReply {
		t.Errorf("the reply: %+v", l)
	}
}

func TestAFailedLetterShowsInTheHistory(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	o := d.open(byMail("p@player.example"))
	for range 2 { // the second time changes nothing
		if err := d.LetterFailed(t.Context(), 1, "smtp 550 at RCPT"); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.LetterSent(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	got := d.dossier(o.Ticket.Number)
	want := []tickets.Entry{
		{Actor: tickets.Actor{Kind: tickets.ByPlayer}, Change: "opened", Detail: map[string]string{}},
		{Actor: tickets.Actor{Kind: tickets.BySystem}, Change: tickets.EntryLetterFailed, Detail: map[string]string{"kind": "ack", "reason": "smtp 550 at RCPT"}},
		{Actor: tickets.Actor{Kind: tickets.BySystem}, Change: "acknowledged", Detail: map[string]string{}},
	}
	if diff := cmp.Diff(want, got.History, cmpopts.IgnoreFields(tickets.Entry{}, "At")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got.Ticket.Version != 1 {
		t.Error("a letter made the agents' forms stale")
	}
	if l := d.letter(1); l.State != tickets.LetterFailed {
		t.Errorf("state %s", l.State)
	}
}

// Anybody can make the desk write to anybody: not more than three times a day.
func TestAcknowledgementsToOneMailboxAreFew(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	forms := make([]tickets.NewTicket, 12)
	for i := range forms {
		forms[i] = d.form(byMail([]string{"victim@player.example", fmt.Sprintf("Victim+%d@Player.Example", i)}[i%2]))
	}
	var all sync.WaitGroup
	for _, form := range forms {
		all.Go(func() {
			if _, err := d.OpenTicket(t.Context(), form); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	d.open(byMail("other@player.example"))
	if n := d.count(`SELECT count(*) FROM letters WHERE state = 'queued' AND mailbox = 'victim@player.example'`); n != 3 {
		t.Errorf("%d letters to one mailbox", n)
	}
	if n := d.count(`SELECT count(*) FROM tickets`); n != 13 {
		t.Errorf("%d tickets, want every one", n)
	}
	if n := d.count(`SELECT count(*) FROM river_job WHERE kind = 'letter'`); n != 4 {
		t.Errorf("%d jobs, want none for suppressed letters", n)
	}
	if n := d.count(`SELECT count(*) FROM events WHERE change = 'letter_suppressed'`); n != 9 {
		t.Errorf("%d notes of suppressed letters", n)
	}
	if err := d.sql(`UPDATE letters SET created_at = created_at - interval '25 hours'`); err != nil {
		t.Fatal(err)
	}
	d.open(byMail("victim@player.example"))
	if n := d.count(`SELECT count(*) FROM letters WHERE state = 'queued' AND mailbox = 'victim@player.example'`); n != 4 {
		t.Errorf("%d letters after a day", n)
	}
}

func TestAcknowledgementsStopWhenThereAreTooMany(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	d.open(byMail("a@player.example"))
	if err := d.sql(`
		INSERT INTO letters (ticket_id, kind, dedupe_key, recipient, mailbox, locale, mark, state, fields, counted, created_at)
		SELECT 1, 'ack', 'x' || i, 'x@y.example', 'x' || i, 'ru', 'x' || i, 'queued', '{}', true, now() FROM generate_series(1, 2000) i`); err != nil {
		t.Fatal(err)
	}
	o := d.open(byMail("b@player.example"))
	if got := d.dossier(o.Ticket.Number).History; len(got) != 3 || got[1].Change != tickets.EntryLetterSuppressed || got[2].Change != "acknowledged" {
		t.Errorf("history %+v", got)
	}
	d.do(o.Ticket.Number, reply(anna, "Здравствуйте", tickets.StatusPending))
	if n := d.count(`SELECT count(*) FROM letters WHERE kind = 'reply' AND state = 'queued'`); n != 1 {
		t.Error("a person's reply is held back")
	}
}

func TestSomeoneInDistressGetsAnotherLetter(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(byMail("p@player.example"), func(n *tickets.NewTicket) { n.Priority = tickets.PrioritySafety })
	if l := d.letter(1); l.Kind != tickets.LetterSafety {
		t.Errorf("letter %q", l.Kind)
	}
}

// The letter that confirms a receipt acknowledges the ticket when it goes out, and makes no
// agent's form stale.
func TestACaseIsAcknowledgedWhenItsLetterIsSent(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	o := d.open(complaint, byMail("p@player.example"))
	if o.Ticket.Case.Stage != tickets.StageReceived {
		t.Errorf("before the letter went out the case is %s", o.Ticket.Case.Stage)
	}
	for range 2 { // the second time changes nothing
		if err := d.LetterSent(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	got := d.dossier(o.Ticket.Number).Ticket
	if got.Case.Stage != tickets.StageAcknowledged || got.Case.AcknowledgedAt.IsZero() || got.Version != 1 {
		t.Errorf("afterwards: stage %s, version %d", got.Case.Stage, got.Version)
	}
	if n := d.count(`SELECT count(*) FROM deadlines WHERE rule = 'ack' AND state = 'met'`); n != 1 {
		t.Error("the clock of the acknowledgement still runs")
	}
	if login := d.open(complaint).Ticket.Case; login.Stage != tickets.StageAcknowledged {
		t.Errorf("without an address the page has confirmed it, and the case is %s", login.Stage)
	}
}

// A mailbox that gets too many letters gets no more that anybody can cause; what people
// write, and what the rules want told, always goes; and a flood silences no safety letter.
func TestCapsHoldBackNothingThatMatters(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	anna := d.agent("Anna")
	n := d.open(complaint, byMail("p@player.example"), at(morning)).Ticket.Number
	for range 5 {
		d.open(byMail("p@player.example"))
	}
	if got := d.count(`SELECT count(*) FROM letters WHERE state = 'suppressed'`); got != 3 {
		t.Errorf("%d letters held back, want 3", got)
	}
	d.doAt(morning.Add(hour), n, anna, tickets.AgentReplied{Body: "Смотрим", Review: reviewed(anna, morning)})
	d.run(morning.Add(40 * day)) // the time is over: a holding letter
	d.open(byMail("p@player.example"), func(n *tickets.NewTicket) { n.Priority = tickets.PrioritySafety })
	for _, kind := range []tickets.LetterKind{tickets.LetterInterim, tickets.LetterHolding, tickets.LetterSafety} {
		if got := d.count(`SELECT count(*) FROM letters WHERE kind = $1 AND state = 'queued'`, kind); got != 1 {
			t.Errorf("%d letters %s go out, want 1", got, kind)
		}
	}
	for range 10 {
		d.open(byMail("p@player.example"), func(n *tickets.NewTicket) { n.Priority = tickets.PrioritySafety })
	}
	if got := d.count(`SELECT count(*) FROM letters WHERE kind = 'safety' AND state = 'queued'`); got != 3 {
		t.Errorf("%d safety letters to one mailbox, want 3: nobody is to be bombed with them either", got)
	}
}
