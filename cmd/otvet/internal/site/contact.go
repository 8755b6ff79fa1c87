package site

import (
	"errors"
	"net/http"
	"net/url"

	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// writingGuide is the article that explains how to write to support, if the content has it.
const writingGuide = "help/write-to-support"

// The steps of the form, by the button that was pressed.
const (
	stepSend = "send" // open the ticket; every other step offers answers first
	stepEdit = "edit" // back to the form
	stepMask = "mask" // back to the form, secrets made unreadable
)

// Why the form is shown again although its fields are right.
const (
	noticeReused  = "reused"
	noticeRefused = "refused"
	noticeMasked  = "masked"
	noticeFacts   = "facts" // fields have come to it
)

// contactPage is GET and POST /{lang}/contact.
type contactPage struct {
	frame
	Enquiry    enquiry
	Categories []kb.Category
	Mistakes   mistakes
	Files      upload.Field
	Notice     string
	Earlier    tickets.Number // of noticeReused: what the key had opened
	Urgent     bool           // a message that must not wait was not taken
	Guide      string         // path of the guide to all ways of writing to us; may be empty
	MailOut    bool           // the answer comes by e-mail too
	Facts      factForm
	Promise    promise        // of a complaint
	Follows    tickets.Number // the request that this one continues; may be empty
}

// FilesOpen reports whether the field for files stands in sight: where a picture says more
// than words (requirement 136), or once there are files.
func (p *contactPage) FilesOpen() bool {
	return p.Facts.Screens || len(p.Files.Kept)+len(p.Files.Trouble) > 0
}

// Complaint reports whether the form is one for a complaint.
func (p *contactPage) Complaint() bool { return p.Enquiry.Kind == tickets.KindComplaint }

// Choices returns the kinds of request to choose from.
func (p *contactPage) Choices() []tickets.Kind { return choices() }

// contact answers GET /{lang}/contact.
func (s *Site) contact(w http.ResponseWriter, r *http.Request) error {
	e := prefilled(r.URL.Query())
	e.By = s.visitor(r)
	e.Contact = e.By.Contact
	e.Kind = s.kindIn(langOf(r), r.URL.Query().Get("kind"), e.Category)
	e.suggest(r)
	s.followUp(r.Context(), langOf(r), &e)
	p := s.newContactPage(langOf(r), e)
	p.Follows = s.follows(r.Context(), e).Number
	if r.URL.RawQuery != "" {
		p.NoIndex, p.Other.URL = true, p.Other.URL+"?"+r.URL.Query().Encode()
	}
	return s.writeContact(w, http.StatusOK, p)
}

// kindIn returns the kind that a link names, else what a request in the category most often
// is, else a question.
func (s *Site) kindIn(lang, kind, category string) tickets.Kind {
	c, _ := s.Engine.Library().Category(kb.Locale(lang), category)
	return kindOr(kind, kindOr(c.Request, tickets.KindQuestion))
}

func (s *Site) newContactPage(lang string, e enquiry) *contactPage {
	lib, words := s.Engine.Library(), s.words(lang)
	title := "contact.title"
	if e.Kind == tickets.KindComplaint {
		title = "contact.complaint.title"
	}
	if e.Category == "" {
		e.Category = categoryFor(lib, lang, e.Kind)
	}
	p := &contactPage{
		frame: s.frame(lang, words.T(title), "contact"), Enquiry: e,
		Categories: lib.Categories(kb.Locale(lang)), MailOut: s.MailOut, Promise: s.promise(lang, tickets.KindComplaint),
	}
	p.Description = words.T("contact.lead", words.N("within", p.Hours))
	p.Files = s.Uploads.Field(words, "files", e.Key, e.Files)
	p.Finder, p.Script = false, "contact.js"
	if a, ok := lib.Article(kb.Locale(lang), writingGuide); ok {
		p.Guide = articleLink(a).Path
	}
	return p
}

func (s *Site) writeContact(w http.ResponseWriter, status int, p *contactPage) error {
	e := p.Enquiry
	c, _ := s.Engine.Library().Category(kb.Locale(p.Lang), e.Category)
	p.Facts = s.newFactForm(asked(e.Kind, c), c.Needs, e.matter, p.Mistakes)
	w.Header().Set("Cache-Control", "private, no-cache") // not no-store: Back must bring the text again
	return s.pages.contact.Write(w, status, p)
}

// send answers POST /{lang}/contact.
func (s *Site) send(w http.ResponseWriter, r *http.Request) error {
	form, files, err := s.Uploads.Read(w, r, visitorOf(r))
	if err != nil {
		return err
	}
	lang, e := langOf(r), readEnquiry(form)
	e.Files, e.By = files, s.visitor(r)
	switch form.Get("step") {
	case stepEdit:
		return s.writeContact(w, http.StatusOK, s.newContactPage(lang, e))
	case stepMask:
		e.Subject, e.Body = masked(e.Subject), masked(e.Body)
		p := s.newContactPage(lang, e)
		p.Notice = noticeMasked
		return s.writeContact(w, http.StatusOK, p)
	}
	followed := s.follows(r.Context(), e)
	n, errs := e.ticket(s.Engine.Library(), s.zone(), lang, s.visited(r))
	if len(errs) > 0 || len(files.Refused) > 0 && n.Priority != tickets.PrioritySafety {
		return s.correct(w, lang, e, errs)
	}
	n.Follows = followed.Number
	if e.unasked(s.Engine.Library(), lang, n.Category) && n.Priority != tickets.PrioritySafety {
		e.suggest(r)
		p := s.newContactPage(lang, e)
		p.Notice = noticeFacts
		return s.writeContact(w, http.StatusOK, p)
	}
	if p := s.stop(w, r, form, e, n); p != nil {
		private(w)
		return s.pages.offer.Write(w, http.StatusOK, p)
	}
	return s.open(w, r, e, n)
}

// stop returns the page between Continue and Send when there is something to show: answers,
// unless the player has seen them beside the form, once a secret in the text, and the open
// requests to which it may belong. Nobody who may be in distress is stopped.
func (s *Site) stop(w http.ResponseWriter, r *http.Request, form url.Values, e enquiry, n tickets.NewTicket) *offerPage {
	var p *offerPage
	switch sends := form.Get("step") == stepSend; {
	case n.Priority == tickets.PrioritySafety, sends && form.Get("warned") != "":
		return nil
	case sends:
		p = s.newStop(langOf(r), e)
	default:
		p = s.newOffer(w, r, e)
	}
	p.Open = s.alike(r.Context(), e, n)
	if len(p.Answers)+len(p.Secrets)+len(p.Open) == 0 && !p.Vague {
		return nil
	}
	return p
}

// correct writes the form with what is wrong with it.
func (s *Site) correct(w http.ResponseWriter, lang string, e enquiry, errs []tickets.FieldError) error {
	p := s.newContactPage(lang, e)
	p.Mistakes = newMistakes(s.words(lang), errs).andFiles(p.Files)
	p.Title = s.words(lang).T("mistakes.title", p.Title)
	return s.writeContact(w, http.StatusUnprocessableEntity, p)
}

// open opens the ticket. Whatever goes wrong, the text comes back in the form.
func (s *Site) open(w http.ResponseWriter, r *http.Request, e enquiry, n tickets.NewTicket) error {
	ctx, lang := r.Context(), langOf(r)
	opening, err := s.Store.OpenTicket(ctx, n)
	var invalid *tickets.InvalidError
	switch {
	case err == nil:
		http.Redirect(w, r, requestPath(lang, opening.Token)+"?new=1", http.StatusSeeOther)
		return nil
	case errors.As(err, &invalid):
		e.Files = e.Files.Because(err)
		return s.correct(w, lang, e, fieldErrors(err, ""))
	case errors.Is(err, tickets.ErrKeyReused):
		e.Key = web.NewKey()
		p := s.newContactPage(lang, e)
		p.Notice, p.Earlier = noticeReused, opening.Ticket.Number
		return s.writeContact(w, http.StatusConflict, p)
	}
	s.Web.Log.ErrorContext(ctx, "ticket not opened", "request", web.RequestID(ctx), "cause", err)
	p := s.newContactPage(lang, e)
	p.Notice = noticeRefused
	p.Urgent = n.Priority == tickets.PrioritySafety
	w.Header().Set("Retry-After", "30")
	return s.writeContact(w, http.StatusServiceUnavailable, p)
}

// contactIn returns the path of the contact form with a category chosen.
func contactIn(lang, category string) string {
	return address(lang, "contact?category="+url.QueryEscape(category))
}

// visitorOf names who sends a request, for the day's quota of files.
func visitorOf(r *http.Request) string {
	key, _ := web.ClientKey(r) // never fails: its error is of httprate's form
	return key
}
