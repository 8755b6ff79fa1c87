package site

import (
	"context"

	"otvet/tickets"
)

// follows returns the ended request that this one continues. Only who holds its token, or is
// signed in as its player, can say so: a number opens nothing, and is not even confirmed to
// exist. The zero ticket: none.
func (s *Site) follows(ctx context.Context, e enquiry) tickets.Ticket {
	var pass tickets.Pass
	pass, err := tickets.ParseToken(e.Follows)
	if err != nil && e.By.SignedIn() {
		pass, err = e.own()
	}
	if err != nil {
		return tickets.Ticket{}
	}
	d, err := s.Store.PlayerDossier(ctx, pass)
	if err != nil || d.Ticket.Status != tickets.StatusClosed {
		return tickets.Ticket{} // nobody is kept from writing by it
	}
	return d.Ticket
}

// own is how the player who is signed in opens the request of the number that stands in the
// form.
func (e enquiry) own() (tickets.Pass, error) {
	n, err := tickets.ParseNumber(e.Follows)
	return tickets.Own{Identity: e.By.Identity, Number: n}, err
}

// followUp fills a new form with what the request was that it continues.
func (s *Site) followUp(ctx context.Context, lang string, e *enquiry) {
	t := s.follows(ctx, *e)
	if t.Number == "" {
		e.Follows = ""
		return
	}
	e.Kind, e.Category = kindOr(string(t.Kind), tickets.KindQuestion), t.Category
	if t.Kind == tickets.KindDispute || t.Kind == tickets.KindPrivacy {
		e.Kind = tickets.KindComplaint
	}
	e.Subject = cut(s.words(lang).T("contact.follows.subject", t.Subject), tickets.MaxSubject)
}

// cut returns the first n characters of a text.
func cut(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n])
	}
	return text
}
