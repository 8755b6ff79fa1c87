package jobs_test

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/jobs"
)

func TestNewSMTPRefusesABadConfiguration(t *testing.T) {
	t.Parallel()
	good := jobs.SMTPConfig{Host: "mx.test", Port: 25, From: "help@desk.example", TLS: "mandatory"}
	for want, change := range map[string]func(*jobs.SMTPConfig){
		"":           func(*jobs.SMTPConfig) {},
		"TLS policy": func(c *jobs.SMTPConfig) { c.TLS = "starttls" },
		"sender":     func(c *jobs.SMTPConfig) { c.From = "nobody" },
		"host":       func(c *jobs.SMTPConfig) { c.Host = "" },
		"port":       func(c *jobs.SMTPConfig) { c.Port = 70000 },
	} {
		c := good
		c.Password = "s3cret"
		change(&c)
		_, err := jobs.NewSMTP(c)
		if (err == nil) != (want == "") || err != nil && (!strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret")) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func aMail() jobs.Mail {
	return jobs.Mail{
		Kind: tickets.LetterAck, Number: "K7M2-Q9XT", To: "p@player.example", Subject: "s", Body: "b", MessageID: "m@desk.example", Locale: kb.EN,
	}
}

func TestWithoutTLSNothingIsSentInTheClear(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t)
	addr := server.addr[strings.LastIndex(server.addr, ":")+1:]
	port, err := net.LookupPort("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	n, err := jobs.NewSMTP(jobs.SMTPConfig{Host: "127.0.0.1", Port: port, From: "help@desk.example", TLS: "mandatory"})
	if err != nil {
		t.Fatal(err)
	}
	var refused *jobs.RefusedError
	if err := n.Send(t.Context(), aMail()); err == nil || errors.As(err, &refused) || len(server.mails()) != 0 {
		t.Errorf("%v, %d mails", err, len(server.mails()))
	}
}

func TestHeadersCannotBeInjected(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t)
	n := server.notifier()
	m := aMail()
	m.Subject = "one\r\nBcc: evil@player.example\r\n\r\ntext"
	if err := n.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got := server.wait(1)[0]
	if got.header.Get("Bcc") != "" || strings.HasPrefix(got.body, "text") {
		t.Errorf("injected: %+v", got)
	}
	var refused *jobs.RefusedError
	for _, to := range []string{"a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "", "a"} {
		m := aMail()
		m.To = to
		if err := n.Send(t.Context(), m); !errors.As(err, &refused) {
			t.Errorf("to %q: %v", to, err)
		}
	}
	if len(server.mails()) != 1 {
		t.Errorf("%d mails", len(server.mails()))
	}
}

// A mail server that takes a connection and says nothing costs a worker half a minute at
// most.
func TestASilentServer(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	n := (&smtpServer{t: t, addr: l.Addr().String()}).notifier()
	began := time.Now()
	if err := n.Send(t.Context(), aMail()); err == nil || time.Since(began) > 30*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}
