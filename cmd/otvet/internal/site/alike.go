package site

import (
	"context"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// openLine is an open request of the signed-in player that may be about the same matter.
type openLine struct {
	Number  tickets.Number
	Subject string
	Lang    string
	Path    string // where the text can be added
	Same    bool   // the very text was sent before
}

// alike returns the player's open requests to which a new one may belong, for somebody who
// is signed in: to tell it to who merely typed a contact would tell anybody about anybody.
// With files a request goes its own way, since a reply cannot take over those of the form.
func (s *Site) alike(ctx context.Context, e enquiry, n tickets.NewTicket) []openLine {
	if !e.By.SignedIn() || e.Another || len(n.Files) > 0 {
		return nil
	}
	found, err := s.Store.SimilarOpen(ctx, 0, tickets.Matter{By: e.By.Identity, Category: n.Category, Text: n.Body})
	if err != nil { // then the request is simply sent
		s.Web.Log.WarnContext(ctx, "similar requests not read", "cause", err)
		return nil
	}
	var lines []openLine
	for _, a := range found {
		if a.SameText || a.Share > 0 && a.SameCategory {
			path := address(string(n.Locale), "requests/mine/"+string(a.Ticket.Number))
			lines = append(lines, openLine{a.Ticket.Number, a.Ticket.Subject, string(a.Ticket.Locale), path, a.SameText})
		}
	}
	return lines
}

// ReplyKey names the reply of each form that adds the text to an open request.
func (p offerPage) ReplyKey() string { return web.NewKey() }
