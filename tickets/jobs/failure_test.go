package jobs_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/jobs"
	"otvet/tickets/postgres/postgrestest"
)

func TestAMailServerThatIsDown(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	server.stop()
	o.work(server.notifier())
	opening := o.open("p@player.example")
	o.reply(opening.Ticket.Number, "Первый.")
	o.reply(opening.Ticket.Number, "Второй.")
	o.failedOnce()
	if log := o.log.String(); !strings.Contains(log, "will be tried again") || !strings.Contains(log, string(opening.Ticket.Number)) || strings.Contains(log, "player.example") {
		t.Errorf("log: %s", log)
	}
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

// TestALetterWithGapsIsNotSent: it is given up at once, the history says why, and the log which
// fields have no value.
func TestALetterWithGapsIsNotSent(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	config := o.config(server.notifier())
	config.Letter = func(l kb.Locale, name string) (kb.Letter, bool) {
		return kb.Letter{Locale: l, Name: name, Subject: "{{number}}", Body: "By {{due-final}}, because {{reason}}.\n"}, true
	}
	c, err := jobs.Start(t.Context(), o.Store, config)
	if err != nil {
		t.Fatal(err)
	}
	o.open("p@player.example")
	o.become("ack failed 1")
	if got := o.history(); got != tickets.Unfilled {
		t.Errorf("history says %q", got)
	}
	if log := o.log.String(); !strings.Contains(log, "no value for due-final, reason") || strings.Contains(log, "player.example") {
		t.Errorf("log: %s", log)
	}
	if n := len(server.mails()); n != 0 {
		t.Errorf("%d mails", n)
	}
	if err := c.Stop(t.Context()); err != nil {
		t.Error(err)
	}
}
