package jobs_test

import (
	"strings"
	"testing"

	"otvet/tickets/jobs"
)

// TestConversations holds real ones with a mail server that says what the case is about. The
// letter about a new ticket must end as told, and its history must say so.
func TestConversations(t *testing.T) {
	t.Parallel()
	const cram = "250-mx.test\n250 AUTH CRAM-MD5"
	signIn := func(password string) func(*jobs.SMTPConfig) {
		return func(c *jobs.SMTPConfig) { c.User, c.Password = "help", password }
	}
	policy := func(tls string) func(*jobs.SMTPConfig) { return func(c *jobs.SMTPConfig) { c.TLS = tls } }
	for _, c := range []struct {
		name    string
		says    map[string]string // until the server is mended
		config  func(*jobs.SMTPConfig)
		first   string // the letter after the first attempt
		history string // of it
		never   string // what the server must not have heard until then
	}{
		{"everything is taken", nil, nil, "ack sent 1", "", ""},
		{"too busy to talk", map[string]string{hello: "421 later"}, nil, "ack queued 1", "", "EHLO"},
		{"not for us at all", map[string]string{hello: "554 go away"}, nil, "ack queued 1", "", "MAIL"},
		{"no such mailbox", map[string]string{"RCPT": "550 no p@player.example"}, nil, "ack failed 1", "smtp 550 at RCPT", "DATA"},
		{"greylisted", map[string]string{"RCPT": "451 later"}, nil, "ack queued 1", "", "DATA"},
		{"text refused", map[string]string{text: "554 spam"}, nil, "ack failed 1", "smtp 554 at DATA", ""},
		{"text not now", map[string]string{text: "452 full"}, nil, "ack queued 1", "", ""},
		{"encryption that nobody vouches for, needed", map[string]string{"EHLO": "250-mx.test\n250 STARTTLS", "STARTTLS": "220 go"}, policy("mandatory"), "ack queued 1", "", "MAIL"},
		{"encryption that nobody vouches for, wished for", map[string]string{"EHLO": "250-mx.test\n250 STARTTLS", "STARTTLS": "220 go"}, policy("opportunistic"), "ack queued 1", "", "MAIL"},
		{"encryption that nobody vouches for, not wanted", map[string]string{"EHLO": "250-mx.test\n250 STARTTLS", "STARTTLS": "220 go"}, policy("none"), "ack sent 1", "", "STARTTLS"},
		{"no encryption, needed", map[string]string{"EHLO": "250 mx.test"}, policy("mandatory"), "ack queued 1", "", "MAIL"},
		{"no encryption, wished for", map[string]string{"EHLO": "250 mx.test"}, policy("opportunistic"), "ack sent 1", "", "STARTTLS"},
		{"a good password", map[string]string{"EHLO": cram, "AUTH": "334 PDFAbXgudGVzdD4=", "aGVscC": "235 welcome"}, signIn("s3cret-word"), "ack sent 1", "", "s3cret-word"},
		{"a bad password", map[string]string{"EHLO": cram, "AUTH": "334 PDFAbXgudGVzdD4=", "aGVscC": "535 no"}, signIn("s3cret-word"), "ack queued 1", "", "MAIL"},
		{"a password in the clear", map[string]string{"EHLO": "250-mx.test\n250 AUTH PLAIN LOGIN"}, signIn("s3cret-word"), "ack queued 1", "", "AUTH"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o, server := newOffice(t), newTalker(t, c.says)
			o.work(server.notifier(c.config))
			o.open("p@player.example")
			o.become(c.first)
			if strings.Contains(c.first, "queued") {
				o.failedOnce()
			}
			heard, _ := server.log()
			if c.never != "" && strings.Contains(heard, c.never) {
				t.Errorf("the server heard %q:\n%s", c.never, heard)
			}
			if got := o.history(); got != c.history {
				t.Errorf("history says %q, want %q", got, c.history)
			}
			kept := o.text(`SELECT coalesce(string_agg(errors::text, ''), '') FROM river_job`) + o.log.String()
			if strings.Contains(kept, "player.example") || strings.Contains(kept, "s3cret") {
				t.Errorf("address or password got into errors or log: %s", kept)
			}
			if c.first == "ack queued 1" && c.config == nil { // those with a configuration have an operator to wait for
				server.learn(nil)
				eventually(t, func() bool { o.hurry(); return o.states() == "ack sent 2" })
			}
		})
	}
}

// history returns why letters were given up, as the ticket's history tells it.
func (o *office) history() string {
	return o.text(`SELECT coalesce(string_agg(detail->>'reason', ', ' ORDER BY id), '') FROM events WHERE change = 'letter_failed'`)
}

// TestOneWhoDoesNotAnswerHoldsUpNobody: the mail server falls silent at one recipient; letters to
// others go out meanwhile, and the silent one ends by our own clock.
func TestOneWhoDoesNotAnswerHoldsUpNobody(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newTalker(t, map[string]string{"RCPT TO:<slow@": hang})
	o.work(server.notifier(nil))
	o.open("slow@player.example")
	eventually(t, func() bool { heard, _ := server.log(); return strings.Contains(heard, "slow@") })
	o.open("other@player.example")
	o.become("ack queued 1, ack sent 1")
	if got := o.text(`SELECT state::text FROM river_job WHERE kind = 'letter' AND args->>'letter_id' = '1'`); got != "running" {
		t.Errorf("the first letter is %s: it has held up the second", got)
	}
	o.failedOnce()
	server.learn(nil)
	eventually(t, func() bool { o.hurry(); return o.states() == "ack sent 2, ack sent 1" })
}

// TestAPlainServer: one that knows neither 8BITMIME nor SMTPUTF8 gets nothing but ASCII, in lines
// that it must take (RFC 5321, 4.5.3.1.6).
func TestAPlainServer(t *testing.T) {
	t.Parallel()
	server := newTalker(t, map[string]string{"EHLO": "250 mx.test"})
	m := aMail()
	m.Subject = "Мы получили ваше обращение"
	m.Body = strings.Repeat("Ответ придёт. ", 200) + "\n.\n"
	m.HTML = "<p>" + m.Body + "</p>"
	if err := server.notifier(nil).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	heard, taken := server.log()
	for line := range strings.SplitSeq(heard+"\n"+strings.Join(taken, ""), "\n") {
		if len(line) > 998 || strings.ContainsFunc(line, func(r rune) bool { return r > '~' }) {
			t.Errorf("line of %d bytes: %.100q", len(line), line)
		}
	}
	if len(taken) != 1 || strings.Contains(heard, "BODY=") || strings.Contains(heard, "SMTPUTF8") {
		t.Errorf("%d texts; heard %s", len(taken), heard)
	}
}

// TestDownForHours: many attempts find nobody; when the server is back, each letter goes out once.
func TestDownForHours(t *testing.T) {
	t.Parallel()
	o, server := newOffice(t), newSMTPServer(t)
	server.stop()
	o.work(server.notifier())
	o.open("p@player.example")
	eventually(t, func() bool { o.hurry(); return o.text(`SELECT (attempts >= 6)::text FROM letters`) == "true" })
	if got := o.history(); got != "" {
		t.Errorf("given up: %s", got)
	}
	server.start()
	eventually(t, func() bool { o.hurry(); return strings.HasPrefix(o.states(), "ack sent") })
	o.hurry()
	eventually(t, func() bool { return o.text(`SELECT state::text FROM river_job WHERE kind = 'letter'`) == "completed" })
	if n := len(server.mails()); n != 1 {
		t.Errorf("%d mails", n)
	}
}
