package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

// erasePage asks once more, and says what goes and what stays.
type erasePage struct {
	frame
	Summary  summary
	Stamp    stamp
	Identity string
	Goes     []dataLine
	Stays    []dataLine
	Trouble  string
}

// eraseData serves POST /desk/tickets/{number}/data/erase. Only the page that it answers
// with first says "sure"; what is sent from there is done, each ticket in a transaction of
// its own. Sent again after a fault, it does what is left.
func (d *Desk) eraseData(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	s, err := d.readData(r, me)
	if err != nil {
		return d.refuseData(w, r, me, s, err)
	}
	if !s.Sure {
		return d.pages.erase.Write(w, http.StatusOK, d.newErasePage(r, me, s))
	}
	return d.erase(w, r, me, s)
}

// newErasePage makes the page on the request as it is now.
func (d *Desk) newErasePage(r *http.Request, me tickets.Agent, s dataStep) *erasePage {
	base := d.newDataPage(r, me, s.file, &s)
	page := &erasePage{frame: base.frame, Summary: base.Summary, Stamp: base.Stamp, Identity: s.Identity}
	page.Title = d.words(r, me).T("desk.data.erase.title")
	words := d.words(r, me)
	for _, c := range s.chosen {
		if c.Erasable() {
			page.Goes = append(page.Goes, words.dataLine(c))
		} else {
			page.Stays = append(page.Stays, words.dataLine(c))
		}
	}
	return page
}

// erase does it.
func (d *Desk) erase(w http.ResponseWriter, r *http.Request, me tickets.Agent, s dataStep) error {
	request, words := s.file.Request.Number, d.words(r, me)
	at := scene{words: words, me: me.ID}
	e := at.event(s.note(words, "desk.data.note_erase", s.chosen))
	e.Key = s.eraseKey()
	if _, err := d.Store.Apply(r.Context(), request, s.Version, e); errors.Is(err, tickets.ErrConflict) {
		page := d.newErasePage(r, me, s)
		page.Trouble = words.T("desk.data.erase.changed")
		return d.pages.erase.Write(w, http.StatusConflict, page)
	} else if err != nil {
		return err
	}
	erased, failed := 0, error(nil)
	for _, c := range s.chosen {
		if !c.Erasable() {
			continue
		}
		how := postgres.Erasure{Asked: true, By: e.Actor, Ground: "request", For: request}
		if err := d.Store.Erase(r.Context(), c.Ticket.Number, how); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		erased++
	}
	if erased > 0 {
		failed = errors.Join(failed, d.noteErased(r, me, at, e.Key))
	}
	if failed != nil {
		return d.eraseAgain(w, r, me, s, failed)
	}
	http.Redirect(w, r, dataURL(request)+"?done=erased", http.StatusSeeOther)
	return nil
}

// noteErased notes on the request that something was erased for it. One that is closed has
// no letter to come.
func (d *Desk) noteErased(r *http.Request, me tickets.Agent, at scene, key string) error {
	f, err := d.dataFile(r, me)
	if err != nil || f.Request.Status == tickets.StatusClosed {
		return err
	}
	e := at.event(tickets.DataErased{})
	e.Key = key + "-erased"
	_, err = d.Store.Apply(r.Context(), f.Request.Number, f.Request.Version, e)
	return err
}

// eraseAgain shows what is left after a fault, in a form that does it.
func (d *Desk) eraseAgain(w http.ResponseWriter, r *http.Request, me tickets.Agent, s dataStep, cause error) error {
	kind := d.Web.Note(r, cause)
	var kept *tickets.KeptError
	if errors.As(cause, &kept) {
		kind = web.Conflict
	}
	f, err := d.dataFile(r, me)
	if err != nil {
		return cause
	}
	s.file = f
	if s.chosen, err = f.Chosen(s.Numbers); err != nil {
		return cause
	}
	page := d.newErasePage(r, me, s)
	page.Trouble = d.words(r, me).T("desk.data.erase.left")
	return d.pages.erase.Write(w, kind.Status(), page)
}

// eraseKey names the step for the store. It holds the content: other tickets from the same
// page are another step.
func (s dataStep) eraseKey() string {
	parts := []string{"data-erase", s.Identity}
	for _, n := range s.Numbers {
		parts = append(parts, string(n))
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return s.Key + "-" + hex.EncodeToString(sum[:8])
}
