package site

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
)

// from returns the path of a result with the ask that it answers, so that opening it is
// seen without a script or a redirect. An empty key leaves the path as it is.
func from(path, ask string) string {
	if ask == "" {
		return path
	}
	page, anchor, _ := strings.Cut(path, "#")
	if anchor != "" {
		anchor = "#" + anchor
	}
	return page + "?from=" + ask + anchor
}

// unfolded answers POST /{lang}/asks/{key}/opened: a suggested answer was unfolded on the
// results page. What is not recorded matters to nobody who reads.
func (s *Site) unfolded(w http.ResponseWriter, r *http.Request) error {
	if key := chi.URLParam(r, "key"); isKey(key) {
		s.Store.AskOpenedSoon(r.Context(), key)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
