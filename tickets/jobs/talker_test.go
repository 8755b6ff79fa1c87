package jobs_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"otvet/tickets/jobs"
)

// talker is a mail server that says word for word what a test wants.
type talker struct {
	t    *testing.T
	addr *net.TCPAddr
	tls  *tls.Config

	mu    sync.Mutex
	says  map[string]string // replies by the beginning of what was heard; see reply
	heard []string          // every line of the clients but those of texts
	taken []string          // texts
}

// What a talker does instead of replying.
const (
	hang  = "hang"
	hello = "hello" // what is heard when a client connects
	text  = "text"  // what is heard at the end of a text
)

// newTalker starts a server that takes everything, except as says tells.
func newTalker(t *testing.T, says map[string]string) *talker {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &talker{t: t, addr: l.Addr().(*net.TCPAddr), says: says, tls: selfSigned(t)}
	var all sync.WaitGroup
	done := make(chan struct{})
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { s.talk(c, done) })
		}
	})
	t.Cleanup(func() { close(done); _ = l.Close(); all.Wait() })
	return s
}

// selfSigned returns a certificate that nobody trusts.
func selfSigned(t *testing.T) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}

// learn changes what the server says.
func (s *talker) learn(says map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.says = says
}

// log returns what was heard, joined by line ends, and the texts.
func (s *talker) log() (heard string, taken []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.heard, "\n"), append([]string(nil), s.taken...)
}

// reply notes what was heard and returns what to say to it: what the test wants, or yes.
func (s *talker) reply(heard string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = append(s.heard, heard)
	for begin, says := range s.says {
		if strings.HasPrefix(heard, begin) {
			return says
		}
	}
	switch strings.ToUpper(strings.Fields(heard + " ?")[0]) {
	case "HELLO":
		return "220 mx.test"
	case "DATA":
		return "354 go on"
	case "QUIT":
		return "221 bye"
	}
	return "250 yes"
}

// talk serves one connection.
func (s *talker) talk(c net.Conn, done <-chan struct{}) {
	defer func() { _ = c.Close() }()
	stopped := make(chan struct{})
	defer close(stopped)
	go func() {
		select {
		case <-done:
			_ = c.Close()
		case <-stopped:
		}
	}()
	lines := bufio.NewReader(c)
	heard := hello
	for {
		says := s.reply(heard)
		if says == hang {
			<-done
			return
		}
		if _, err := fmt.Fprintf(c, "%s\r\n", strings.ReplaceAll(says, "\n", "\r\n")); err != nil {
			return
		}
		switch {
		case strings.HasPrefix(says, "421"), strings.HasPrefix(says, "221"):
			return
		case strings.HasPrefix(says, "354"):
			s.take(lines)
			heard = text
			continue
		case heard == "STARTTLS":
			c = tls.Server(c, s.tls)
			lines = bufio.NewReader(c)
		}
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		heard = strings.TrimRight(line, "\r\n")
	}
}

// take reads a text to its end.
func (s *talker) take(lines *bufio.Reader) {
	var b strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		b.WriteString(line)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken = append(s.taken, b.String())
}

// notifier returns the real one for this server.
func (s *talker) notifier(change func(*jobs.SMTPConfig)) jobs.Notifier {
	s.t.Helper()
	c := jobs.SMTPConfig{Host: "127.0.0.1", Port: s.addr.Port, From: "Поддержка <help@desk.example>", TLS: "none", Timeout: 3 * time.Second}
	if change != nil {
		change(&c)
	}
	n, err := jobs.NewSMTP(c)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}
