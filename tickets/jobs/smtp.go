package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wneessen/go-mail"

	"otvet/tickets"
)

// smtpTimeout bounds each of the three phases of a delivery: connecting, greeting, and
// sending.
const smtpTimeout = 10 * time.Second

// implicitTLS is the port on which TLS begins before the first word.
const implicitTLS = 465

// SMTPConfig says how to reach the mail server.
type SMTPConfig struct {
	Host     string
	Port     int
	User     string
	Password string
	From     string // address, may have a display name
	TLS      string // "mandatory", "opportunistic" or "none"; port 465 is always TLS

	Timeout time.Duration // of each phase of a delivery; zero takes 10 seconds
}

// NewSMTP returns a Notifier that sends by SMTP with Auto-Submitted set. It checks the
// configuration but does not connect.
func NewSMTP(c SMTPConfig) (Notifier, error) {
	policies := map[string]mail.TLSPolicy{
		"mandatory": mail.TLSMandatory, "opportunistic": mail.TLSOpportunistic, "none": mail.NoTLS,
	}
	policy, ok := policies[c.TLS]
	if !ok {
		return nil, fmt.Errorf("smtp: TLS policy %q: want mandatory, opportunistic or none", c.TLS)
	}
	options := []mail.Option{mail.WithPort(c.Port), mail.WithTimeout(cmp.Or(c.Timeout, smtpTimeout)), mail.WithTLSPolicy(policy)}
	if c.Port == implicitTLS {
		options = append(options, mail.WithSSL())
	}
	if c.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(c.User), mail.WithPassword(c.Password))
	}
	n := &smtpNotifier{host: c.Host, from: c.From, options: options}
	if _, err := mail.NewClient(n.host, n.options...); err != nil {
		return nil, fmt.Errorf("smtp: %w", err)
	}
	if err := mail.NewMsg().From(c.From); err != nil {
		return nil, fmt.Errorf("smtp: sender %q: %w", c.From, err)
	}
	return n, nil
}

type smtpNotifier struct {
	host, from string
	options    []mail.Option
}

// Send implements Notifier. The mail server's yes to the text decides: what goes wrong
// while taking leave does not.
func (n *smtpNotifier) Send(ctx context.Context, m Mail) error {
	msg, err := n.message(m)
	if err != nil {
		return err
	}
	client, err := mail.NewClient(n.host, n.options...)
	if err != nil {
		return fmt.Errorf("smtp: %w", err)
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() {
		return nil
	}
	return judged(err)
}

// message sets the headers. Every letter is marked as automatic, so that no other machine
// answers (RFC 3834), and only an acknowledgement as the reply of a machine. What nobody
// decided to send is bulk to machines that know Precedence only.
func (n *smtpNotifier) message(m Mail) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := msg.From(n.from); err != nil {
		return nil, fmt.Errorf("smtp: sender: %w", err)
	}
	if err := msg.To(m.To); err != nil {
		return nil, &RefusedError{Code: 553, At: "our own check of the address"}
	}
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageIDWithValue(m.MessageID)
	msg.SetGenHeader(mail.HeaderContentLang, string(m.Locale))
	msg.SetGenHeader(mail.HeaderXAutoResponseSuppress, "All")
	msg.SetGenHeader(headerAutoSubmitted, autoSubmitted(m.Kind))
	if m.Kind.Automatic() {
		msg.SetGenHeader(mail.HeaderPrecedence, "bulk")
	}
	if m.InReplyTo != "" {
		msg.SetGenHeader(mail.HeaderInReplyTo, "<"+m.InReplyTo+">")
		msg.SetGenHeader(mail.HeaderReferences, "<"+m.InReplyTo+">")
	}
	msg.SetBodyString(mail.TypeTextPlain, m.Body)
	if m.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}

// autoSubmitted returns the value of the header by the kind of letter.
func autoSubmitted(k tickets.LetterKind) string {
	if k.Acknowledges() {
		return "auto-replied"
	}
	return "auto-generated"
}

const headerAutoSubmitted = mail.Header("Auto-Submitted")

// judged leaves out the server's words, and tells what is final. A 5xx to anything but
// the recipient and the text is about us, not about the letter: an operator may mend it.
func judged(err error) error {
	var failed *mail.SendError
	if !errors.As(err, &failed) {
		return fmt.Errorf("smtp: %w", err)
	}
	final := failed.ErrorCode() >= 500 && failed.ErrorCode() < 600
	switch failed.Reason {
	case mail.ErrSMTPRcptTo:
		if final {
			return &RefusedError{Code: failed.ErrorCode(), At: "RCPT"}
		}
	case mail.ErrSMTPData, mail.ErrSMTPDataClose, mail.ErrWriteContent:
		if final {
			return &RefusedError{Code: failed.ErrorCode(), At: "DATA"}
		}
	}
	return fmt.Errorf("smtp %d while %s", failed.ErrorCode(), failed.Reason)
}
