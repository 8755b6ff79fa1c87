package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
)

// newTicketPath is where an agent writes down what came by phone, chat, post or e-mail.
const newTicketPath = "/desk/new"

// openedByUs is the mark that a ticket's page was reached by opening it.
const openedByUs = "opened"

// openingPage is the form for a request that did not come by the player's own hand.
type openingPage struct {
	frame
	Key     string
	Fields  []field
	Facts   []field // folded up
	Trouble string
}

// showOpening serves GET /desk/new.
func (d *Desk) showOpening(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	return d.pages.opening.Write(w, http.StatusOK, d.newOpeningPage(r, me, url.Values{"key": {web.NewKey()}}, nil))
}

// openTicket serves POST /desk/new. The ticket and the note of who took it are two steps
// under keys of the same form: sent again after a fault, each is done once.
func (d *Desk) openTicket(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	posted, err := web.Form(r)
	if err != nil {
		return err
	}
	if !keyForm.MatchString(posted.Get("key")) {
		return web.Failf(web.BadRequest, "form lacks the key")
	}
	s := scene{words: d.words(r, me), me: me.ID}
	request, err := s.request(posted)
	if err == nil {
		request, err = request.Validate(func(id string) bool { return s.knowsCategory(id) == nil })
	}
	var number tickets.Number
	if err == nil {
		number, err = d.open(r, s, me, request)
	}
	var invalid *tickets.InvalidError
	switch {
	case errors.As(err, &invalid):
		d.Web.Note(r, err)
		return d.pages.opening.Write(w, http.StatusUnprocessableEntity, d.newOpeningPage(r, me, posted, invalid))
	case err != nil:
		return fmt.Errorf("open a ticket for a player: %w", err)
	}
	http.Redirect(w, r, ticketURL(number)+"?"+url.Values{"done": {openedByUs}}.Encode(), http.StatusSeeOther)
	return nil
}

// open opens the ticket and notes who took it.
func (d *Desk) open(r *http.Request, s scene, me tickets.Agent, n tickets.NewTicket) (tickets.Number, error) {
	opened, err := d.Store.OpenTicket(r.Context(), n)
	if err != nil {
		return "", err
	}
	e := s.event(tickets.Noted{Body: s.T("desk.new.note", s.channel(n.Channel), me.Name)})
	e.Key = n.Key + "-note"
	_, err = d.Store.Apply(r.Context(), opened.Ticket.Number, opened.Ticket.Version, e)
	if errors.Is(err, tickets.ErrConflict) { // somebody was faster; the note is not worth a second request
		err = nil
	}
	return opened.Ticket.Number, err
}

// request reads a new ticket.
func (s scene) request(posted url.Values) (tickets.NewTicket, error) {
	in := input{values: posted, scene: s}
	facts, err := in.record()
	requester, code := tickets.ParseRequester(posted.Get("contact"))
	if code != "" {
		err = errors.Join(err, &tickets.InvalidError{Fields: []tickets.FieldError{{Field: "contact", Code: code}}})
	}
	if channel := tickets.Channel(posted.Get("channel")); channel == "" {
		err = errors.Join(err, missing("channel"))
	}
	n := tickets.NewTicket{
		Key: posted.Get("key"), Locale: kb.Locale(posted.Get("locale")), Category: posted.Get("category"),
		Subject: posted.Get("subject"), Body: posted.Get("body"), Requester: requester, At: time.Now(),
		Kind: tickets.Kind(posted.Get("kind")), Channel: tickets.Channel(posted.Get("channel")), Record: facts,
	}
	c, _ := s.library.Category(n.Locale, n.Category)
	n.Department = c.Department
	return triaged(n), err
}

// triaged puts first what somebody in distress said, as if they had written it themselves.
func triaged(n tickets.NewTicket) tickets.NewTicket {
	if assistant.Assess(n.Subject+"\n"+n.Body).Class != assistant.Safety {
		return n
	}
	if n.Priority = tickets.PrioritySafety; n.Kind == tickets.KindQuestion {
		n.Kind = tickets.KindSafety
	}
	return n
}

// openingFields ask for a request, the record of its facts last.
func (s scene) openingFields() []field {
	return append(s.matterFields(), s.recordFields(tickets.Record{})...)
}

func (s scene) matterFields() []field {
	var channels []choice
	for _, c := range []tickets.Channel{tickets.ChannelPhone, tickets.ChannelChat, tickets.ChannelEmail, tickets.ChannelPost} {
		channels = append(channels, choice{string(c), s.channel(c), false})
	}
	subject := line("subject", s.T("desk.new.subject"))
	subject.Max = tickets.MaxSubject
	contact := line("contact", s.T("desk.new.contact")).with(s.T("desk.new.contact_hint"))
	contact.Max = tickets.MaxContact
	return []field{
		radio("channel", s.T("desk.case.channel"), channels),
		contact,
		selection("locale", s.T("desk.ticket.language"), s.languages(string(s.locale))),
		selection("kind", s.T("desk.case.kind"), selected(s.kinds(tickets.Kinds()), string(tickets.KindQuestion))),
		selection("category", s.T("desk.ticket.category"), s.categories("")),
		subject,
		text("body", s.T("desk.new.body")).with(s.T("desk.new.body_hint")),
	}
}

// newOpeningPage makes the page with what was posted and what is wrong with it.
func (d *Desk) newOpeningPage(r *http.Request, me tickets.Agent, posted url.Values, invalid *tickets.InvalidError) *openingPage {
	s := scene{words: d.words(r, me), me: me.ID}
	page := &openingPage{frame: d.newFrame(r, me, s.T("desk.new.title")), Key: posted.Get("key")}
	page.Here, page.Section = newTicketPath, "new"
	page.Fields = filled(s.matterFields(), posted)
	page.Facts = filled(s.recordFields(tickets.Record{}), posted)
	if invalid != nil {
		page.Trouble = s.T("desk.trouble.fields")
	}
	for _, fields := range [][]field{page.Fields, page.Facts} {
		for i := range fields {
			fields[i].ID = fields[i].Name
			if invalid != nil && invalid.Code(fields[i].Name) != "" {
				fields[i].Trouble = s.fieldTrouble(fields[i], invalid.Code(fields[i].Name))
			}
		}
	}
	return page
}

// FactsOpen reports whether a fact is filled in or wrong, and must be in sight.
func (p *openingPage) FactsOpen() bool {
	for _, f := range p.Facts {
		if f.Value != "" || f.Trouble != "" {
			return true
		}
	}
	return false
}
