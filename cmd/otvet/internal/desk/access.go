package desk

import (
	"fmt"
	"io"
	"net/http"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/casefile"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

// accessLine is that somebody has seen the ticket.
type accessLine struct {
	Who  string
	What string
	When moment
}

// accesses are who has seen a ticket, the last first.
func (w words) accesses(all []postgres.Access) []accessLine {
	lines := make([]accessLine, len(all))
	for i, a := range all {
		who := a.Agent
		if who == "" {
			who = w.T("desk.access.console")
		}
		lines[i] = accessLine{who, w.T("desk.access." + a.What), w.moment(a.At)}
	}
	return lines
}

// sendPack serves GET /desk/tickets/{number}/pack.zip: the public file of the case for a
// dispute body.
func (d *Desk) sendPack(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	n, err := tickets.ParseNumber(chi.URLParam(r, "number"))
	if err != nil {
		return fmt.Errorf("read ticket number: %w", err)
	}
	dossier, err := d.Store.Dossier(r.Context(), me.ID, n)
	if err != nil {
		return fmt.Errorf("load ticket %s: %w", n, err)
	}
	f, err := d.caseFile(r.Context(), dossier)
	if err != nil {
		return err
	}
	if err := d.Store.Saw(r.Context(), n, me.ID, postgres.SawPack); err != nil {
		return err
	}
	lang := string(dossier.Ticket.Locale)
	return casefile.Send(w, casefile.Name(n, "zip"), "application/zip", func(w io.Writer) error {
		return d.cases.Pack(w, lang, f, d.Uploads.Open)
	})
}
