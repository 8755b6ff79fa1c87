package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

// reportCommand is "otvet report".
type reportCommand struct {
	From     day    `placeholder:"DATE" help:"First day, such as 2026-10-01. Without it, the first of this month."`
	To       day    `placeholder:"DATE" help:"Last day. Without it, today."`
	Format   string `enum:"text,csv,json" default:"text" help:"Form: text, csv or json (${default})."`
	TimeZone zone   `default:"UTC" placeholder:"ZONE" setting:"OTVET_TIME_ZONE" help:"Time zone whose days are counted, such as Europe/Berlin (${default})."`
	databaseFlags
}

// Help is the end of the command's help.
func (reportCommand) Help() string {
	return `The figures are those of the desk's report page, in full: they are for staff. Times are in seconds; the median and the 90th percentile are times that a request really took. Merged requests count once.`
}

// day is a calendar day.
type day struct{ time.Time }

// UnmarshalText reads a day as 2006-01-02.
func (d *day) UnmarshalText(text []byte) (err error) {
	d.Time, err = time.Parse(time.DateOnly, string(text))
	return err
}

// Run prints the report.
func (c *reportCommand) Run(ctx context.Context, w world) error {
	now := time.Now()
	span, err := c.span(now)
	if err != nil {
		return err
	}
	return c.with(ctx, w, func(ctx context.Context, s *postgres.Store) error {
		if err := s.Ready(ctx); err != nil {
			return err
		}
		r, err := s.Report(ctx, span, now)
		if err != nil {
			return err
		}
		return c.print(w.stdout, r)
	})
}

// span returns the days asked for.
func (c *reportCommand) span(now time.Time) (tickets.Span, error) {
	first, last := c.From.Time, c.To.Time
	if last.IsZero() {
		last = tickets.Day(now, c.TimeZone.Location)
	}
	if first.IsZero() {
		first = last.AddDate(0, 0, 1-last.Day())
	}
	if last.Before(first) {
		return tickets.Span{}, &exitError{statusUsage, fmt.Errorf("the report would end before it begins: %s is after %s", first.Format(time.DateOnly), last.Format(time.DateOnly))}
	}
	return tickets.Days(first, last, c.TimeZone.Location), nil
}

func (c *reportCommand) print(w io.Writer, r tickets.Report) error {
	switch c.Format {
	case "csv":
		return tickets.WriteCSV(w, r.Rows())
	case "json":
		return json.NewEncoder(w).Encode(struct {
			From time.Time     `json:"from"`
			To   time.Time     `json:"to"`
			Rows []tickets.Row `json:"rows"`
		}{r.Span.From, r.Span.To, r.Rows()})
	}
	fmt.Fprintf(w, "From %s until %s\n", r.Span.From.Format(time.RFC3339), r.Span.To.Format(time.RFC3339))
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range r.Rows() {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", row.Part, row.Key, row.Figure, row.Value)
	}
	return table.Flush()
}
