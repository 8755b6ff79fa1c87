package jobs_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"otvet/tickets"
	"otvet/tickets/jobs"
	"otvet/tickets/postgres"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAcknowledgementAndReply(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	o.work(server.notifier())
	opening := o.open("p@player.example")
	number := string(opening.Ticket.Number)
	ack := server.wait(1)[0]
	o.reply(opening.Ticket.Number, "Деньги {{link}} в пути.")
	eventually(t, func() bool { o.hurry(); return len(server.mails()) == 2 })
	reply := server.mails()[1]

	header := func(m received) map[string]string {
		got := map[string]string{"envelope from": m.from, "envelope to": m.to}
		for k := range m.header {
			got[k] = m.header.Get(k)
		}
		for _, k := range []string{"Date", "Message-Id"} {
			if got[k] == "" {
				t.Errorf("no %s", k)
			}
			delete(got, k)
		}
		got["Content-Type"], _, _ = strings.Cut(got["Content-Type"], ";") // its boundary is random
		return got
	}
	ackID := ack.header.Get("Message-Id")
	common := map[string]string{
		"envelope from": "help@desk.example", "envelope to": "p@player.example", "From": "=?utf-8?q?=D0=9F=D0=BE=D0=B4=D0=B4=D0=B5=D1=80=D0=B6=D0=BA=D0=B0?= <help@desk.example>",
		"To": "<p@player.example>", "Mime-Version": "1.0", "Content-Type": "multipart/alternative", "Content-Language": "ru", "X-Auto-Response-Suppress": "All",
	}
	with := func(more map[string]string) map[string]string {
		for k, v := range common {
			more[k] = v
		}
		return more
	}
	if diff := cmp.Diff(with(map[string]string{"Subject": "ack " + number, "Auto-Submitted": "auto-replied", "Precedence": "bulk"}), header(ack)); diff != "" {
		t.Errorf("acknowledgement (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(with(map[string]string{"Subject": "reply " + number, "Auto-Submitted": "auto-generated", "In-Reply-To": ackID, "References": ackID}), header(reply)); diff != "" {
		t.Errorf("reply (-want +got):\n%s", diff)
	}
	if !strings.HasSuffix(ackID, "@help.demo.example>") || ackID == reply.header.Get("Message-Id") {
		t.Errorf("Message-IDs %s and %s", ackID, reply.header.Get("Message-Id"))
	}
	if strings.Contains(ack.body, "canary") || strings.Contains(ack.header.Get("Subject"), "canary") {
		t.Errorf("the acknowledgement repeats what the player wrote:\n%s", ack.body)
	}
	for _, m := range []received{ack, reply} {
		if got, err := o.PlayerDossier(t.Context(), linked(t, m)); err != nil || got.Ticket.Number != opening.Ticket.Number {
			t.Errorf("the link opens %v, %v", got.Ticket.Number, err)
		}
	}
	o.become("ack sent 1, reply sent 1")
}

// linked returns the token of the link in a mail.
func linked(t *testing.T, m received) tickets.Token {
	t.Helper()
	body := strings.ReplaceAll(m.body, "=\n", "")
	_, rest, ok := strings.Cut(body, "https://help.demo.example/ru/requests/")
	if !ok {
		t.Fatalf("no link in %s", m.body)
	}
	token, _, _ := strings.Cut(rest, "\n")
	return tickets.Token(token)
}

func TestWithoutSMTPTheLogHoldsNoPersonalData(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(jobs.NewLog(slog.New(slog.NewTextHandler(o.log, nil))))
	opening := o.open("canary@player.example")
	o.reply(opening.Ticket.Number, "canary-reply")
	eventually(t, func() bool { o.hurry(); return o.states() == "ack suppressed 1, reply suppressed 1" })
	d, err := o.Dossier(t.Context(), 0, opening.Ticket.Number)
	if err != nil || d.Ticket.Case.AcknowledgedAt.IsZero() {
		t.Errorf("acknowledged %s, %v", d.Ticket.Case.AcknowledgedAt, err)
	}
	for _, e := range d.History {
		if e.Change == tickets.EntryLetterSent || e.Change == tickets.EntryLetterSuppressed && e.Detail["reason"] != postgres.NoMailServer {
			t.Errorf("the history claims %+v", e)
		}
	}
	if sent, err := o.LettersSent(t.Context(), opening.Ticket.Number); err != nil || len(sent) > 0 {
		t.Errorf("the file of the case claims %+v, %v", sent, err)
	}
	log := o.log.String()
	for _, secret := range []string{"canary", "player.example", "requests/", string(opening.Token)} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
	if !strings.Contains(log, string(opening.Ticket.Number)) || !strings.Contains(log, "letter=ack") || !strings.Contains(log, "letter=reply") {
		t.Errorf("the log does not name the letters:\n%s", log)
	}
}

func TestWhatHasRunOutIsPurged(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if err := o.Sessions().Commit("old", []byte("x"), time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	o.work(jobs.NewLog(slog.New(slog.DiscardHandler)))
	eventually(t, func() bool { return o.text(`SELECT count(*)::text FROM sessions`) == "0" })
}

func TestStartRefusesABadAddress(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, base := range []string{"", "help.demo.example", "/ru", "https://"} {
		config := o.config(nil)
		config.BaseURL = base
		if c, err := jobs.Start(t.Context(), o.Store, config); err == nil || c != nil {
			t.Errorf("base URL %q: %v", base, err)
		}
	}
}
