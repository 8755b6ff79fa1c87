package desk

import (
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

// showFile serves GET /desk/tickets/{number}/files/{id}/{name}, and with "preview" the beginning
// of a text without its secrets. The name is for people only.
func (d *Desk) showFile(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	n, err := tickets.ParseNumber(chi.URLParam(r, "number"))
	if err != nil {
		return fmt.Errorf("read ticket number: %w", err)
	}
	if _, err := d.sight(r, me, n); err != nil {
		return err
	}
	a, err := d.Store.Attachment(r.Context(), me.ID, n, tickets.FileID(chi.URLParam(r, "id")))
	if err != nil {
		return fmt.Errorf("find a file: %w", err)
	}
	if err := d.Store.Saw(r.Context(), n, me.ID, postgres.SawTicket); err != nil {
		return err
	}
	if r.URL.Query().Has("preview") {
		return d.Uploads.ServePreview(w, a)
	}
	return d.Uploads.Serve(w, r, a)
}
