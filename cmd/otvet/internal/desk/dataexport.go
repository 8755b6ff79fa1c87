package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"time"

	"otvet/cmd/otvet/internal/casefile"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

// exportData serves POST /desk/tickets/{number}/data/export: an archive of the public files
// of the ticked tickets. Before a byte of it goes, the request says how it was checked who
// asks, and each ticket who took it.
func (d *Desk) exportData(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	s, err := d.readData(r, me)
	var chosen []tickets.DataTicket
	for _, c := range s.chosen {
		if !c.Erased() {
			chosen = append(chosen, c)
		}
	}
	if err == nil && len(chosen) == 0 {
		err = missing("ticket")
	}
	if err == nil {
		err = d.noteExport(r, me, s, chosen)
	}
	if err != nil {
		return d.refuseData(w, r, me, s, err)
	}
	for _, c := range chosen {
		if err := d.Store.Saw(r.Context(), c.Ticket.Number, me.ID, postgres.SawData); err != nil {
			return err
		}
	}
	request := s.file.Request
	b := casefile.Bundle{
		Request: request.Number, Operator: d.Operator, MadeAt: time.Now().UTC().Truncate(time.Second),
		Lang: string(request.Locale), Cases: d.held(r.Context(), me, chosen),
	}
	return casefile.Send(w, "data-"+string(request.Number)+".zip", "application/zip", func(w io.Writer) error {
		return d.cases.Bundle(w, b, d.Uploads.Open)
	})
}

// noteExport writes the note on the request as it is now: it makes nobody's form wrong, so
// a version that has grown meanwhile is no reason to refuse.
func (d *Desk) noteExport(r *http.Request, me tickets.Agent, s dataStep, chosen []tickets.DataTicket) error {
	words := d.words(r, me)
	e := scene{words: words, me: me.ID}.event(s.note(words, "desk.data.note_export", chosen))
	for version, tries := s.file.Request.Version, 0; ; tries++ {
		_, err := d.Store.Apply(r.Context(), s.file.Request.Number, version, e)
		if !errors.Is(err, tickets.ErrConflict) || tries > 3 {
			return err
		}
		f, err := d.dataFile(r, me)
		if err != nil {
			return err
		}
		version = f.Request.Version
	}
}

// held reads the cases one by one, as they are needed.
func (d *Desk) held(ctx context.Context, me tickets.Agent, chosen []tickets.DataTicket) iter.Seq2[casefile.Held, error] {
	return func(yield func(casefile.Held, error) bool) {
		for _, c := range chosen {
			h, err := d.heldCase(ctx, me, c.Ticket.Number)
			if !yield(h, err) || err != nil {
				return
			}
		}
	}
}

func (d *Desk) heldCase(ctx context.Context, me tickets.Agent, n tickets.Number) (casefile.Held, error) {
	dossier, err := d.Store.Dossier(ctx, me.ID, n)
	if err != nil {
		return casefile.Held{}, fmt.Errorf("load ticket %s: %w", n, err)
	}
	f, err := d.caseFile(ctx, dossier)
	if err != nil {
		return casefile.Held{}, err
	}
	h := casefile.Held{File: f}
	for _, a := range dossier.Asks {
		h.Questions = append(h.Questions, casefile.Question{Number: n, At: a.At, Question: a.Question})
	}
	return h, nil
}

// caseFile returns the public file of a case.
func (d *Desk) caseFile(ctx context.Context, dossier tickets.Dossier) (tickets.CaseFile, error) {
	letters, err := d.Store.LettersSent(ctx, dossier.Ticket.Number)
	if err != nil {
		return tickets.CaseFile{}, err
	}
	f := dossier.CaseFile(letters)
	f.Operator, f.MadeAt = d.Operator, time.Now().UTC().Truncate(time.Second)
	if c, ok := d.Engine.Library().Category(dossier.Ticket.Locale, f.Category); ok {
		f.Category = c.Title
	}
	return f, nil
}
