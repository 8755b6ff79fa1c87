package main

import (
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// postOffice is a mail server in this process that keeps what it takes.
type postOffice struct {
	t        *testing.T
	listener net.Listener

	mu    sync.Mutex
	taken []letterTaken
}

// letterTaken is a letter as its reader sees it.
type letterTaken struct{ to, subject, text string }

func openPostOffice(t *testing.T) *postOffice {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &postOffice{t: t, listener: l}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &counter{office: o}, nil }))
	server.Domain = "mx.test"
	go func() { _ = server.Serve(l) }() // ends with the test
	t.Cleanup(func() { _ = server.Close() })
	return o
}

func (o *postOffice) port() int { return o.listener.Addr().(*net.TCPAddr).Port }

// letter waits for a letter whose subject says this, and returns the text of the latest.
func (o *postOffice) letter(to, subject string) string {
	o.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if found := o.letters(to, subject); len(found) > 0 {
			return found[len(found)-1].text
		}
	}
	o.t.Fatalf("no letter %q has come to %s; there are %v", subject, to, o.subjects(to))
	return ""
}

// letters returns what has come to an address under a subject.
func (o *postOffice) letters(to, subject string) (found []letterTaken) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range o.taken {
		if l.to == to && strings.Contains(l.subject, subject) {
			found = append(found, l)
		}
	}
	return found
}

func (o *postOffice) subjects(to string) (all []string) {
	for _, l := range o.letters(to, "") {
		all = append(all, l.subject)
	}
	return all
}

// counter is one conversation.
type counter struct {
	office *postOffice
	to     string
}

func (c *counter) Mail(string, *smtp.MailOptions) error { return nil }

func (c *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.to = to
	return nil
}

func (c *counter) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return err
	}
	text, err := plainText(textproto.MIMEHeader(m.Header), m.Body)
	if err != nil {
		return err
	}
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	c.office.taken = append(c.office.taken, letterTaken{c.to, subject, strings.Join(strings.Fields(text), " ")})
	return nil
}

func (c *counter) Reset()        {}
func (c *counter) Logout() error { return nil }

// plainText returns the first part of a mail, which is its text.
func plainText(h textproto.MIMEHeader, body io.Reader) (string, error) {
	media, parameters, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		return "", err
	}
	if strings.HasPrefix(media, "multipart/") {
		part, err := multipart.NewReader(body, parameters["boundary"]).NextPart()
		if err != nil {
			return "", err
		}
		return plainText(part.Header, part)
	}
	text, err := io.ReadAll(body)
	return string(text), err
}
