package site

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"otvet/cmd/otvet/internal/casefile"
	"otvet/tickets"
)

// keepArchive answers GET /{lang}/requests/{token}/case.zip.
func (s *Site) keepArchive(w http.ResponseWriter, r *http.Request) error {
	return s.keep(w, r, "zip", "application/zip", func(w io.Writer, f tickets.CaseFile) error {
		return s.cases.Archive(w, langOf(r), f, s.Uploads.Open)
	})
}

// keepPage answers GET /{lang}/requests/{token}/case.html.
func (s *Site) keepPage(w http.ResponseWriter, r *http.Request) error {
	return s.keep(w, r, "html", "text/html; charset=utf-8", func(w io.Writer, f tickets.CaseFile) error {
		return s.cases.HTML(w, langOf(r), f)
	})
}

// keepData answers GET /{lang}/requests/{token}/case.json.
func (s *Site) keepData(w http.ResponseWriter, r *http.Request) error {
	return s.keep(w, r, "json", "application/json", func(w io.Writer, f tickets.CaseFile) error {
		return s.cases.JSON(w, f)
	})
}

// keep sends the case of a pass to be saved.
func (s *Site) keep(w http.ResponseWriter, r *http.Request, ext, mime string, write func(io.Writer, tickets.CaseFile) error) error {
	pass, err := s.pass(r)
	if err != nil {
		return s.noPass(w, r, err)
	}
	f, err := s.caseFile(r.Context(), langOf(r), pass)
	if err != nil {
		return s.noPass(w, r, err)
	}
	return casefile.Send(w, casefile.Name(f.Number, ext), mime, func(w io.Writer) error { return write(w, f) })
}

// caseFile returns what the holder of a pass may keep.
func (s *Site) caseFile(ctx context.Context, lang string, pass tickets.Pass) (tickets.CaseFile, error) {
	d, err := s.Store.PlayerDossier(ctx, pass)
	if err != nil {
		return tickets.CaseFile{}, fmt.Errorf("read the case of a pass: %w", err)
	}
	letters, err := s.Store.LettersSent(ctx, d.Ticket.Number)
	if err != nil {
		return tickets.CaseFile{}, fmt.Errorf("read the case of a pass: %w", err)
	}
	f := d.CaseFile(letters)
	f.Operator, f.MadeAt = s.Operator, time.Now().UTC().Truncate(time.Second)
	f.Category = s.categoryTitle(lang, d.Ticket.Category)
	return f, nil
}
