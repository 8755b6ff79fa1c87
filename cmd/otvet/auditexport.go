package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

// auditExportCommand is "otvet audit export".
type auditExportCommand struct {
	Ticket string `required:"" placeholder:"NUMBER" help:"The ticket."`
	databaseFlags
}

// Help is the end of the command's help.
func (auditExportCommand) Help() string {
	return `The export holds internal notes, tasks and findings: it is for authorised use inside, never for the player or a dispute body. That it was made is noted with the ticket.`
}

// Run prints everything that there is about a ticket as JSON.
func (c *auditExportCommand) Run(ctx context.Context, w world) error {
	number, err := ticketNumber(c.Ticket)
	if err != nil {
		return err
	}
	return c.long(ctx, w, func(ctx context.Context, s *postgres.Store) error {
		d, err := s.Dossier(ctx, 0, number)
		if errors.Is(err, tickets.ErrNotFound) {
			return &exitError{statusNegative, fmt.Errorf("there is no ticket %s", number)}
		}
		if err != nil {
			return err
		}
		if err := s.Saw(ctx, number, 0, postgres.SawExport); err != nil {
			return err
		}
		out := json.NewEncoder(w.stdout)
		out.SetIndent("", "  ")
		return out.Encode(d)
	})
}
