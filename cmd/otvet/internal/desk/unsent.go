package desk

import (
	"net/http"
	"net/url"
	"path"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// unsentPage gives back what was posted and could not even be looked at, in a form that
// sends it again. It shows nothing but what was posted, so it needs neither database nor
// session.
type unsentPage struct {
	frame
	Action string
	Fields []field
	Lost   bool   // files were sent, and not taken
	SignIn string // where to sign in first; empty: signed in
}

// unsent makes the page for a request that posted a text, or reports false.
func (d *Desk) unsent(w http.ResponseWriter, r *http.Request, me tickets.Agent) (*unsentPage, bool) {
	if r.Method != http.MethodPost {
		return nil, false
	}
	lost := false
	posted, err := web.Upload(w, r, func(web.Part) error { // reads nothing when the form was read before
		lost = true
		return nil
	})
	if err != nil {
		return nil, false
	}
	blank := scene{words: d.words(r, me)}
	fields := filled(blank.postedTo(r.URL.Path), posted)
	page := &unsentPage{Action: r.URL.Path, Lost: lost, Fields: unsentFields(fields, posted)}
	if len(form{Fields: fields}.texts()) == 0 {
		return nil, false
	}
	page.frame = d.newFrame(r, me, d.printer(r, me).T("desk.unsent.title"))
	page.Langs = nil // the switch would lead away from the text
	return page, true
}

// postedTo returns the fields of the form with an address; nil when no text can be typed
// there.
func (s scene) postedTo(address string) []field {
	if address == newTicketPath {
		return s.openingFields()
	}
	if path.Base(path.Dir(address)) == "data" {
		return []field{s.identityField()}
	}
	if a, ok := actNamed(path.Base(address)); ok {
		return a.fields(s)
	}
	return nil
}

// unsentFields returns the texts to look at again, and everything else that was posted as
// it was.
func unsentFields(fields []field, posted url.Values) []field {
	var all []field
	typed := map[string]bool{}
	for _, f := range fields {
		if f.typed() {
			f.ID, f.Hint, typed[f.Name] = "unsent-"+f.Name, "", true
			all = append(all, f)
		}
	}
	for name, values := range posted {
		for _, value := range values {
			if !typed[name] {
				all = append(all, set(name, value))
			}
		}
	}
	return all
}
