package main

import (
	"context"
	"fmt"
	"time"

	"otvet/tickets/postgres"
)

// auditRetentionCommand is "otvet audit retention".
type auditRetentionCommand struct {
	DryRun bool `help:"Only count what would be erased."`
	databaseFlags
}

// Help is the end of the command's help.
func (auditRetentionCommand) Help() string {
	return `"otvet serve" does the same every day. What people wrote in a ticket goes when it has been kept as long as its rules say; what is open, held, or with a dispute body stays.`
}

// Run erases, or counts, what has been kept long enough.
func (c *auditRetentionCommand) Run(ctx context.Context, w world) error {
	return c.long(ctx, w, func(ctx context.Context, s *postgres.Store) error {
		gone, err := s.Retention(ctx, time.Now(), c.DryRun)
		if err != nil {
			return err
		}
		done := "erased"
		if c.DryRun {
			done = "would be erased"
		}
		for _, x := range gone {
			fmt.Fprintf(w.stdout, "%s: %d %s, the oldest of %s\n", x.Kind, x.Count, done, x.Oldest.Format(time.DateOnly))
		}
		if len(gone) == 0 {
			fmt.Fprintln(w.stdout, "Nothing has been kept long enough.")
		}
		return nil
	})
}

// auditAccessCommand is "otvet audit access".
type auditAccessCommand struct {
	From string `required:"" placeholder:"DAY" help:"First day, as 2026-01-31, in UTC."`
	To   string `required:"" placeholder:"DAY" help:"Last day."`
	databaseFlags
}

// Run prints who has seen which ticket, as tab-separated values.
func (c *auditAccessCommand) Run(ctx context.Context, w world) error {
	from, to, err := days(c.From, c.To)
	if err != nil {
		return err
	}
	return c.long(ctx, w, func(ctx context.Context, s *postgres.Store) error {
		log, err := s.AccessLog(ctx, from, to)
		for _, x := range log {
			fmt.Fprintf(w.stdout, "%s\t%s\t%s\t%s\n", stampOf(x.At), x.Number, cell(x.Agent), x.What)
		}
		return err
	})
}
