package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// dataPage is what there is of who asks for their data, with what can be done about it.
type dataPage struct {
	frame
	Summary  summary
	Stamp    stamp
	Mine     []dataLine // the request, what is proven to be the person's, and what was erased for it
	Shared   []dataLine // what only has the same address
	Identity field
	Done     string
	Trouble  string
}

// dataLine is a ticket in the list.
type dataLine struct {
	Number  tickets.Number
	URL     string
	Subject string
	Lang    string
	Kind    string
	Label   string
	Proven  string
	When    moment
	Fate    string // what can become of it, or has
	Goes    bool   // it can be erased
	Gone    bool   // it was erased
	Ticked  bool
}

// dataStep is what an agent asked to be done.
type dataStep struct {
	Version  int // of the request that the agent saw
	Key      string
	Identity string // how it was checked who asks
	Numbers  []tickets.Number
	Sure     bool // what goes and what stays was shown
	file     tickets.DataFile
	chosen   []tickets.DataTicket
}

func dataURL(n tickets.Number) string { return ticketURL(n) + "/data" }

// showData serves GET /desk/tickets/{number}/data.
func (d *Desk) showData(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	f, err := d.dataFile(r, me)
	if err != nil {
		return err
	}
	page := d.newDataPage(r, me, f, nil)
	if r.URL.Query().Get("done") == "erased" {
		page.Done = d.words(r, me).T("desk.data.done_erased")
	}
	return d.pages.data.Write(w, http.StatusOK, page)
}

// dataFile loads the request of an address. Nothing but a request about data has such a
// page.
func (d *Desk) dataFile(r *http.Request, me tickets.Agent) (tickets.DataFile, error) {
	n, err := tickets.ParseNumber(chi.URLParam(r, "number"))
	if err != nil {
		return tickets.DataFile{}, fmt.Errorf("read ticket number: %w", err)
	}
	return d.Store.DataFile(r.Context(), me.ID, n)
}

// readData reads a posted form. A ticket that is not of the request's person is
// tickets.ErrNotFound; what a form of ours cannot have posted is web.BadRequest. With an
// *tickets.InvalidError the step is as it was posted.
func (d *Desk) readData(r *http.Request, me tickets.Agent) (dataStep, error) {
	posted, err := web.Form(r)
	if err != nil {
		return dataStep{}, err
	}
	version, err := strconv.Atoi(posted.Get("version"))
	if err != nil || !keyForm.MatchString(posted.Get("key")) {
		return dataStep{}, web.Failf(web.BadRequest, "form lacks version or key")
	}
	s := dataStep{Version: version, Key: posted.Get("key"), Identity: posted.Get("identity"), Sure: posted.Get("sure") == "yes"}
	for _, typed := range posted["ticket"] {
		n, err := tickets.ParseNumber(typed)
		if err != nil {
			return dataStep{}, fmt.Errorf("read ticket number: %w", err)
		}
		s.Numbers = append(s.Numbers, n)
	}
	if s.file, err = d.dataFile(r, me); err != nil {
		return dataStep{}, err
	}
	if s.chosen, err = s.file.Chosen(s.Numbers); err != nil {
		return dataStep{}, err
	}
	return s, s.check()
}

// check refuses a step without tickets, or without the word of a person that it needs.
func (s dataStep) check() error {
	identity, err := tickets.CleanBody(s.Identity)
	var invalid *tickets.InvalidError
	errors.As(err, &invalid)
	empty := invalid != nil && invalid.Code("body") == tickets.Required
	switch {
	case len(s.chosen) == 0:
		return missing("ticket")
	case invalid != nil && !empty:
		return &tickets.InvalidError{Fields: []tickets.FieldError{{Field: "identity", Code: invalid.Code("body")}}}
	case empty && s.file.NeedsCheck(s.chosen):
		return missing("identity")
	case len([]rune(identity)) > maxShort:
		return &tickets.InvalidError{Fields: []tickets.FieldError{{Field: "identity", Code: tickets.TooLong}}}
	}
	return nil
}

// note is what is written down on the request before anything is done.
func (s dataStep) note(w words, key string, chosen []tickets.DataTicket) tickets.Noted {
	var numbers []string
	for _, c := range chosen {
		numbers = append(numbers, string(c.Ticket.Number))
	}
	identity := s.Identity
	if identity == "" {
		identity = w.T("desk.assurance." + string(s.file.Request.Assurance))
	}
	return tickets.Noted{Body: w.T(key, w.list(numbers), identity)}
}

// refuseData shows the page again with what was typed and why it was not taken.
func (d *Desk) refuseData(w http.ResponseWriter, r *http.Request, me tickets.Agent, s dataStep, cause error) error {
	var invalid *tickets.InvalidError
	if !errors.As(cause, &invalid) {
		return cause
	}
	d.Web.Note(r, cause)
	page, words := d.newDataPage(r, me, s.file, &s), d.words(r, me)
	page.Trouble = words.T("desk.data.trouble." + invalid.Fields[0].Field)
	if code := invalid.Code("identity"); code != "" {
		page.Identity.Trouble = words.fieldTrouble(page.Identity, code)
	}
	return d.pages.data.Write(w, http.StatusUnprocessableEntity, page)
}

// identityField asks how it was checked who asks.
func (w words) identityField() field {
	f := short("identity", w.T("desk.data.identity")).with(w.T("desk.data.identity_hint"))
	f.ID = "identity"
	return f
}

// newDataPage makes the page: with everything ticked that is proven to be the person's, or
// with what was posted.
func (d *Desk) newDataPage(r *http.Request, me tickets.Agent, f tickets.DataFile, posted *dataStep) *dataPage {
	words := d.words(r, me)
	page := &dataPage{
		frame:    d.newFrame(r, me, words.T("desk.data.title")),
		Summary:  words.summary(tickets.Dossier{Ticket: f.Request}, me.ID),
		Stamp:    stamp{f.Request.Number, strconv.Itoa(f.Request.Version), web.NewKey()},
		Identity: words.identityField(),
	}
	page.Here, page.Section = dataURL(f.Request.Number), "queue"
	page.Identity.Required = f.NeedsCheck(nil)
	for _, x := range f.Tickets {
		l := words.dataLine(x)
		l.Ticked = !l.Gone && x.Tie != tickets.TieShared
		if posted != nil {
			l.Ticked = slices.Contains(posted.Numbers, l.Number)
		}
		if x.Tie == tickets.TieShared {
			page.Shared = append(page.Shared, l)
		} else {
			page.Mine = append(page.Mine, l)
		}
	}
	if posted != nil {
		page.Identity = filled([]field{page.Identity}, url.Values{"identity": {posted.Identity}})[0]
	}
	return page
}

func (w words) dataLine(d tickets.DataTicket) dataLine {
	t := d.Ticket
	return dataLine{
		Number: t.Number, URL: ticketURL(t.Number), Subject: t.Subject, Lang: string(t.Locale), Kind: w.kindOf(t.Kind),
		Label: w.status(t.Status), Proven: w.T("desk.assurance." + string(t.Assurance)), When: w.moment(t.CreatedAt),
		Fate: w.fate(d), Goes: d.Erasable(), Gone: d.Erased(),
	}
}

// fate says what can become of a ticket, and why it must stay.
func (w words) fate(d tickets.DataTicket) string {
	switch {
	case d.Erased():
		return w.T("desk.data.gone", w.Date(d.Ticket.Case.ErasedAt.In(w.zone)))
	case d.Kept == "":
		return w.T("desk.data.goes")
	case d.Kept == tickets.KeptLaw && !d.Until.IsZero():
		return w.T("desk.data.kept.until", w.Date(d.Until.In(w.zone)))
	}
	return w.T("desk.data.kept." + string(d.Kept))
}
