package desk

import (
	"context"
	"fmt"
	"net/http"

	"otvet/tickets"
	"otvet/tickets/postgres"
)

// sight is a ticket with everything about it as one agent sees it.
type sight struct {
	scene
	dossier tickets.Dossier
	seen    []postgres.Access // who has looked at the ticket before
	alike   []tickets.Alike   // open tickets of the same contact that may be about the same matter
}

// panel is the case with what the ticket continues: both are read together.
func (s sight) panel() casePanel {
	p := s.scene.panel()
	if n := s.dossier.Follows; n != "" {
		p.Notes = append(p.Notes, s.T("desk.case.follows", string(n)))
	}
	return p
}

// sight loads a ticket for an agent. For whom a case is about there is none:
// tickets.ErrNotFound, as for a number that does not exist (requirement 59).
func (d *Desk) sight(r *http.Request, me tickets.Agent, n tickets.Number) (sight, error) {
	dossier, err := d.Store.Dossier(r.Context(), me.ID, n)
	if err != nil {
		return sight{}, fmt.Errorf("load ticket %s: %w", n, err)
	}
	agents, err := d.Store.Agents(r.Context())
	if err != nil {
		return sight{}, fmt.Errorf("load agents: %w", err)
	}
	seen, err := d.Store.Accesses(r.Context(), n)
	if err != nil {
		return sight{}, fmt.Errorf("load ticket %s: %w", n, err)
	}
	alike, err := d.alike(r.Context(), me, dossier)
	return sight{scene{d.words(r, me), dossier.Ticket, agents, me.ID}, dossier, seen, alike}, err
}

// alike looks for what may be merged with an unfinished ticket.
func (d *Desk) alike(ctx context.Context, me tickets.Agent, dossier tickets.Dossier) ([]tickets.Alike, error) {
	t := dossier.Ticket
	if t.Status == tickets.StatusClosed || t.Status == tickets.StatusSolved {
		return nil, nil
	}
	m := tickets.Matter{Requester: t.Requester, By: tickets.Identity{Account: t.Account}, Category: t.Category, Except: t.Number}
	if len(dossier.Messages) > 0 {
		m.Text = dossier.Messages[0].Body
	}
	found, err := d.Store.SimilarOpen(ctx, me.ID, m)
	if err != nil {
		return nil, fmt.Errorf("look for tickets like %s: %w", t.Number, err)
	}
	return found, nil
}

// alikeLine is a ticket that this one may repeat.
type alikeLine struct {
	URL     string
	Number  tickets.Number
	Subject string
	Lang    string
	Why     string
}

func (s sight) alikes() []alikeLine {
	lines := make([]alikeLine, len(s.alike))
	for i, a := range s.alike {
		why := "desk.alike.topic"
		switch {
		case a.SameText:
			why = "desk.alike.text"
		case a.Share > 0 && !a.SameCategory:
			why = "desk.alike.words"
		}
		lines[i] = alikeLine{ticketURL(a.Ticket.Number), a.Ticket.Number, a.Ticket.Subject, string(a.Ticket.Locale), s.T(why)}
	}
	return lines
}
