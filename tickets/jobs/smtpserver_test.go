package jobs_test

import (
	"io"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"otvet/tickets/jobs"
)

// smtpServer is a mail server in this process that keeps what it takes, and can be made
// to fail.
type smtpServer struct {
	t    *testing.T
	addr string

	mu       sync.Mutex
	listener net.Listener
	server   *smtp.Server
	taken    []received
	fault    map[string]error // by step: "MAIL", "RCPT", "DATA"
	cut      bool             // the connection breaks after the text, before the answer
}

// received is one mail that the server has taken.
type received struct {
	from, to string
	header   mail.Header
	body     string
}

func newSMTPServer(t *testing.T) *smtpServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &smtpServer{t: t, addr: l.Addr().String()}
	s.serve(l)
	t.Cleanup(s.stop)
	return s
}

func (s *smtpServer) serve(l net.Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listener = l
	s.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{server: s, conn: c}, nil
	}))
	s.server.Domain = "mx.test"
	s.server.ErrorLog = silent{}
	go func() { _ = s.server.Serve(l) }() // ends when the server is stopped
}

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

// stop refuses connections from now on.
func (s *smtpServer) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.listener.Close() // the server may not have seen it yet
	_ = s.server.Close()
}

func (s *smtpServer) start() {
	s.t.Helper()
	l, err := net.Listen("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	s.serve(l)
}

// fail makes a step answer with a code, or work again with 0.
func (s *smtpServer) fail(step string, code int, says string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = map[string]error{}
	if code != 0 {
		s.fault[step] = &smtp.SMTPError{Code: code, Message: says}
	}
}

func (s *smtpServer) cutAfterText(cut bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cut = cut
}

func (s *smtpServer) mails() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]received(nil), s.taken...)
}

// wait returns the mails when there are n of them.
func (s *smtpServer) wait(n int) []received {
	s.t.Helper()
	eventually(s.t, func() bool { return len(s.mails()) >= n })
	return s.mails()
}

// notifier returns the real one for this server.
func (s *smtpServer) notifier() jobs.Notifier {
	s.t.Helper()
	addr, err := net.ResolveTCPAddr("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	n, err := jobs.NewSMTP(jobs.SMTPConfig{Host: "127.0.0.1", Port: addr.Port, From: "Поддержка <help@desk.example>", TLS: "opportunistic"})
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

type session struct {
	server *smtpServer
	conn   *smtp.Conn
	mail   received
}

func (s *session) err(step string) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	return s.server.fault[step]
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.mail = received{from: from}
	return s.err("MAIL")
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.to = to
	return s.err("RCPT")
}

func (s *session) Data(r io.Reader) error {
	if err := s.err("DATA"); err != nil {
		return err
	}
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(m.Body)
	if err != nil {
		return err
	}
	s.mail.header, s.mail.body = m.Header, strings.ReplaceAll(string(body), "\r\n", "\n")
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.taken = append(s.server.taken, s.mail)
	if s.server.cut {
		return s.conn.Conn().Close()
	}
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// eventually waits for something that other goroutines bring about.
func eventually(t *testing.T, done func() bool) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for !done() {
		select {
		case <-deadline:
			t.Fatal("it did not come about")
		case <-time.After(10 * time.Millisecond):
		}
	}
}
