package desk_test

import (
	"net/http"
	"testing"

	"otvet/tickets/postgres/postgrestest"
)

func TestReplySurvivesAnOutageOfTheDatabase(t *testing.T) {
	t.Parallel()
	cluster := postgrestest.Cluster(t)
	h := houseOn(t, postgrestest.Open(t, cluster.URL), "http://127.0.0.1")
	n := h.open("Вывод завис").Ticket.Number
	b := h.browse().signIn(h.Ben)
	form := b.form(n, "body=A long answer & more", "then=solved")

	cluster.Stop()
	p := b.post(ticketPath(n, "reply"), form)
	p.want(t, http.StatusServiceUnavailable, "nothing was stored", "A long answer &amp; more</textarea>", `name="then" value="solved"`,
		`name="version" value="`+form.Get("version")+`"`, `name="key" value="`+form.Get("key")+`"`)
	p.lacks(t, "SQLSTATE", "dial", "socket")
	b.get("/desk").want(t, http.StatusServiceUnavailable, "The desk cannot reach its database")
	b.get("/desk/login").want(t, http.StatusServiceUnavailable, "nobody can sign in right now")
	fresh := newBrowser(t, b.base).post("/desk/login", credentials(h.Ben.Email, password))
	fresh.want(t, http.StatusServiceUnavailable, "nobody can sign in right now", `value="ben@demo.example"`)

	cluster.Start()
	b.post(ticketPath(n, "reply"), form).want(t, http.StatusSeeOther)
	if got := h.dossier(n).Messages; len(got) != 2 || got[1].Body != "A long answer & more" {
		t.Errorf("messages after the outage: %+v", got)
	}
}
