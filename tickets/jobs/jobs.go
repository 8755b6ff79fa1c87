// Package jobs does what happens after a commit: it works River's queue, whose jobs the
// store inserted in the same transaction as the data.
//
// River delivers each job at least once, so every worker is idempotent by a business
// key: a letter has one row and one Message-ID, and a sent letter is not sent again. Only
// when we die between the mail server's yes and our note of it does a letter go out
// twice, with the same Message-ID: SMTP leaves no way around that.
//
// # Letters
//
// A letter that the mail server does not take now is tried again, more and more rarely,
// for about a day; one that it refuses for good is given up at once. Either end shows in
// the ticket's history. Letters about one ticket go out in the order of their
// decision.
//
// # Clocks
//
// Each clock of a ticket has a job at the moment of its next warning or its end. The job
// only says when to look: what is due follows from the ticket, so that a clock fires once,
// however often and late its jobs come. A sweep each five minutes runs clocks whose job was
// lost. Of a ticket in which somebody may be in distress, and which nobody takes up, the
// people on duty are told again and again ([Pager]).
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"otvet/kb"
	"otvet/tickets/postgres"
)

// How long a job may take, and after what time one whose worker was killed is given to
// another.
const (
	jobTimeout  = time.Minute
	rescueAfter = 5 * time.Minute
	workers     = 8 // so that a few slow mail servers hold up nobody else
	purgeEvery  = time.Hour
)

// Config is what the workers need.
type Config struct {
	Notifier   Notifier
	Letter     func(kb.Locale, string) (kb.Letter, bool) // the content that serves now
	Category   func(kb.Locale, string) string            // a category's title
	Department func(kb.Locale, string) string            // a department's title; nil: as the ticket names it
	BaseURL    string                                    // "https://help.demo.example", no slash at the end
	Operator   string
	Helpline   func(kb.Locale) string

	DisputeService func(kb.Locale) string      // who may be asked when we do not agree, or that there is nobody
	Zone           *time.Location              // of dates in letters; nil leaves them as they are
	Sweep          func(context.Context) error // removes files that no row names; nil: there are none
	Pager          Pager                       // calls the people on duty; nil: the alarm is a line in the log
	Log            *slog.Logger
}

// Client works the queue until stopped.
type Client struct{ river *river.Client[pgx.Tx] }

// Start begins to work, and does so until Stop, whatever becomes of ctx.
func Start(ctx context.Context, s *postgres.Store, c Config) (*Client, error) {
	base, err := url.Parse(c.BaseURL)
	if err != nil || base.Hostname() == "" {
		return nil, fmt.Errorf("start jobs: base URL %q: %w", c.BaseURL, errors.Join(err, errors.New("want https://host")))
	}
	registry := river.NewWorkers()
	river.AddWorker(registry, &letterWorker{store: s, config: c, host: base.Hostname()})
	river.AddWorker(registry, &purgeWorker{store: s, sweep: c.Sweep})
	river.AddWorker(registry, &signInWorker{store: s, config: c, host: base.Hostname()})
	river.AddWorker(registry, &deadlineWorker{store: s, config: c})
	river.AddWorker(registry, &sweepWorker{store: s, config: c})
	river.AddWorker(registry, &retentionWorker{store: s, log: c.Log})
	client, err := s.Worker(&river.Config{
		Logger:               slog.New(warnings{c.Log.Handler()}),
		Workers:              registry,
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}},
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: rescueAfter,
		PeriodicJobs:         []*river.PeriodicJob{purgeHourly(), sweepOften(), retentionDaily()},
	})
	if err != nil {
		return nil, fmt.Errorf("start jobs: %w", err)
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, fmt.Errorf("start jobs: %w", err)
	}
	return &Client{client}, nil
}

// Stop lets running jobs end within ctx, and cuts off those that do not; they will be
// done again.
func (c *Client) Stop(ctx context.Context) error {
	err := c.river.Stop(ctx)
	if err != nil && ctx.Err() != nil {
		hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		err = c.river.StopAndCancel(hard)
	}
	if err != nil {
		return fmt.Errorf("stop jobs: %w", err)
	}
	return nil
}
