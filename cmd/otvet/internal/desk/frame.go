package desk

import (
	"net/http"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// frame is what the desk shows around every page. A page's struct embeds it.
type frame struct {
	web.Frame
	SignedIn bool
	Settled  bool // the password is their own: the desk is open
	Name     string
	Here     string // the page's address, to come back to after a change of language
	Section  string // "queue" or "content", marked in the header
	Broken   int    // problems of content that was refused
	Langs    []langChoice
}

// langChoice is a language of the switch.
type langChoice struct {
	Lang, Name string
	Current    bool
}

// Framing implements web.Framed.
func (f *frame) Framing() *web.Frame { return &f.Frame }

// newFrame makes the frame of a page for an agent; the zero agent is a visitor.
func (d *Desk) newFrame(r *http.Request, me tickets.Agent, title string) frame {
	f := frame{
		Frame:    web.NewFrame(d.lang(r, me), title),
		SignedIn: me.ID != 0,
		Settled:  me.ID != 0 && !me.MustChange,
		Name:     me.Name,
		Here:     local(r.URL.RequestURI()),
		Broken:   len(d.Engine.Status().Problems),
	}
	f.Operator, f.NoIndex, f.Style, f.Script = d.Operator, true, "desk.css", "desk.js"
	if r.Method == http.MethodPost {
		f.Here = "/desk"
	}
	for _, lang := range web.Langs() {
		name := d.Web.Catalog.Printer(lang).T("desk.language.own")
		f.Langs = append(f.Langs, langChoice{lang, name, lang == f.Lang})
	}
	return f
}

// lang is the language of the desk for an agent; a visitor gets the one that the
// address or the browser asks for.
func (d *Desk) lang(r *http.Request, me tickets.Agent) string {
	if me.Locale.Valid() {
		return string(me.Locale)
	}
	for _, lang := range web.Langs() {
		if r.URL.Query().Get("lang") == lang {
			return lang
		}
	}
	return web.Preferred(r)
}

// printer returns the printer of an agent's desk.
func (d *Desk) printer(r *http.Request, me tickets.Agent) *web.Printer {
	return d.Web.Catalog.Printer(d.lang(r, me))
}
