package site

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"otvet/tickets"
)

// file answers GET …/files/{id}/{name} below a request's page: a file of a public message of
// the request. The name is for people only.
func (s *Site) file(w http.ResponseWriter, r *http.Request) error {
	pass, err := s.pass(r)
	if err != nil {
		return s.noPass(w, r, err)
	}
	a, err := s.Store.PlayerAttachment(r.Context(), pass, tickets.FileID(chi.URLParam(r, "id")))
	switch {
	case errors.Is(err, tickets.ErrNotFound):
		return s.missing(w, r)
	case err != nil:
		return err
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	return s.Uploads.Serve(w, r, a)
}
