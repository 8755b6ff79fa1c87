package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

// auditRegisterCommand is "otvet audit register".
type auditRegisterCommand struct {
	From   string `required:"" placeholder:"DAY" help:"First day, as 2026-01-31, in UTC."`
	To     string `required:"" placeholder:"DAY" help:"Last day."`
	Format string `enum:"csv,jsonl" default:"csv" help:"csv or jsonl (${default})."`
	databaseFlags
}

// Run prints the complaints that were received in the time.
func (c *auditRegisterCommand) Run(ctx context.Context, w world) error {
	from, to, err := days(c.From, c.To)
	if err != nil {
		return err
	}
	return c.long(ctx, w, func(ctx context.Context, s *postgres.Store) error {
		if c.Format == "jsonl" {
			lines := json.NewEncoder(w.stdout)
			return s.Register(ctx, from, to, func(r tickets.Registered) error { return lines.Encode(r) })
		}
		return registerTable(w.stdout, func(each func(tickets.Registered) error) error { return s.Register(ctx, from, to, each) })
	})
}

// days reads the first and the last day of a time, and returns its ends.
func days(first, last string) (from, to time.Time, err error) {
	if from, err = time.Parse(time.DateOnly, first); err == nil {
		to, err = time.Parse(time.DateOnly, last)
	}
	if err == nil && to.Before(from) {
		err = fmt.Errorf("%s is before %s", last, first)
	}
	if err != nil {
		return from, to, &exitError{statusUsage, fmt.Errorf("read the days: %w", err)}
	}
	return from, to.AddDate(0, 0, 1), nil
}

// registerTable writes the register as CSV (RFC 4180).
func registerTable(w io.Writer, rows func(func(tickets.Registered) error) error) error {
	table := csv.NewWriter(w)
	_ = table.Write([]string{
		"number", "kind", "type", "nature", "channel", "account", "details", "submitted", "acknowledged", "answered",
		"closed", "stage", "outcome", "late", "appeals", "dispute_body", "referred", "rules", "erased",
	}) // Error below has what went wrong
	if err := rows(func(r tickets.Registered) error {
		return table.Write([]string{
			string(r.Number), string(r.Kind), cell(r.Type), string(r.Nature), string(r.Channel), cell(r.Account), cell(r.Details),
			stampOf(r.Submitted), stampOf(r.Acknowledged), stampOf(r.Answered), stampOf(r.Closed), string(r.Stage),
			string(r.Outcome), strconv.FormatBool(r.Late), strconv.Itoa(r.Appeals), cell(r.DisputeBody), stampOf(r.Referred), r.Rules, stampOf(r.Erased),
		})
	}); err != nil {
		return err
	}
	table.Flush()
	return table.Error()
}

// cell keeps a spreadsheet from taking what people wrote for a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n|%", rune(s[0])) {
		return "'" + s
	}
	return s
}

// stampOf writes a moment; nothing for none.
func stampOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
