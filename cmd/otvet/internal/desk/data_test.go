package desk_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

const person = "person@player.example"

// of makes a ticket one of a person, proven by their address or only typed.
func of(email string, proven bool, kind tickets.Kind) func(*tickets.NewTicket) {
	return func(n *tickets.NewTicket) {
		n.Kind, n.Locale, n.Requester = kind, kb.EN, tickets.Requester{Email: email}
		if proven {
			n.By = tickets.Identity{Email: email}
		}
	}
}

// ended opens a ticket and closes it at its player's wish.
func (h *house) ended(subject string, edits ...func(*tickets.NewTicket)) tickets.Number {
	h.t.Helper()
	n := h.open(subject, edits...).Ticket.Number
	h.player(n, tickets.PlayerClosed{})
	return n
}

// asked is a desk with a person who asks for their data.
type asked struct {
	*house
	request, closed, complaint, typed, other tickets.Number
}

func newAsked(t *testing.T, proven bool) asked {
	t.Helper()
	h := newHouse(t)
	a := asked{
		house:   h,
		request: h.open("My data please", of(person, proven, tickets.KindData)).Ticket.Number,
		closed:  h.ended("An old question", of(person, true, tickets.KindQuestion)), complaint: h.ended("An old complaint", of(person, true, tickets.KindComplaint)),
		typed: h.ended("Only typed", of(person, false, tickets.KindQuestion)), other: h.ended("A stranger's", of("stranger@player.example", true, tickets.KindQuestion)),
	}
	h.apply(a.closed, h.Ben, tickets.Noted{Body: "inside only"})
	return a
}

// send posts the form of the page of data with tickets and further fields.
func (a asked) send(b *browser, what string, numbers []tickets.Number, fields ...string) page {
	b.t.Helper()
	form := b.dataForm(a.request, fields...)
	for _, n := range numbers {
		form.Add("ticket", string(n))
	}
	return b.post(ticketPath(a.request, "data/"+what), form)
}

func (b *browser) dataForm(n tickets.Number, fields ...string) url.Values {
	b.t.Helper()
	p := b.get(ticketURL(n) + "/data")
	p.want(b.t, http.StatusOK)
	form := url.Values{"version": {hidden(p, "version")}, "key": {hidden(p, "key")}}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, "=")
		form.Set(name, value)
	}
	return form
}

func hidden(p page, name string) string {
	_, after, _ := strings.Cut(p.Body, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(after, `"`)
	return value
}

func TestThePageOfDataTellsWhatCanBecomeOfEachTicket(t *testing.T) {
	t.Parallel()
	a := newAsked(t, true)
	ben, anna := a.browse().signIn(a.Ben), a.browse().signIn(a.Anna)
	ben.get(ticketURL(a.request)).want(t, http.StatusOK, ticketURL(a.request)+`/data"`)
	ben.get(ticketURL(a.closed)).lacks(t, ticketURL(a.closed)+`/data"`)
	until := time.Now().Year()
	p := ben.get(ticketURL(a.request) + "/data")
	p.want(t, http.StatusOK, person, "Address verified", "Can be erased", "Stays: it is not closed", "are kept until", "Tickets with the same address", string(a.typed))
	p.lacks(t, string(a.other), "A stranger")
	if until == 0 || strings.Count(p.Body, " checked>") != 3 {
		t.Errorf("%d tickets are ticked beforehand, want those proven", strings.Count(p.Body, " checked>"))
	}
	anna.get(ticketURL(a.request)+"/data").want(t, http.StatusOK, "Адрес подтверждён", "Можно удалить", "Остаётся: не закрыто", "хранятся до", "Обращения с тем же адресом")
}

// Nobody but who may see the request gets at the data, and a request opens nobody else's
// tickets (security cases S017, S110).
func TestDataIsOnlyThatOfWhoAsks(t *testing.T) {
	t.Parallel()
	a := newAsked(t, true)
	ben, anna := a.browse().signIn(a.Ben), a.browse().signIn(a.Anna)
	form := ben.dataForm(a.request, "ticket="+string(a.other), "sure=yes")
	for _, what := range []string{"export", "erase"} {
		ben.post(ticketPath(a.request, "data/"+what), form).want(t, http.StatusNotFound)
		ben.post(ticketPath(a.closed, "data/"+what), form).want(t, http.StatusNotFound)
		a.browse().post(ticketPath(a.request, "data/"+what), form).want(t, http.StatusSeeOther)
	}
	ben.get(ticketURL(a.closed)+"/data").want(t, http.StatusNotFound)
	ben.get("/desk/tickets/0000-0000/data").want(t, http.StatusNotFound)
	a.apply(a.request, a.Ben, tickets.Accused{Agent: a.Anna.ID})
	anna.get(ticketURL(a.request)+"/data").want(t, http.StatusNotFound)
	for _, what := range []string{"export", "erase"} {
		anna.post(ticketPath(a.request, "data/"+what), form).want(t, http.StatusNotFound)
	}
	if got := a.dossier(a.other).Ticket; got.Subject == "" {
		t.Error("a stranger's ticket was erased")
	}
}

func TestAnExportHoldsThePublicFilesAndIsWrittenDown(t *testing.T) {
	t.Parallel()
	a := newAsked(t, true)
	ben := a.browse().signIn(a.Ben)
	a.send(ben, "export", nil).want(t, http.StatusUnprocessableEntity, "Tick at least one ticket.")
	a.send(ben, "export", []tickets.Number{a.typed}).want(t, http.StatusUnprocessableEntity, "Say how you checked who asks.")
	if seen, _ := a.Store.Accesses(t.Context(), a.typed); len(seen) > 0 {
		t.Error("a refused export is in the log of accesses")
	}
	form := ben.dataForm(a.request)
	form["ticket"] = []string{string(a.request), string(a.closed), string(a.complaint)}
	resp, err := ben.client.Do(ben.request(http.MethodPost, ticketPath(a.request, "data/export"), form))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d, %v, %v", resp.StatusCode, resp.Header, err)
	}
	all := unzipped(t, body)
	for _, name := range []string{"index.html", "questions.json", string(a.closed) + "/case.html", string(a.closed) + "/case.json", string(a.complaint) + "/case.json", string(a.request) + "/case.json"} {
		if all[name] == "" {
			t.Errorf("the archive lacks %s", name)
		}
	}
	for name, text := range all {
		if strings.Contains(text, "inside only") || strings.Contains(text, "stranger") || strings.Contains(name, string(a.typed)) {
			t.Errorf("%s holds what is not for the person", name)
		}
	}
	for _, n := range []tickets.Number{a.request, a.closed, a.complaint} {
		if seen, _ := a.Store.Accesses(t.Context(), n); len(seen) == 0 || seen[0].What != postgres.SawData {
			t.Errorf("who took ticket %s is not noted: %+v", n, seen)
		}
	}
	notes := a.dossier(a.request).Messages
	if last := notes[len(notes)-1]; last.Public || !strings.Contains(last.Body, string(a.complaint)) || !strings.Contains(last.Body, "Address verified") {
		t.Errorf("the request does not tell of the export: %+v", last)
	}
}

func unzipped(t *testing.T, body []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

func TestAnErasureShowsFirstWhatGoes(t *testing.T) {
	t.Parallel()
	a := newAsked(t, false)
	ben := a.browse().signIn(a.Ben)
	all := []tickets.Number{a.closed, a.complaint, a.request}
	a.send(ben, "erase", all).want(t, http.StatusUnprocessableEntity, "Say how you checked who asks.", `aria-invalid="true"`)
	sure := a.send(ben, "erase", all, "identity=Called back on the account's number")
	sure.want(t, http.StatusOK, "Erase for good?", "What goes", "What stays", "are kept until", "Called back on the account&#39;s number")
	if a.dossier(a.closed).Ticket.Subject == "" {
		t.Fatal("erased before anybody was sure")
	}
	form := url.Values{
		"version": {hidden(sure, "version")}, "key": {hidden(sure, "key")}, "sure": {"yes"},
		"identity": {"Called back on the account's number"}, "ticket": {string(a.closed), string(a.complaint)},
	}
	a.apply(a.request, a.Anna, tickets.Noted{Body: "meanwhile"})
	stale := ben.post(ticketPath(a.request, "data/erase"), form)
	stale.want(t, http.StatusConflict, "has changed since you opened it", "Erase for good?")
	if a.dossier(a.closed).Ticket.Subject == "" {
		t.Fatal("erased from a stale page")
	}
	form.Set("version", hidden(stale, "version"))
	form.Set("key", hidden(stale, "key"))
	for range 2 { // sent twice, it is done once
		done := ben.post(ticketPath(a.request, "data/erase"), form)
		done.want(t, http.StatusSeeOther)
		ben.get(done.To).want(t, http.StatusOK, "Done. What was erased is marked below.", "Erased on", string(a.closed))
	}
	if a.dossier(a.closed).Ticket.Subject != "" || a.dossier(a.complaint).Ticket.Subject == "" || a.dossier(a.typed).Ticket.Subject == "" {
		t.Error("not that was erased which was shown")
	}
	got := a.dossier(a.request)
	said := 0
	for _, m := range got.Messages {
		if strings.Contains(m.Body, "Called back") {
			said++
		}
	}
	if said != 1 || got.Ticket.Case.DataErasedAt.IsZero() {
		t.Errorf("the request tells %d times of the erasure, %v", said, got.Ticket.Case.DataErasedAt)
	}
}
