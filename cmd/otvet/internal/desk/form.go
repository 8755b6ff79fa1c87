package desk

import (
	"errors"
	"net/url"

	"otvet/cmd/otvet/internal/upload"
	"otvet/tickets"
)

// form is an act on the page.
type form struct {
	Name    string
	Title   string
	About   string
	Read    []chapter // what to have before one's eyes
	Send    string
	Action  string
	Stamp   stamp
	Fields  []field
	Takes   bool // files can be attached
	Files   upload.Field
	Preview bool   // the letter can be looked at before it goes
	Promise string // what must be ticked before a promise goes out; empty: nothing
	Trouble string
	Open    bool
}

// blocked is an act that an agent may look for and cannot do now.
type blocked struct{ Title, Why string }

// form makes an act's form.
func (s scene) form(a act, to stamp) form {
	f := form{
		Name: a.name, Title: s.T("desk.act." + a.name + ".title"), Send: s.T("desk.act." + a.name + ".send"),
		Action: ticketURL(to.Number) + "/" + a.name, Stamp: to, Fields: a.fields(s), Preview: a.letter && s.writes(), Takes: a.files,
	}
	if a.about != nil {
		f.About = a.about(s)
	}
	if a.read != nil {
		f.Read = a.read(s)
	}
	for i := range f.Fields {
		f.Fields[i].ID = a.name
		if i > 0 {
			f.Fields[i].ID += "-" + f.Fields[i].Name
		}
	}
	return f
}

// writes reports whether the player can be written to.
func (s scene) writes() bool { return s.ticket.Requester.Email != "" }

// withFiles returns the form with the files that it carries.
func (d *Desk) withFiles(f form, s scene, b upload.Basket) form {
	if f.Takes {
		f.Files = d.Uploads.Field(s.Printer, f.Name+"-files", f.Stamp.Key, b)
	}
	return f
}

// filled returns the form with what was posted.
func (f form) filled(values url.Values) form {
	f.Fields = filled(f.Fields, values)
	return f
}

// refused returns the form with the reason why it was not taken, at the fields that are
// wrong and above them.
func (f form) refused(w words, cause error) form {
	f.Open, f.Trouble = true, w.trouble(cause)
	var invalid *tickets.InvalidError
	if errors.As(cause, &invalid) {
		for i := range f.Fields {
			if code := invalid.Code(f.Fields[i].Name); code != "" {
				f.Fields[i].Trouble = w.fieldTrouble(f.Fields[i], code)
			}
		}
	}
	var doubt *doubtError
	if errors.As(cause, &doubt) {
		for i := range f.Fields {
			if f.Fields[i].Name == doubt.Field {
				f.Fields[i].Trouble = f.Trouble
			}
		}
		if len(doubt.Promises) > 0 {
			f.Promise = w.T("desk.promise.tick")
		}
	}
	return f
}

// fieldTrouble says what is wrong with a field.
func (w words) fieldTrouble(f field, c tickets.Code) string {
	if f.Name == "body" {
		return w.T("desk.trouble.body_" + string(c))
	}
	if f.Name == "into" && c == tickets.NotYours {
		return w.T("desk.trouble.other_player_field")
	}
	if c == tickets.TooLong && f.Max > 0 {
		return w.N("desk.trouble.too_long", f.Max)
	}
	return w.T("desk.trouble.field." + string(c))
}
