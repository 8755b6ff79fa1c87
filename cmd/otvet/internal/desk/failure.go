package desk

import (
	"net/http"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

type failurePage struct {
	frame
	Status    int
	Lead      string
	Next      string
	RequestID string
}

// fail answers a request with an error. A text that could not be stored because the
// database is away comes back in its form; everything else is the desk's error page.
func (d *Desk) fail(w http.ResponseWriter, r *http.Request, me tickets.Agent, err error) {
	kind := d.Web.Note(r, err)
	if kind == web.Unavailable || kind == web.TooMany {
		w.Header().Set("Retry-After", "5")
	}
	if page, ok := d.unsent(w, r, me); ok && kind == web.Unavailable {
		err = d.pages.unsent.Write(w, kind.Status(), page)
	} else {
		err = d.pages.failure.Write(w, kind.Status(), d.newFailurePage(r, me, kind))
	}
	if err != nil {
		d.Web.Fail(w, r, err)
	}
}

// newFailurePage puts a kind of error into the desk's words, or into the common ones
// where the desk has none.
func (d *Desk) newFailurePage(r *http.Request, me tickets.Agent, kind web.Kind) *failurePage {
	p, key := d.printer(r, me), kind.Key()
	if d.Web.Catalog.Has("desk." + key + ".title") {
		key = "desk." + key
	}
	return &failurePage{
		frame:     d.newFrame(r, me, p.T(key+".title")),
		Status:    kind.Status(),
		Lead:      p.T(key + ".lead"),
		Next:      p.T(key + ".next"),
		RequestID: web.RequestID(r.Context()),
	}
}
