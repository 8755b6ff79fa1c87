package desk_test

import (
	"net/http"
	"testing"

	"otvet/cmd/otvet/internal/webtest"
	"otvet/kb"
	"otvet/tickets"
)

func TestScripts(t *testing.T) {
	t.Parallel()
	webtest.Run(t, "testdata/*.txt", func(t *testing.T) http.Handler {
		h := newHouse(t)
		h.open("Withdrawal stuck", func(n *tickets.NewTicket) { n.Locale, n.Body = kb.RU, "Text of the ticket" })
		return h.Router
	})
}
