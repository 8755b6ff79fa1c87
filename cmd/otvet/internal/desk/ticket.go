package desk

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

// ticketPage is everything about one ticket, with the forms that change it. A form that is
// not possible now is not there.
type ticketPage struct {
	frame
	Summary     summary
	Case        casePanel
	Chapters    []chapter
	Messages    []messageLine
	History     []historyLine
	Seen        []accessLine // who has seen the ticket before
	Alike       []alikeLine  // what it may repeat
	Asks        []askLine
	Undelivered string // what became of a letter that the player did not get; empty: nothing
	Stamp       stamp
	Next        *form // the next step of a case; nil: none of ours
	Reply       *form
	Note        *form
	Side        []*form
	Groups      []formGroup
	Kept        []field // typed into a form that is gone
	Me          tickets.AgentID
	Done        string
	Trouble     string
}

// formGroup are forms that belong together, folded up.
type formGroup struct {
	Title   string
	Forms   []*form
	Blocked []blocked
}

// summary is where a ticket stands, in words.
type summary struct {
	Number   tickets.Number
	Subject  string
	Safety   bool
	Status   tickets.Status
	Label    string
	Stage    string // of a case; empty: the status says it all
	Kind     string
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
	Data     bool // it is a request about data
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
	seen, err := d.sight(r, me, n)
	if err != nil {
		return err
	}
	if err := d.Store.Saw(r.Context(), n, me.ID, postgres.SawTicket); err != nil {
		return err
	}
	page := d.newTicketPage(r, me, seen)
	page.Done = seen.done(r.URL.Query().Get("done"))
	return d.pages.ticket.Write(w, http.StatusOK, page)
}

// done tells what a step did; nothing for what is no step.
func (w words) done(name string) string {
	if _, ok := actNamed(name); !ok && name != openedByUs {
		return ""
	}
	return w.T("desk.done." + name)
}

func ticketURL(n tickets.Number) string { return "/desk/tickets/" + string(n) }

// newTicketPage makes the page of a ticket with empty forms.
func (d *Desk) newTicketPage(r *http.Request, me tickets.Agent, seen sight) *ticketPage {
	t, dossier := seen.ticket, seen.dossier
	page := &ticketPage{
		frame:       d.newFrame(r, me, string(t.Number)+" "+t.Subject),
		Summary:     seen.summary(dossier, me.ID),
		Case:        seen.panel(),
		Chapters:    seen.chapters(),
		Messages:    seen.messages(t.Number, dossier.Messages),
		History:     seen.history(dossier.History),
		Seen:        seen.accesses(seen.seen),
		Alike:       seen.alikes(),
		Asks:        seen.asks(dossier.Asks),
		Undelivered: seen.undelivered(dossier.History),
		Stamp:       stamp{t.Number, strconv.Itoa(t.Version), web.NewKey()},
		Me:          me.ID,
	}
	page.place(seen.scene)
	for _, f := range page.forms() {
		*f = d.withFiles(*f, seen.scene, upload.Basket{})
	}
	page.Here, page.Section, page.Summary.Jump = ticketURL(t.Number), "queue", page.Reply != nil
	return page
}

// place puts each form that is possible now where it belongs.
func (p *ticketPage) place(s scene) {
	groups, next := map[part]*formGroup{}, s.next()
	for _, a := range acts() {
		group := groups[a.part]
		if group == nil {
			group = &formGroup{Title: s.T("desk.section." + string(a.part))}
			groups[a.part] = group
		}
		if refusal := s.refusal(a); refusal != nil {
			if why := s.obstacle(a, refusal); why != "" {
				group.Blocked = append(group.Blocked, blocked{s.T("desk.act." + a.name + ".title"), why})
			}
			continue
		}
		f := s.form(a, p.Stamp)
		switch {
		case a.name == "reply":
			p.Reply = &f
		case a.name == "note":
			p.Note = &f
		case a.part == partSide:
			p.Side = append(p.Side, &f)
		case a.name == next:
			p.Next = &f
		default:
			group.Forms = append(group.Forms, &f)
		}
	}
	for _, where := range foldedParts() {
		if g := groups[where]; g != nil && len(g.Forms)+len(g.Blocked) > 0 {
			p.Groups = append(p.Groups, *g)
		}
	}
}

// forms returns every form of the page.
func (p *ticketPage) forms() []*form {
	all := slices.Clone(p.Side)
	for _, g := range p.Groups {
		all = append(all, g.Forms...)
	}
	return slices.DeleteFunc(append(all, p.Next, p.Reply, p.Note), func(f *form) bool { return f == nil })
}

func (w words) summary(dossier tickets.Dossier, me tickets.AgentID) summary {
	t := dossier.Ticket
	s := summary{
		Number: t.Number, Subject: t.Subject, Safety: t.Priority == tickets.PrioritySafety,
		Status: t.Status, Label: w.status(t.Status), Kind: w.kindOf(t.Kind), Category: w.category(t.Category),
		Lang: string(t.Locale), Language: w.language(t.Locale),
		Contact: t.Requester.Contact(), ByEmail: t.Requester.Email != "",
		Proven: w.T("desk.assurance." + string(t.Assurance)), Account: t.Account.Subject,
		Assignee: dossier.Assignee, Mine: t.Assignee == me, Closed: t.Status == tickets.StatusClosed,
		Data: t.Kind == tickets.KindData,
	}
	if t.Case.Stage != tickets.StageNone {
		s.Stage = w.stage(t.Case.Stage)
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

// undelivered tells of the last letter that the player did not get it; empty when nothing
// says so.
func (w words) undelivered(history []tickets.Entry) string {
	for _, e := range slices.Backward(history) {
		switch e.Change {
		case tickets.EntryLetterFailed:
			return w.T("desk.ticket.undelivered")
		case tickets.EntryLetterSuppressed:
			if e.Detail["reason"] == postgres.NoMailServer {
				return w.T("desk.ticket.no_server")
			}
			return w.T("desk.ticket.unsent")
		case tickets.AgentReplied{}.Name():
			return ""
		}
	}
	return ""
}
