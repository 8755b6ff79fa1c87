package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"otvet/kb"
	"otvet/tickets"
)

// Mail is a letter ready to send.
type Mail struct {
	Kind      tickets.LetterKind
	Number    tickets.Number // of the ticket
	To        string
	Subject   string
	Body      string // plain text
	HTML      string // the same as an HTML document
	MessageID string // "left@host", the same in each attempt
	InReplyTo string // Message-ID of the first letter about the ticket; may be empty
	Locale    kb.Locale
}

// Notifier sends mail. An interface because a desk without SMTP writes to the log, and
// tests need a server that fails. A *RefusedError says that trying again is of no use, and
// ErrNotMailed that there is nothing to send with.
// Errors hold no personal data: they are logged and stored.
type Notifier interface {
	Send(context.Context, Mail) error
}

// ErrNotMailed says that no mail server is configured: the letter went nowhere, and nothing
// may claim that it did.
var ErrNotMailed = errors.New("no mail server is configured")

// RefusedError says that the mail server will never take this letter.
type RefusedError struct {
	Code int    // the server's reply, 500 to 599
	At   string // the step that it refused
}

// Error tells the reply, without the server's words, which often repeat the address.
func (e *RefusedError) Error() string { return fmt.Sprintf("smtp %d at %s", e.Code, e.At) }

// NewLog returns a Notifier that only notes in the log that a letter would go out; it
// logs neither address nor text.
func NewLog(log *slog.Logger) Notifier { return logNotifier{log} }

type logNotifier struct{ log *slog.Logger }

// Send implements Notifier; it always returns ErrNotMailed.
func (n logNotifier) Send(ctx context.Context, m Mail) error {
	n.log.InfoContext(ctx, "letter not mailed: no SMTP server is configured", "ticket", m.Number, "letter", m.Kind)
	return ErrNotMailed
}
