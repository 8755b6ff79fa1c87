package desk

import (
	"fmt"
	"net/http"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// setLanguage serves POST /desk/language.
func (d *Desk) setLanguage(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	form, err := web.Form(r)
	if err != nil {
		return err
	}
	locale := kb.Locale(form.Get("lang"))
	if !locale.Valid() {
		return web.Failf(web.BadRequest, "unknown language")
	}
	if err := d.Store.SetAgentLocale(r.Context(), me.ID, locale); err != nil {
		return fmt.Errorf("set language of agent %d: %w", me.ID, err)
	}
	http.Redirect(w, r, local(form.Get("back")), http.StatusSeeOther)
	return nil
}
