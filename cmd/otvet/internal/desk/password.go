package desk

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

type passwordPage struct {
	frame
	Email   string // tells a password manager whose password it is
	Forced  bool   // a one-time password must go; it was typed a moment ago
	Trouble passwordTrouble
	Min     int
	Max     int
}

// passwordTrouble is what is wrong with each field, in words.
type passwordTrouble struct{ Current, New, Again string }

func (t passwordTrouble) any() bool { return t != passwordTrouble{} }

func (d *Desk) newPasswordPage(r *http.Request, me tickets.Agent) *passwordPage {
	page := &passwordPage{Email: me.Email, Forced: me.MustChange, Min: minPassword, Max: maxPassword}
	page.frame = d.newFrame(r, me, d.printer(r, me).T("desk.password.title"))
	return page
}

// showPassword serves GET /desk/password.
func (d *Desk) showPassword(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	return d.pages.password.Write(w, http.StatusOK, d.newPasswordPage(r, me))
}

// changePassword serves POST /desk/password.
func (d *Desk) changePassword(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	form, err := web.Form(r)
	if err != nil {
		return err
	}
	page := d.newPasswordPage(r, me)
	page.Trouble, err = d.judge(r, me, form.Get("current"), form.Get("new"), form.Get("again"))
	if err != nil {
		return err
	}
	if page.Trouble.any() {
		return d.pages.password.Write(w, http.StatusUnprocessableEntity, page)
	}
	if err := d.setPassword(w, r, me, form.Get("new")); err != nil {
		return err
	}
	http.Redirect(w, r, "/desk?done=password", http.StatusSeeOther)
	return nil
}

// setPassword stores a new password, which ends every session of the agent, and begins
// a new one here.
func (d *Desk) setPassword(w http.ResponseWriter, r *http.Request, me tickets.Agent, password string) error {
	hash, err := d.passwords.hash(r.Context(), password)
	if err != nil {
		return err
	}
	if err := d.Store.SetPassword(r.Context(), me.ID, hash, false); err != nil {
		return fmt.Errorf("set password of agent %d: %w", me.ID, err)
	}
	me, err = d.Store.Agent(r.Context(), me.ID)
	if err != nil {
		return fmt.Errorf("load agent after a change of password: %w", err)
	}
	return d.begin(w, r, me)
}

// judge says what is wrong with a change of password. The current one is asked for
// unless it is a one-time password that was used a moment ago.
func (d *Desk) judge(r *http.Request, me tickets.Agent, current, fresh, again string) (t passwordTrouble, err error) {
	p := d.printer(r, me)
	if !me.MustChange {
		ok, err := d.knowsPassword(r, me, current)
		if err != nil {
			return t, err
		}
		if !ok {
			t.Current = p.T("desk.password.wrong")
		}
	}
	n := utf8.RuneCountInString(fresh)
	switch {
	case n < minPassword:
		t.New = p.N("desk.password.short", minPassword)
	case n > maxPassword:
		t.New = p.N("desk.password.long", maxPassword)
	case strings.EqualFold(fresh, me.Email):
		t.New = p.T("desk.password.is_email")
	case fresh != again:
		t.Again = p.T("desk.password.differs")
	}
	if t.any() {
		return t, nil
	}
	same, err := d.passwords.matches(r.Context(), fresh, me.PasswordHash)
	if same {
		t.New = p.T("desk.password.same")
	}
	return t, err
}

// knowsPassword checks the current password, as often as a sign-in may try.
func (d *Desk) knowsPassword(r *http.Request, me tickets.Agent, current string) (bool, error) {
	if err := d.limitSignIn(r, me.Email); err != nil {
		return false, err
	}
	return d.passwords.matches(r.Context(), current, me.PasswordHash)
}
