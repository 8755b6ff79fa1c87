// Package jobs does what happens after a commit: it works River's queue, whose jobs the
// store inserted in the same transaction as the data.
//
// River delivers each job at least once, so every worker is idempotent by a business
// key: a letter has one row and one Message-ID, and a sent letter is not sent again.
package jobs

import (
	"context"
	"log/slog"

	"otvet/kb"
	"otvet/tickets/postgres"
)

// Mail is a letter ready to send.
type Mail struct {
	To        string
	Subject   string
	Body      string // plain text
	MessageID string // fixed when the letter was decided, the same in each attempt
	Locale    kb.Locale
}

// Notifier sends mail. An interface because a desk without SMTP writes to the log, and
// tests need a server that fails.
type Notifier interface {
	Send(context.Context, Mail) error
}

// Config is what the workers need.
type Config struct {
	Notifier Notifier
	Letter   func(kb.Locale, string) (kb.Letter, bool) // the content that serves now
	Category func(kb.Locale, string) string            // a category's title
	BaseURL  string                                    // "https://help.demo.example", no slash at the end
	Operator string
	Helpline func(kb.Locale) string
	Log      *slog.Logger
}

// Client works the queue until stopped.
type Client struct{}

// Start begins to work.
func Start(ctx context.Context, s *postgres.Store, c Config) (*Client, error) { panic("unbuilt") }

// Stop lets running jobs end within ctx.
func (c *Client) Stop(ctx context.Context) error { panic("unbuilt") }

// SMTPConfig says how to reach the mail server.
type SMTPConfig struct {
	Host     string
	Port     int
	User     string
	Password string
	From     string // address, may have a display name
	TLS      string // "mandatory", "opportunistic" or "none"
}

// NewSMTP returns a Notifier that sends by SMTP with Auto-Submitted set.
func NewSMTP(c SMTPConfig) (Notifier, error) { panic("unbuilt") }

// NewLog returns a Notifier that only notes in the log that a letter would go out; it
// logs neither address nor text.
func NewLog(log *slog.Logger) Notifier { panic("unbuilt") }
