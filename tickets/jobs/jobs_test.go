package jobs_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/jobs"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// office is a store with somebody who works its queue.
type office struct {
	*postgres.Store
	t    *testing.T
	url  string
	log  *lockedBuffer
	anna tickets.Agent
}

func newOffice(t *testing.T) *office {
	t.Helper()
	url := postgrestest.URL(t)
	o := &office{Store: postgrestest.Open(t, url), t: t, url: url, log: &lockedBuffer{}}
	var err error
	o.anna, err = o.AddAgent(t.Context(), tickets.Agent{Email: "anna@desk.example", Name: "Anna", Locale: kb.EN})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// work starts the workers; they stop when the test ends.
func (o *office) work(n jobs.Notifier) *jobs.Client {
	o.t.Helper()
	c, err := jobs.Start(o.t.Context(), o.Store, o.config(n))
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := c.Stop(ctx); err != nil {
			o.t.Error(err)
		}
	})
	return c
}

func (o *office) config(n jobs.Notifier) jobs.Config {
	return jobs.Config{
		Notifier: n,
		Letter: func(l kb.Locale, name string) (kb.Letter, bool) {
			text := kb.Letter{
				Locale: l, Name: name, Subject: name + " {{number}}",
				Body: "{{category}} {{operator}} {{helpline}}\n{{reply}}\n{{link}}\n",
			}
			return text, l.Valid()
		},
		Category: func(_ kb.Locale, id string) string { return "«" + id + "»" },
		BaseURL:  "https://help.demo.example",
		Operator: "Demo Bet",
		Helpline: func(kb.Locale) string { return "8-800" },
		Log:      slog.New(slog.NewTextHandler(o.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
}

func (o *office) open(address string) postgres.Opening {
	o.t.Helper()
	opening, err := o.OpenTicket(o.t.Context(), tickets.NewTicket{
		Key: "0123456789abcdef" + address, Locale: kb.RU, Category: "withdrawals", Subject: "canary-subject", Body: "canary-body",
		Requester: tickets.Requester{Email: address}, At: time.Now(),
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return opening
}

func (o *office) reply(n tickets.Number, body string) {
	o.t.Helper()
	d, err := o.Dossier(o.t.Context(), n)
	if err == nil {
		_, err = o.Apply(o.t.Context(), n, d.Ticket.Version, tickets.Event{
			Actor:  tickets.Actor{Kind: tickets.ByAgent, Agent: o.anna.ID},
			Change: tickets.AgentReplied{Body: body, Then: tickets.StatusPending, Review: tickets.Review{By: o.anna.ID, At: time.Now()}},
		})
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

// text runs a query and returns its one value.
func (o *office) text(sql string) (s string) {
	o.t.Helper()
	conn, err := pgx.Connect(o.t.Context(), o.url)
	if err != nil {
		o.t.Fatal(err)
	}
	defer conn.Close(o.t.Context())
	if err := conn.QueryRow(o.t.Context(), sql).Scan(&s); err != nil {
		o.t.Fatal(err)
	}
	return s
}

// states returns the state of each letter with its attempts.
func (o *office) states() string {
	return o.text(`SELECT coalesce(string_agg(kind || ' ' || state || ' ' || attempts, ', ' ORDER BY id), '') FROM letters`)
}

func (o *office) become(states string) {
	o.t.Helper()
	defer func() {
		if o.t.Failed() {
			o.t.Logf("letters: %s, want %s", o.states(), states)
		}
	}()
	eventually(o.t, func() bool { return o.states() == states })
}

// hurry makes every job due that waits for its time.
func (o *office) hurry() {
	o.t.Helper()
	o.due("state IN ('retryable', 'scheduled') OR state = 'available' AND scheduled_at > now()")
}

// rescue makes the jobs due whose worker was killed, as River does after five minutes.
func (o *office) rescue() { o.t.Helper(); o.due("state = 'running'") }

func (o *office) due(which string) {
	o.t.Helper()
	o.text(`WITH due AS (UPDATE river_job SET state = 'available', scheduled_at = now()
		WHERE kind = 'letter' AND (` + which + `) RETURNING id) SELECT count(*)::text FROM due`)
}

// failedOnce waits until the job was tried and is to be tried again.
func (o *office) failedOnce() {
	o.t.Helper()
	eventually(o.t, func() bool {
		return o.text(`SELECT count(*)::text FROM river_job WHERE kind = 'letter' AND cardinality(errors) > 0 AND state <> 'running'`) != "0"
	})
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

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
		return got
	}
	ackID := ack.header.Get("Message-Id")
	common := map[string]string{
		"envelope from": "help@desk.example", "envelope to": "p@player.example", "From": "=?utf-8?q?=D0=9F=D0=BE=D0=B4=D0=B4=D0=B5=D1=80=D0=B6=D0=BA=D0=B0?= <help@desk.example>",
		"To": "<p@player.example>", "Mime-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8",
		"Content-Transfer-Encoding": "quoted-printable", "Content-Language": "ru", "X-Auto-Response-Suppress": "All",
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

func TestAMailServerThatIsDown(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	server.stop()
	o.work(server.notifier())
	opening := o.open("p@player.example")
	o.reply(opening.Ticket.Number, "Первый.")
	o.reply(opening.Ticket.Number, "Второй.")
	o.failedOnce()
	server.start()
	eventually(t, func() bool { o.hurry(); return strings.Count(o.states(), "sent") == 3 })
	var subjects []string
	for _, m := range server.mails() {
		subjects = append(subjects, strings.Fields(m.header.Get("Subject"))[0])
	}
	if diff := cmp.Diff([]string{"ack", "reply", "reply"}, subjects); diff != "" {
		t.Errorf("each once, in order (-want +got):\n%s", diff)
	}
	if !strings.Contains(server.mails()[2].body, "=D0=92=D1=82=D0=BE=D1=80=D0=BE=D0=B9") {
		t.Error("the second answer overtook the first")
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, step string
		code       int
		final      bool
		reason     string
	}{
		{"no such mailbox", "RCPT", 550, true, "smtp 550 at RCPT"},
		{"text refused", "DATA", 554, true, "smtp 554 at DATA"},
		{"greylisted", "RCPT", 451, false, ""},
		{"busy", "MAIL", 421, false, ""},
		{"we may not send", "MAIL", 530, false, ""}, // an operator can mend it
		{"text not now", "DATA", 452, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o, server := newOffice(t), newSMTPServer(t)
			server.fail(c.step, c.code, "no, p@player.example, no")
			o.work(server.notifier())
			opening := o.open("p@player.example")
			o.failedOnce()
			if c.final {
				o.become("ack failed 1")
			} else {
				o.become("ack queued 1")
			}
			if got := o.text(`SELECT coalesce(max(detail->>'reason'), '') FROM events WHERE change = 'letter_failed'`); got != c.reason {
				t.Errorf("history says %q, want %q", got, c.reason)
			}
			server.fail("", 0, "")
			if c.final {
				o.reply(opening.Ticket.Number, "Ответ.") // is tried all the same
			}
			eventually(t, func() bool { o.hurry(); return strings.Contains(o.states(), "sent") })
			if kept := o.text(`SELECT coalesce(string_agg(errors::text, ''), '') FROM river_job`); strings.Contains(kept+o.log.String(), "player.example") {
				t.Errorf("the address got into errors or log: %s", kept)
			}
		})
	}
}

func TestALetterIsGivenUpAtLast(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	server.fail("RCPT", 451, "later")
	o.open("p@player.example")
	o.text(`UPDATE river_job SET attempt = max_attempts - 1 RETURNING 'x'`)
	o.work(server.notifier())
	o.become("ack failed 1")
	if got := o.text(`SELECT detail::text FROM events WHERE change = 'letter_failed'`); !strings.Contains(got, "given up") {
		t.Errorf("history says %s", got)
	}
	if got := o.text(`SELECT max_attempts::text FROM river_job WHERE kind = 'letter'`); got != "25" {
		t.Errorf("%s attempts", got)
	}
}

// SMTP cannot tell whether a mail was taken when the connection breaks before the
// answer: it goes out again, and its Message-ID shows that it is the same.
func TestACutConnection(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	server.cutAfterText(true)
	o.work(server.notifier())
	o.open("p@player.example")
	o.failedOnce()
	server.cutAfterText(false)
	eventually(t, func() bool { o.hurry(); return o.states() == "ack sent 2" })
	sameTwice(t, server.mails())
}

func sameTwice(t *testing.T, mails []received) {
	t.Helper()
	if len(mails) != 2 || mails[0].header.Get("Message-Id") != mails[1].header.Get("Message-Id") {
		t.Errorf("%d mails: %v", len(mails), mails)
	}
}

func TestKilledBetweenSendingAndNoting(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	o.open("p@player.example")
	cmd := exec.Command(os.Args[0], "-test.run=^TestSendAndDie$")
	cmd.Env = append(os.Environ(), "OTVET_TEST_URL="+o.url, "OTVET_TEST_SMTP="+server.addr)
	if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("%v: %s", err, out)
	}
	if got := o.states(); got != "ack queued 1" || len(server.mails()) != 1 {
		t.Fatalf("%s with %d mails", got, len(server.mails()))
	}
	o.work(server.notifier())
	o.rescue()
	o.become("ack sent 2")
	sameTwice(t, server.mails())
}

// TestSendAndDie is the program that the test before runs.
func TestSendAndDie(t *testing.T) {
	url, addr := os.Getenv("OTVET_TEST_URL"), os.Getenv("OTVET_TEST_SMTP")
	if url == "" {
		return // this is no test
	}
	o := &office{Store: postgrestest.Open(t, url), t: t, url: url, log: &lockedBuffer{}}
	o.work(dying{(&smtpServer{t: t, addr: addr}).notifier()})
	<-t.Context().Done()
}

// dying kills the program when a mail was taken.
type dying struct{ jobs.Notifier }

func (d dying) Send(ctx context.Context, m jobs.Mail) error {
	if err := d.Notifier.Send(ctx, m); err != nil {
		return err
	}
	return syscall.Kill(os.Getpid(), syscall.SIGKILL)
}

// A worker that was killed long ago, and one that takes its job over, must not both send.
func TestASentLetterIsNotSentAgain(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	o.open("p@player.example")
	if err := o.LetterSent(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	o.work(server.notifier())
	eventually(t, func() bool { return o.text(`SELECT state::text FROM river_job WHERE kind = 'letter'`) == "completed" })
	if n := len(server.mails()); n != 0 {
		t.Errorf("%d mails", n)
	}
}

func TestWithoutSMTPTheLogHoldsNoPersonalData(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(jobs.NewLog(slog.New(slog.NewTextHandler(o.log, nil))))
	opening := o.open("canary@player.example")
	o.reply(opening.Ticket.Number, "canary-reply")
	eventually(t, func() bool { o.hurry(); return o.states() == "ack sent 1, reply sent 1" })
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

func TestContentWithoutTheLetter(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	config := o.config(server.notifier())
	config.Letter = func(kb.Locale, string) (kb.Letter, bool) { return kb.Letter{}, false }
	c, err := jobs.Start(t.Context(), o.Store, config)
	if err != nil {
		t.Fatal(err)
	}
	o.open("p@player.example")
	o.failedOnce()
	if got := o.text(`SELECT errors[1]->>'error' FROM river_job WHERE kind = 'letter'`); !strings.Contains(got, `no letter "ack"`) {
		t.Errorf("error %s", got)
	}
	if err := c.Stop(t.Context()); err != nil {
		t.Error(err)
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
