package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

// auditCommands are the commands of "otvet audit".
type auditCommands struct {
	Verify    auditVerifyCommand    `cmd:"" help:"Prove that no event and no message was changed, removed or added."`
	Register  auditRegisterCommand  `cmd:"" help:"Print the register of complaints."`
	Retention auditRetentionCommand `cmd:"" help:"Erase what has been kept long enough."`
	Export    auditExportCommand    `cmd:"" help:"Print everything about a ticket, notes included."`
	Access    auditAccessCommand    `cmd:"" help:"Print who has seen which ticket."`
}

// auditVerifyCommand is "otvet audit verify".
type auditVerifyCommand struct {
	Ticket string `placeholder:"NUMBER" help:"Verify only this ticket."`
	Root   string `placeholder:"HASH" help:"A root that was noted before: prove that nothing up to it has changed. Needs --at."`
	At     int64  `placeholder:"EVENT" help:"The event that was noted with the root."`
	JSON   bool   `name:"json" help:"Print JSON, one break a line and the sums as the last."`
	databaseFlags
}

// Help is the end of the command's help.
func (auditVerifyCommand) Help() string {
	return `The events of each ticket are a chain of hashes that anyone can compute from the database, and its end is kept with the ticket. Somebody with every right to the database could still rewrite a record as a whole: note the root and its event elsewhere, every day, and verify with --root and --at that an earlier state is still part of the present one.`
}

// Validate checks what belongs together.
func (c *auditVerifyCommand) Validate() error {
	if (c.Root == "") != (c.At == 0) {
		return errors.New("--root and --at go together")
	}
	if c.Root != "" && c.Ticket != "" {
		return errors.New("a root is of all tickets: leave --ticket out")
	}
	return nil
}

// Run verifies; a break is a negative result.
func (c *auditVerifyCommand) Run(ctx context.Context, w world) error {
	number, err := ticketNumber(c.Ticket)
	if err != nil {
		return err
	}
	return c.long(ctx, w, func(ctx context.Context, s *postgres.Store) error {
		breaks := 0
		progress := progressLine(w.stderr)
		done, err := s.Audit(ctx, postgres.Audit{
			Number: number, Boundary: c.At,
			Progress: func(a postgres.Audited) { progress("verified %d tickets, %d events", a.Tickets, a.Events) },
			Break:    func(b tickets.Break) { breaks++; c.printBreak(w.stdout, b) },
		})
		if err != nil {
			return err
		}
		if number != "" && done.Tickets == 0 {
			return &exitError{statusNegative, fmt.Errorf("there is no ticket %s", number)}
		}
		kept := c.Root == "" || c.Root == hex.EncodeToString(done.Root)
		c.printSum(w.stdout, done, breaks, kept)
		if breaks > 0 || !kept {
			return &exitError{status: statusNegative}
		}
		return nil
	})
}

func (c *auditVerifyCommand) printBreak(w io.Writer, b tickets.Break) {
	if c.JSON {
		_ = json.NewEncoder(w).Encode(b) // standard output: nobody to tell
		return
	}
	fmt.Fprintf(w, "ticket %s", b.Ticket)
	if b.Event != 0 {
		fmt.Fprintf(w, ", event %d", b.Event)
	}
	fmt.Fprintf(w, ": %s\n", b.What)
}

// printSum prints what was verified, and the root to note.
func (c *auditVerifyCommand) printSum(w io.Writer, a postgres.Audited, breaks int, kept bool) {
	root := hex.EncodeToString(a.Root)
	if c.Ticket != "" {
		root = "" // of one ticket it is none
	}
	if c.JSON {
		_ = json.NewEncoder(w).Encode(struct {
			postgres.Audited
			Breaks int    `json:"breaks"`
			Root   string `json:"root,omitempty"`
			Kept   bool   `json:"root_kept"`
		}{a, breaks, root, kept})
		return
	}
	fmt.Fprintf(w, "%d tickets, %d events, %d messages (%d erased): %d breaks.\n", a.Tickets, a.Events, a.Messages, a.Erased, breaks)
	if a.Unproven > 0 {
		fmt.Fprintf(w, "%d tickets were there before records were chained, on %s: of what happened to them until then nothing is proven.\n",
			a.Unproven, a.Since.Format(time.DateTime+" UTC"))
	}
	switch {
	case root == "":
	case !kept:
		fmt.Fprintf(w, "The root at event %d was %s and is %s: what had been recorded has changed.\n", a.Boundary, c.Root, root)
	default:
		fmt.Fprintf(w, "root %s at %d\n", root, a.Boundary)
	}
}

// ticketNumber reads a number as a person may write it; empty stays empty.
func ticketNumber(typed string) (tickets.Number, error) {
	if typed == "" {
		return "", nil
	}
	n, err := tickets.ParseNumber(typed)
	if err != nil {
		return "", &exitError{statusUsage, fmt.Errorf("%q is not a ticket's number", typed)}
	}
	return n, nil
}

// progressEvery is how often a long command says how far it is.
const progressEvery = 5 * time.Second

// progressLine returns a function that prints how far a command is, not too often.
func progressLine(w io.Writer) func(format string, args ...any) {
	last := time.Now()
	return func(format string, args ...any) {
		if time.Since(last) < progressEvery {
			return
		}
		last = time.Now()
		fmt.Fprintf(w, format+"\n", args...)
	}
}
