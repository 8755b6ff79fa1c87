package desk

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/search"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

// ticketPage is everything about one ticket, with the forms that change it.
type ticketPage struct {
	frame
	Summary     summary
	Messages    []messageLine
	History     []historyLine
	Seen        []accessLine // who has seen the ticket before
	Asks        []askLine
	Undelivered string // what became of a letter that the player did not get; empty: nothing
	Stamp       stamp
	Reply       replyForm
	Note        textForm
	Statuses    []choice
	Categories  []choice
	Agents      []choice
	Me          tickets.AgentID
	Done        string
	Trouble     string
}

// summary is where a ticket stands, in words.
type summary struct {
	Number   tickets.Number
	Subject  string
	Safety   bool
	Status   tickets.Status
	Label    string
	Category string
	Lang     string
	Language string
	Contact  string
	ByEmail  bool
	Proven   string // how far it is proven that the player wrote it
	Account  string // of the player who was signed in on the operator's site; may be empty
	Assignee string
	Mine     bool
	Closed   bool
	Jump     bool // the page has a reply form further down
	Waits    string
	Waiting  bool
}

// stamp goes into each form of a ticket: which version the agent saw, and the page's
// random key, under which a step is taken once.
type stamp struct {
	Number  tickets.Number
	Version string
	Key     string
}

// showTicket serves GET /desk/tickets/{number}.
func (d *Desk) showTicket(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	typed := chi.URLParam(r, "number")
	n, err := tickets.ParseNumber(typed)
	if err != nil {
		return fmt.Errorf("read ticket number: %w", err)
	}
	if typed != string(n) {
		http.Redirect(w, r, ticketURL(n), http.StatusSeeOther)
		return nil
	}
	page, err := d.newTicketPage(r, me, n)
	if err != nil {
		return err
	}
	if err := d.Store.Saw(r.Context(), n, me.ID, postgres.SawTicket); err != nil {
		return err
	}
	if done := stepKind(r.URL.Query().Get("done")); slices.Contains(stepKinds(), done) {
		page.Done = d.printer(r, me).T("desk.done." + string(done))
	}
	return d.pages.ticket.Write(w, http.StatusOK, page)
}

func ticketURL(n tickets.Number) string { return "/desk/tickets/" + string(n) }

// newTicketPage loads a ticket and makes its page with empty forms.
func (d *Desk) newTicketPage(r *http.Request, me tickets.Agent, n tickets.Number) (*ticketPage, error) {
	dossier, err := d.Store.Dossier(r.Context(), me.ID, n)
	if err != nil {
		return nil, fmt.Errorf("load ticket %s: %w", n, err)
	}
	agents, err := d.Store.Agents(r.Context())
	if err != nil {
		return nil, fmt.Errorf("load agents: %w", err)
	}
	seen, err := d.Store.Accesses(r.Context(), n)
	if err != nil {
		return nil, fmt.Errorf("load ticket %s: %w", n, err)
	}
	p, t := d.words(r, me), dossier.Ticket
	page := &ticketPage{
		frame:       d.newFrame(r, me, string(n)+" "+t.Subject),
		Summary:     p.summary(dossier, me.ID),
		Messages:    p.messages(n, dossier.Messages),
		History:     p.history(dossier.History),
		Seen:        p.accesses(seen),
		Asks:        p.asks(dossier.Asks),
		Undelivered: p.undelivered(dossier.History),
		Stamp:       stamp{n, strconv.Itoa(t.Version), web.NewKey()},
		Reply:       p.reply(t, tickets.StatusPending),
		Statuses:    p.statuses(t.Status.Next(), ""),
		Categories:  p.categories(t.Category),
		Agents:      p.agents(agents, t.Assignee, me.ID),
		Me:          me.ID,
	}
	page.Reply.Files = d.Uploads.Field(p.Printer, "reply-files", page.Stamp.Key, upload.Basket{})
	page.Note.Files = d.Uploads.Field(p.Printer, "note-files", page.Stamp.Key, upload.Basket{})
	page.Here, page.Section, page.Summary.Jump = ticketURL(n), "queue", !page.Summary.Closed
	return page, nil
}

func (w words) summary(dossier tickets.Dossier, me tickets.AgentID) summary {
	t := dossier.Ticket
	s := summary{
		Number: t.Number, Subject: t.Subject, Safety: t.Priority == tickets.PrioritySafety,
		Status: t.Status, Label: w.status(t.Status), Category: w.category(t.Category),
		Lang: string(t.Locale), Language: w.language(t.Locale),
		Contact: t.Requester.Contact(), ByEmail: t.Requester.Email != "",
		Proven: w.T("desk.assurance." + string(t.Assurance)), Account: t.Account.Subject,
		Assignee: dossier.Assignee, Mine: t.Assignee == me, Closed: t.Status == tickets.StatusClosed,
	}
	for _, m := range slices.Backward(dossier.Messages) {
		if m.Public {
			s.Waits = w.waits(t.Status, m.Author.Kind, m.At)
			s.Waiting = m.Author.Kind == tickets.ByPlayer && (t.Status == tickets.StatusNew || t.Status == tickets.StatusOpen)
			break
		}
	}
	return s
}

// agents returns to whom a ticket can be given: the agent who looks first, then the
// colleagues, then nobody.
func (w words) agents(all []tickets.Agent, assignee, me tickets.AgentID) []choice {
	choices := []choice{{strconv.FormatInt(int64(me), 10), w.T("desk.assign.me"), assignee == me}}
	for _, a := range all {
		if a.ID != me && (!a.Disabled || a.ID == assignee) {
			choices = append(choices, choice{strconv.FormatInt(int64(a.ID), 10), a.Name, a.ID == assignee})
		}
	}
	return append(choices, choice{"0", w.T("desk.assign.nobody"), assignee == 0})
}

// undelivered tells of the last letter that the player did not get it; empty when nothing
// says so.
func (w words) undelivered(history []tickets.Entry) string {
	for _, e := range slices.Backward(history) {
		switch e.Change {
		case tickets.EntryLetterFailed:
			return w.T("desk.ticket.undelivered")
		case tickets.EntryLetterSuppressed:
			return w.T("desk.ticket.unsent")
		case tickets.AgentReplied{}.Name():
			return ""
		}
	}
	return ""
}

// askLine is a question that the player had asked before writing.
type askLine struct {
	Question string
	Lang     string
	When     moment
	Verdict  string
	Found    bool
	Shown    []shownLine
	Outcome  string
}

// shownLine is a passage that the player was shown.
type shownLine struct{ URL, Title, Place, Quote string }

func (w words) asks(all []tickets.Ask) []askLine {
	lines := make([]askLine, len(all))
	for i, a := range all {
		lines[i] = askLine{
			Question: a.Question, Lang: string(a.Locale), When: w.moment(a.At),
			Verdict: w.T("desk.verdict." + verdictName(a)), Found: a.Verdict != string(search.NoAnswer),
			Outcome: w.T("desk.outcome." + outcomeName(a.Outcome)),
		}
		if a.Verdict == tickets.VerdictHandoff {
			lines[i].Question, lines[i].Lang = w.T("desk.asks.unkept"), string(w.locale)
		}
		for _, c := range a.Shown {
			lines[i].Shown = append(lines[i].Shown, shownLine{citationURL(c.Ref), c.Title, place(c), c.Quote})
		}
	}
	return lines
}

// verdictName tells what was shown from what was only offered, folded up, beside the form.
func verdictName(a tickets.Ask) string {
	if a.Channel == "contact" && len(a.Shown) > 0 {
		return "offered"
	}
	return a.Verdict
}

func outcomeName(o tickets.AskOutcome) string {
	if o == tickets.AskOutcomeNone {
		return "none"
	}
	return string(o)
}
