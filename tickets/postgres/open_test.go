package postgres_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

func TestOpenTicketKeepsEverything(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	form := d.form(byMail("anna@player.example"))
	o, err := d.OpenTicket(t.Context(), form)
	if err != nil {
		t.Fatal(err)
	}
	at := form.At.UTC().Truncate(time.Microsecond)
	player := tickets.Actor{Kind: tickets.ByPlayer}
	want := tickets.Dossier{
		Ticket: tickets.Ticket{
			ID: o.Ticket.ID, Number: o.Ticket.Number, Version: 1, Status: tickets.StatusNew, Priority: tickets.PriorityNormal,
			Category: "withdrawals", Locale: kb.RU, Subject: form.Subject,
			Requester: tickets.Requester{Email: "anna@player.example"}, Assurance: tickets.AssuranceNone, CreatedAt: at, UpdatedAt: at,
			Kind: tickets.KindQuestion, Channel: tickets.ChannelForm, Department: tickets.FirstLine, Rules: o.Ticket.Rules,
			Case: tickets.Case{ReceivedAt: at, UnansweredSince: at},
		},
		Messages: []tickets.Message{{ID: 1, Author: player, Public: true, Body: form.Body, At: at}},
		History:  []tickets.Entry{{At: at, Actor: player, Change: "opened", Detail: map[string]string{}}},
	}
	if diff := cmp.Diff(want, d.dossier(o.Ticket.Number), byValue); diff != "" {
		t.Errorf("dossier (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want.Ticket, o.Ticket, byValue); diff != "" {
		t.Errorf("returned ticket (-want +got):\n%s", diff)
	}
	if n := d.count(`SELECT count(*) FROM letters l JOIN river_job j ON (j.args->>'letter_id')::bigint = l.id WHERE l.kind = 'ack' AND l.state = 'queued'`); n != 1 {
		t.Errorf("%d acknowledgements with a job", n)
	}
	if n := d.count(`SELECT count(*) FROM ticket_tokens WHERE hash = $1`, o.Token.Hash()); n != 1 {
		t.Errorf("the token's hash is kept %d times", n)
	}
}

func TestALoginGetsNoLetter(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.do(d.open().Ticket.Number, reply(d.agent("Anna"), "Здравствуйте", tickets.StatusPending))
	if n := d.count(`SELECT (SELECT count(*) FROM letters) + (SELECT count(*) FROM river_job WHERE kind = 'letter')`); n != 0 {
		t.Errorf("%d letters and jobs", n)
	}
}

func TestOneKeyOpensOneTicket(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	form := d.form(byMail("anna@player.example"))
	openings := make([]postgres.Opening, 50)
	var all sync.WaitGroup
	for i := range openings {
		all.Go(func() {
			var err error
			if openings[i], err = d.OpenTicket(t.Context(), form); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	fresh := 0
	tokens := map[tickets.Token]bool{}
	for _, o := range openings {
		if !reflect.DeepEqual(o.Ticket, openings[0].Ticket) {
			t.Errorf("two tickets: %v and %v", o.Ticket, openings[0].Ticket)
		}
		if !o.Repeated {
			fresh++
		}
		tokens[o.Token] = true
		if dossier, err := d.PlayerDossier(t.Context(), o.Token); err != nil || dossier.Ticket.Number != o.Ticket.Number {
			t.Errorf("token opens %v, %v", dossier.Ticket.Number, err)
		}
	}
	if fresh != 1 || len(tokens) != 50 {
		t.Errorf("%d openings say that they were the first, %d different tokens", fresh, len(tokens))
	}
	if n := d.count(`SELECT (SELECT count(*) FROM tickets) * 1000 + (SELECT count(*) FROM messages) * 100 + (SELECT count(*) FROM events) * 10 + (SELECT count(*) FROM letters)`); n != 1111 {
		t.Errorf("tickets, messages, events, letters: %d, want one of each", n)
	}
}

func TestAKeyIsForOneContent(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	form := d.form()
	earlier, err := d.OpenTicket(t.Context(), form)
	if err != nil {
		t.Fatal(err)
	}
	later := form
	later.At, later.Priority, later.Subject = form.At.Add(time.Hour), tickets.PrioritySafety, " "+form.Subject+" "
	if o, err := d.OpenTicket(t.Context(), later); err != nil || !o.Repeated || !reflect.DeepEqual(o.Ticket, earlier.Ticket) {
		t.Errorf("same content at another time: %+v, %v", o, err)
	}
	other := form
	other.Body += " И ещё одно."
	o, err := d.OpenTicket(t.Context(), other)
	if !errors.Is(err, tickets.ErrKeyReused) {
		t.Errorf("other content: %v", err)
	}
	if diff := cmp.Diff(postgres.Opening{Ticket: tickets.Ticket{Number: earlier.Ticket.Number}}, o, byValue); diff != "" {
		t.Errorf("a reused key tells more than the number (-want +got):\n%s", diff)
	}
}

func TestOpenTicketRefusesWhatItCannotKeep(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for want, change := range map[string]func(*tickets.NewTicket){
		"body bad_text":     func(n *tickets.NewTicket) { n.Body = "a\x00" },
		"subject bad_text":  func(n *tickets.NewTicket) { n.Subject = "\xff" },
		"category unknown":  func(n *tickets.NewTicket) { n.Category = "a\x00" },
		"contact unknown":   func(n *tickets.NewTicket) { n.Requester = tickets.Requester{Login: "a", Email: "a@b.example"} },
		"contact bad_email": func(n *tickets.NewTicket) { n.Requester = tickets.Requester{Email: "a@b.example\nBcc: c@d.example"} },
		"contact too_long":  func(n *tickets.NewTicket) { n.Requester = tickets.Requester{Login: strings.Repeat("a", 300)} },
		"key required":      func(n *tickets.NewTicket) { n.Key = "" },
	} {
		var invalid *tickets.InvalidError
		_, err := d.OpenTicket(t.Context(), d.form(change))
		if !errors.As(err, &invalid) || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if n := d.count(`SELECT (SELECT count(*) FROM tickets) + (SELECT count(*) FROM idempotency_keys)`); n != 0 {
		t.Errorf("%d rows after refusals", n)
	}
}

func TestHostileTextIsKeptAsItIs(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, text := range []string{
		`'; DROP TABLE tickets; --`, `$1 @body %s \ "`, `{{.}} <script>alert(1)</script>`, `a'||(SELECT version())||'`,
		"\U0001F468\u200d\U0001F469\u200d\U0001F467 \u0421\u0301", strings.Repeat("ж", tickets.MaxBody),
		strings.Repeat("слово ", 1300), strings.Repeat("x", 8000), `& | ! <-> :* ()`,
	} {
		o := d.open(func(n *tickets.NewTicket) { n.Body = text })
		if got := d.dossier(o.Ticket.Number).Messages[0].Body; got != strings.TrimSpace(text) {
			t.Errorf("%.40q became %.40q", text, got)
		}
	}
}

func TestAVisitsAsksAreLinked(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	asks := map[string]tickets.Ask{}
	ask := func(name, visit string, ago time.Duration, o tickets.AskOutcome) {
		t.Helper()
		a := tickets.Ask{
			Key: fmt.Sprintf("%032x", len(asks)), Visit: visit, Channel: "search", Question: name, Locale: kb.RU,
			Verdict: "suggested", Confidence: 0.25, Outcome: o, At: time.Now().Add(-ago).UTC().Truncate(time.Microsecond),
			Shown: []kb.Citation{cited("how-long", "Сутки."), cited("fees", "Нет.")},
		}
		if err := d.RecordAsk(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		asks[name] = a
	}
	ask("first", "visit-1", time.Hour, tickets.AskOutcomeNone)
	ask("helped", "visit-1", time.Minute, tickets.AskOutcomeSolved)
	ask("long ago", "visit-1", 3*time.Hour, tickets.AskOutcomeNone)
	ask("somebody else's", "visit-2", time.Minute, tickets.AskOutcomeNone)
	ask("nobody's", "", time.Minute, tickets.AskOutcomeNone)
	visit := func(n *tickets.NewTicket) { n.Visit = "visit-1" }

	first, second := asks["first"], asks["helped"]
	first.Outcome = tickets.AskOutcomeTicket
	if diff := cmp.Diff([]tickets.Ask{first, second}, d.dossier(d.open(visit).Ticket.Number).Asks); diff != "" {
		t.Errorf("asks (-want +got):\n%s", diff)
	}
	if again := d.dossier(d.open(visit).Ticket.Number).Asks; again != nil {
		t.Errorf("linked to a second ticket too: %v", again)
	}
	if none := d.dossier(d.open().Ticket.Number).Asks; none != nil {
		t.Errorf("linked without a visit: %v", none)
	}
}
