package site

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"otvet/tickets"
)

// file answers GET /{lang}/requests/{token}/files/{id}/{name}: a file of a public message
// of the token's request. The name is for people only.
func (s *Site) file(w http.ResponseWriter, r *http.Request) error {
	token, err := tickets.ParseToken(chi.URLParam(r, "token"))
	if err != nil {
		return s.missingRequest(w, r)
	}
	a, err := s.Store.PlayerAttachment(r.Context(), token, tickets.FileID(chi.URLParam(r, "id")))
	switch {
	case errors.Is(err, tickets.ErrNotFound):
		return s.missing(w, r)
	case err != nil:
		return err
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	return s.Uploads.Serve(w, r, a)
}
