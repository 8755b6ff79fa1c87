package desk

import (
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
	return sight{scene{d.words(r, me), dossier.Ticket, agents, me.ID}, dossier, seen}, nil
}
