package desk

import (
	"net/http"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// unsentPage gives a posted text back that could not even be looked at, in a form that
// sends it again. It shows nothing but what was posted, so it needs neither database nor
// session.
type unsentPage struct {
	frame
	Action  string
	Version string
	Key     string
	Then    string
	Body    string
	Files   []string // references to the files that were taken
	Lost    bool     // files were sent, and not taken
	SignIn  string   // where to sign in first; empty: signed in
}

// unsent makes the page for a request that posted a text, or reports false.
func (d *Desk) unsent(w http.ResponseWriter, r *http.Request, me tickets.Agent) (*unsentPage, bool) {
	if r.Method != http.MethodPost {
		return nil, false
	}
	lost := false
	form, err := web.Upload(w, r, func(web.Part) error { // reads nothing when the form was read before
		lost = true
		return nil
	})
	if err != nil || form.Get("body") == "" {
		return nil, false
	}
	page := &unsentPage{
		Action: r.URL.Path, Version: form.Get("version"), Key: form.Get("key"), Then: form.Get("then"), Body: form.Get("body"),
		Files: form["file"], Lost: lost,
	}
	page.frame = d.newFrame(r, me, d.printer(r, me).T("desk.unsent.title"))
	page.Langs = nil // the switch would lead away from the text
	return page, true
}
