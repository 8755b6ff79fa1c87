package site

import (
	"net/http"
	"strconv"
	"time"

	"otvet/tickets"
)

// minePage is the list of a signed-in player's own requests: GET /{lang}/requests.
type minePage struct {
	frame
	Who    string // the address or the account
	Items  []mineLine
	Total  int
	Page   int
	Pages  int
	Newer  string // address of the page before; empty: none
	Older  string
	ByMail bool // signed in by a link, so only the address's requests are here
}

// mineLine is a request in the list.
type mineLine struct {
	Path   string
	Ticket tickets.Ticket
	Next   nextStep
	LastAt time.Time
	Ours   bool // the last message is from us
}

func minePath(lang string) string { return address(lang, "requests") }

// mine answers GET /{lang}/requests: the list, or how to sign in.
func (s *Site) mine(w http.ResponseWriter, r *http.Request) error {
	lang, query := langOf(r), r.URL.Query()
	r, who, err := s.resume(r)
	if err != nil {
		return err
	}
	if !who.SignedIn() {
		notice := ""
		switch {
		case query.Has("asked") && s.byMail(lang):
			notice = noticeAsked
		case query.Has("out"):
			notice = noticeOut
		}
		return s.writeSignIn(w, http.StatusOK, s.newSignInPage(lang, notice))
	}
	number, err := strconv.Atoi(query.Get("page"))
	if err != nil {
		number = 1 // none, or made up
	}
	own, err := s.Store.OwnTickets(r.Context(), who.Identity, number)
	if err != nil {
		return err
	}
	private(w)
	return s.pages.mine.Write(w, http.StatusOK, s.newMinePage(lang, who, own))
}

func (s *Site) newMinePage(lang string, who player, own tickets.OwnPage) *minePage {
	p := &minePage{
		frame: s.frame(lang, s.words(lang).T("mine.title"), "requests"), Who: who.name(),
		Total: own.Total, Page: own.Page, Pages: own.Pages, ByMail: who.Account == tickets.Account{},
	}
	p.NoIndex, p.Finder, p.Script = true, false, ""
	if own.Page > 1 {
		p.Newer = minePath(lang) + "?page=" + strconv.Itoa(own.Page-1)
	}
	if own.Page < own.Pages {
		p.Older = minePath(lang) + "?page=" + strconv.Itoa(own.Page+1)
	}
	for _, i := range own.Items {
		p.Items = append(p.Items, mineLine{
			Path:   requestPath(lang, tickets.Own{Number: i.Ticket.Number}),
			Ticket: i.Ticket, Next: s.next(lang, i.Ticket, time.Now()), LastAt: i.LastAt, Ours: i.LastBy != tickets.ByPlayer,
		})
	}
	return p
}

// name returns what a player is called on their own pages.
func (p player) name() string {
	if p.Contact != "" {
		return p.Contact
	}
	return p.Account.Subject
}

// nextStep is what happens next with a request, in words, and by when; a zero time is none.
type nextStep struct {
	Text string
	By   time.Time
}

// next tells what happens next with a request. Somebody who may be in distress is told of a
// person, not of a queue; a time that has passed is no promise any more.
func (s *Site) next(lang string, t tickets.Ticket, now time.Time) nextStep {
	words := s.words(lang)
	waits := t.Status == tickets.StatusNew || t.Status == tickets.StatusOpen
	if t.Priority == tickets.PrioritySafety && waits {
		return nextStep{Text: words.T("request.new.care")}
	}
	n := nextStep{Text: words.T("request.status." + string(t.Status) + ".words")}
	if due := t.Next().By; due.After(now) {
		n.By = due
	}
	return n
}
