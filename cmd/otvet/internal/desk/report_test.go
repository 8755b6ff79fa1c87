package desk_test

import (
	"net/http"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// The report page tells what is late at once, and what players said of the handling:
// masked, inert, and with those first that somebody should look into.
func TestTheReportTellsWhatIsLateAndWhatPlayersSaid(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anna := h.hire("anna.r@demo.example", "Anna", kb.EN, false)
	late := h.open("Late", func(n *tickets.NewTicket) { n.At = time.Now().AddDate(0, 0, -3) })
	rated := h.open("Rated")
	h.apply(rated.Ticket.Number, anna, tickets.AgentReplied{Body: "Here.", Then: tickets.StatusSolved, Review: tickets.Review{By: anna.ID, At: time.Now()}})
	words := tickets.Rated{Score: 2, Text: "My card 4276380012345678 <script>alert(1)</script>"}
	if _, err := h.Store.PlayerApply(t.Context(), rated.Token, tickets.Event{At: time.Now(), Change: words}); err != nil {
		t.Fatal(err)
	}
	b := h.browse().signIn(anna)
	p := b.get("/desk/reports")
	p.want(t, http.StatusOK, "1 request is overdue", string(late.Ticket.Number), "Follow up", "&lt;script&gt;", "Done in time", "2 of 5")
	p.lacks(t, "4276380012345678", "<script>alert")
	b.get("/desk/reports?span=custom&from=2026-02-30&to=x").want(t, http.StatusOK, "These days make no period", "This month")
	b.get("/desk/reports?span=custom&from=2020-01-01&to=2020-03-31").want(t, http.StatusOK, "From 1 January 2020 to 31 March 2020", "Nobody has rated")
}

// Whoever is not signed in sees none of it.
func TestTheReportIsForAgents(t *testing.T) {
	t.Parallel()
	p := newHouse(t).browse().get("/desk/reports")
	p.lacks(t, "overdue")
}
