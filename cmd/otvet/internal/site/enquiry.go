package site

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// enquiry is what stands in the contact form, exactly as it was typed.
type enquiry struct {
	Key      string // idempotency key of this form
	Ask      string // key of the ask for the answer shown last beside this form; empty before the first
	Showings int    // how many different answers this form has shown
	Reading  bool   // one of them is open, so that no other may take its place
	Category string
	Subject  string
	Body     string
	Contact  string // login or e-mail address
	Files    upload.Basket
	Another  bool // the player has seen the open requests, and means another one
	matter
	By player // who is signed in, which no form can say; may be nobody
}

// prefilled returns a new form, filled with what the link to it carries.
func prefilled(query url.Values) enquiry {
	e := enquiry{Key: web.NewKey(), Category: query.Get("category"), matter: readMatter(query)}
	question := strings.TrimSpace(query.Get("q"))
	if utf8.RuneCountInString(question) <= tickets.MaxSubject {
		e.Subject = question
	} else {
		e.Body = question
	}
	return e
}

// readEnquiry reads a posted form.
func readEnquiry(form url.Values) enquiry {
	showings, err := strconv.Atoi(form.Get("showings"))
	if err != nil || showings < 0 {
		showings = 0 // an old or a made-up form begins anew
	}
	return enquiry{
		Key: keyOr(form.Get("key")), Ask: form.Get("ask"), Showings: showings, Reading: form.Has("reading"),
		Category: form.Get("category"), Subject: form.Get("subject"), Body: form.Get("body"), Contact: form.Get("contact"),
		Another: form.Has("another"), matter: readMatter(form),
	}
}

// text returns what the player wrote.
func (e enquiry) text() string { return e.Subject + "\n" + e.Body }

// distress reports whether the words, those of the facts too, are of somebody who may be in
// distress.
func (e enquiry) distress() bool {
	return assistant.Assess(e.text()+"\n"+e.words()).Class == assistant.Safety
}

// show notes that the form shows these passages: under the key that they have when they
// are what it showed last, else under a new one. False means that it has shown enough.
func (e *enquiry) show(passages []kb.Citation) bool {
	if e.Ask == showingKey(e.Key, e.Showings, passages) {
		return true
	}
	if e.Showings >= maxShowings {
		return false
	}
	e.Showings++
	e.Ask = showingKey(e.Key, e.Showings, passages)
	return true
}

// ticket checks the form. The mistakes are in the order of the fields.
func (e enquiry) ticket(lib *kb.Library, zone *time.Location, lang, visit string) (tickets.NewTicket, []tickets.FieldError) {
	requester, code := tickets.ParseRequester(e.Contact)
	n := tickets.NewTicket{
		Key: e.Key, Visit: visit, Locale: kb.Locale(lang), Category: e.Category, Subject: e.Subject,
		Body: e.Body, Files: e.Files.Files, Requester: requester, By: e.By.Identity, Priority: e.priority(), At: time.Now(),
	}
	wrong := e.fill(&n, lib, zone)
	n, err := n.Validate(func(id string) bool {
		_, ok := lib.Category(kb.Locale(lang), id)
		return ok
	})
	return n, append(fieldErrors(err, code), wrong...)
}

// priority puts people who may be in distress before everyone else.
func (e enquiry) priority() tickets.Priority {
	if e.distress() {
		return tickets.PrioritySafety
	}
	return tickets.PriorityNormal
}

// fieldErrors lists what is wrong with a form, the requester's own code in the place of
// the general one.
func fieldErrors(err error, requester tickets.Code) []tickets.FieldError {
	var invalid *tickets.InvalidError
	if !errors.As(err, &invalid) {
		return nil
	}
	found := make([]tickets.FieldError, len(invalid.Fields))
	for i, f := range invalid.Fields {
		if f.Field == "contact" && requester != "" {
			f.Code = requester
		}
		found[i] = f
	}
	return found
}

// mistakes are what is wrong with a form, in words.
type mistakes []mistake

type mistake struct{ Field, Text string }

// For returns what is wrong with a field, empty when nothing is.
func (m mistakes) For(field string) string {
	for _, one := range m {
		if one.Field == field {
			return one.Text
		}
	}
	return ""
}

// limits are the longest values, for the words of TooLong.
var limits = map[string]int{"subject": tickets.MaxSubject, "body": tickets.MaxBody, "contact": tickets.MaxContact, "email": tickets.MaxContact, "text": maxReason}

// newMistakes puts field errors into words: the message "mistake.<field>.<code>".
func newMistakes(words *web.Printer, errs []tickets.FieldError) mistakes {
	var m mistakes
	for _, e := range errs {
		if e.Field == "files" { // told by the field itself: see andFiles
			continue
		}
		if slices.Contains(kb.Asks(), e.Field) {
			m = append(m, mistake{factPrefix + e.Field, words.T("mistake.fact."+string(e.Code), words.T("fact."+e.Field))})
			continue
		}
		key := "mistake." + e.Field + "." + string(e.Code)
		if e.Code == tickets.TooLong {
			m = append(m, mistake{e.Field, words.T(key, words.Number(limits[e.Field]))})
			continue
		}
		m = append(m, mistake{e.Field, words.T(key)})
	}
	return m
}

// andFiles adds what is wrong with the files, in the field's own words.
func (m mistakes) andFiles(f upload.Field) mistakes {
	for _, text := range f.Trouble {
		m = append(m, mistake{"files", text})
	}
	return m
}
