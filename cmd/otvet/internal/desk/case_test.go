package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// complain opens a complaint.
func complain(h *house) tickets.Number {
	h.t.Helper()
	return h.open("Вывод завис", func(n *tickets.NewTicket) {
		n.Kind, n.Locale, n.Requester = tickets.KindComplaint, kb.EN, tickets.Requester{Email: "player@demo.example"}
	}).Ticket.Number
}

// act fills in a form of a ticket's page, which must be there and be taken.
func (b *browser) act(n tickets.Number, name string, fields ...string) page {
	b.t.Helper()
	b.get(ticketURL(n)).want(b.t, http.StatusOK, `action="`+ticketPath(n, name)+`"`)
	p := b.post(ticketPath(n, name), b.form(n, fields...))
	p.want(b.t, http.StatusSeeOther)
	done := b.get(p.To)
	done.want(b.t, http.StatusOK, `role="status"`)
	return done
}

func ticketURL(n tickets.Number) string { return "/desk/tickets/" + string(n) }

var assessed = []string{"severity=high", "complexity=normal", "impact=one", "nature=transaction"}

// decided takes a complaint to where its decision waits for a review.
func (b *browser) decided(n tickets.Number, reasons string) {
	b.t.Helper()
	b.act(n, "assess", assessed...)
	b.act(n, "findings", "findings=The payment was stuck at the provider.", "cause=provider", "corrective=Alarm on stuck payments.")
	b.act(n, "decide", "outcome=upheld", "reasons="+reasons, "remedy=We will refund 50 euro.", "measures=We asked the provider.", "ending=open")
}

// player does something to a ticket with its own token.
func (h *house) player(n tickets.Number, c tickets.Change) {
	h.t.Helper()
	e := tickets.Event{At: time.Now(), Actor: tickets.Actor{Kind: tickets.ByPlayer}, Change: c}
	if _, err := h.Store.Apply(h.t.Context(), n, h.dossier(n).Ticket.Version, e); err != nil {
		h.t.Fatal(err)
	}
}

func TestTwoAgentsTakeAComplaintToItsEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := complain(h)
	ben, anna := h.browse().signIn(h.Ben), h.browse().signIn(h.Anna)

	fresh := ben.get(ticketURL(n))
	fresh.want(t, http.StatusOK, "Where it stands", "Next step", `id="assess"`, "Our standard rules (default@1)", "Decide at the latest")
	fresh.lacks(t, ticketPath(n, "decide"), ticketPath(n, "review"), ticketPath(n, "close"))

	ben.act(n, "facts", "occurred_at="+time.Now().AddDate(0, 0, -3).Format(time.DateOnly), "transactions=T-1\nT-2", "amount=50 EUR").want(t, http.StatusOK, "T-1, T-2", "50 EUR")
	ben.act(n, "assess", assessed...)
	ben.act(n, "task", "department=Payments", "what=Where is T-1?").want(t, http.StatusOK, "Task 1", "Where is T-1?")
	ben.act(n, "findings", "findings=The payment was stuck.", "cause=provider")

	ben.get(ticketURL(n)).want(t, http.StatusOK, "Not possible yet. First:", "Task 1")
	early := ben.post(ticketPath(n, "decide"), ben.form(n, "outcome=explained", "reasons=My reasons", "measures=None", "ending=open"))
	early.want(t, http.StatusUnprocessableEntity, "Not possible yet. First: ", "Task 1", "My reasons</textarea>")

	ben.act(n, "task-done", "task=1", "result=It was sent on Friday.")
	waits := ben.act(n, "decide", "outcome=upheld", "reasons=It was our provider.", "remedy=We will refund 50 euro.", "measures=We asked them.", "ending=open")
	waits.want(t, http.StatusOK, "waits for a second person", "You decided this, so a second person reviews it.")
	waits.lacks(t, ticketPath(n, "review"))
	own := ben.post(ticketPath(n, "review"), ben.form(n, "verdict=approve"))
	own.want(t, http.StatusUnprocessableEntity, "somebody who had no part in it")

	anna.post(ticketPath(n, "review"), anna.form(n, "verdict=return")).want(t, http.StatusUnprocessableEntity, "Заполните или выберите.")
	anna.act(n, "review", "verdict=return", "note=Назовите пункт правил").want(t, http.StatusOK, "Возвращено")
	again := ben.get(ticketURL(n))
	again.want(t, http.StatusOK, "It was our provider.</textarea>", "Next step")
	ben.act(n, "decide", "outcome=upheld", "reasons=Clause 5: it was our provider.", "remedy=50 euro.", "measures=We asked them.", "ending=final")
	anna.act(n, "review", "verdict=approve").want(t, http.StatusOK, "Clause 5: it was our provider.", "Дан окончательный ответ")
	ben.act(n, "close").want(t, http.StatusOK, "The case is closed.", "Case closed")

	got := h.dossier(n).Ticket
	if got.Case.Stage != tickets.StageClosed || got.Case.Ending != tickets.EndingFinal || len(got.Case.Decisions) != 2 {
		t.Errorf("the case ended %s %s with %d decisions", got.Case.Stage, got.Case.Ending, len(got.Case.Decisions))
	}
}

func TestAnAppealIsForAThirdPerson(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := complain(h)
	cleo := h.hire("cleo@demo.example", "Cleo", kb.EN, false)
	ben, anna, third := h.browse().signIn(h.Ben), h.browse().signIn(h.Anna), h.browse().signIn(cleo)
	ben.decided(n, "Our reasons.")
	anna.act(n, "review", "verdict=approve")
	h.player(n, tickets.Appealed{Body: "I do not agree."})

	ben.act(n, "findings", "findings=Looked again.", "cause=our-error")
	for _, b := range []*browser{ben, anna} {
		b.get(ticketURL(n)).lacks(t, ticketPath(n, "decide"))
	}
	ben.get(ticketURL(n)).want(t, http.StatusOK, "You had a part in what is looked at again")
	anna.get(ticketURL(n)).want(t, http.StatusOK, "Вы участвовали в том, что пересматривается")
	third.get(ticketURL(n)).want(t, http.StatusOK, "may not decide: Ben, Анна", "The player appealed 1 time.")
	third.act(n, "decide", "outcome=explained", "reasons=Others looked.", "measures=We looked again.", "ending=open")
	refused := ben.post(ticketPath(n, "review"), ben.form(n, "verdict=approve"))
	refused.want(t, http.StatusUnprocessableEntity, "somebody who had no part in it")
}

func TestForThePersonComplainedAboutThereIsNoSuchTicket(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := complain(h)
	ben, anna := h.browse().signIn(h.Ben), h.browse().signIn(h.Anna)
	stale := anna.form(n)
	ben.act(n, "accuse", "agent="+id(h.Anna)).want(t, http.StatusOK, "This is about Анна")
	anna.get(ticketURL(n)).want(t, http.StatusNotFound)
	for _, name := range []string{"reply", "note", "assign", "assess", "decide", "review", "hold", "accuse"} {
		anna.post(ticketPath(n, name), with(stale, "body=x", "reason=x", "agent=0")).want(t, http.StatusNotFound)
	}
	anna.get("/desk").lacks(t, string(n))
	anna.get("/desk?q="+string(n)).lacks(t, ticketURL(n))
	ben.get("/desk").want(t, http.StatusOK, string(n))

	p := ben.post(ticketPath(n, "accuse"), ben.form(n, "agent="+id(h.Ben)))
	p.want(t, http.StatusSeeOther)
	if !strings.HasPrefix(p.To, "/desk?") {
		t.Errorf("who is complained about is led to %s", p.To)
	}
}

func TestALetterIsSeenBeforeItGoes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Stuck", func(n *tickets.NewTicket) { n.Locale, n.Requester = kb.EN, tickets.Requester{Email: "p@demo.example"} }).Ticket.Number
	b := h.browse().signIn(h.Ben)
	p := b.post(ticketPath(n, "reply"), b.form(n, "body=It is <b>on</b> its way.", "then=solved", "preview=1"))
	p.want(t, http.StatusOK, "The letter as the player will get it", "It is &lt;b&gt;on&lt;/b&gt; its way.", `<option value="solved" selected>`, "Send to the player")
	if got := len(h.dossier(n).Messages); got != 1 {
		t.Errorf("looking at a letter sent it: %d messages", got)
	}
	login := h.open("No address").Ticket.Number
	b.get(ticketURL(login)).lacks(t, "Preview the letter")
}

func TestPromisesAndUnfilledPlacesAreNotSentUnseen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Stuck").Ticket.Number
	b := h.browse().signIn(h.Ben)
	form := b.form(n, "then=solved")
	for _, body := range []string{"Dear {{name}}", "You get [amount] soon", "Сумма [ ] придёт"} {
		b.post(ticketPath(n, "reply"), with(form, "body="+body)).want(t, http.StatusUnprocessableEntity, "a place is still to be filled in", body+"</textarea>")
	}
	b.post(ticketPath(n, "reply"), with(form, "body=[amount]", "promise=yes")).want(t, http.StatusUnprocessableEntity)
	promise := with(form, "body=Мы вернём деньги. We guarantee it.")
	p := b.post(ticketPath(n, "reply"), promise)
	p.want(t, http.StatusUnprocessableEntity, "may be read as a promise: вернём, guarantee", "I checked that we can promise this", "We guarantee it.</textarea>")
	b.post(ticketPath(n, "reply"), with(promise, "promise=yes")).want(t, http.StatusSeeOther)
	for _, harmless := range []string{"We cannot guarantee this.", "Мы не вернём ставку.", "See [1] below."} {
		b.post(ticketPath(n, "reply"), b.form(n, "then=open", "body="+harmless)).want(t, http.StatusSeeOther)
	}
}

func TestEveryStaleFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := complain(h)
	b := h.browse().signIn(h.Ben)
	b.act(n, "acknowledge")
	b.act(n, "assess", assessed...)
	form := b.form(n)
	h.apply(n, h.Anna, tickets.Noted{Body: "a note of Anna"})
	for name, fields := range map[string][]string{
		"findings": {"findings=what I found", "cause=delay", "corrective=what I mend"},
		"info":     {"body=please send it", "reason=because we need it"},
		"extend":   {"reason=it takes longer"},
		"escalate": {"department=Payments", "reason=too hard for me"},
		"task":     {"department=Payments", "what=look here"},
		"facts":    {"amount=50 EUR", "bets=B-1"},
		"hold":     {"reason=a court asks"},
		"question": {"reason=it only asks"},
	} {
		p := b.post(ticketPath(n, name), with(form, fields...))
		p.want(t, http.StatusConflict, "a note of Anna")
		for _, f := range fields {
			_, value, _ := strings.Cut(f, "=")
			p.want(t, http.StatusConflict, value)
		}
	}
	b.post(ticketPath(n, "assess"), with(form, assessed...)).want(t, http.StatusConflict, `value="high" checked`)
}

func TestATextIsNotLostWhenSignedOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := complain(h)
	b := h.browse().signIn(h.Ben)
	form := b.form(n, "reasons=My long reasons", "remedy=a remedy", "outcome=upheld", "measures=this and that")
	b.post("/desk/logout", url.Values{}).want(t, http.StatusSeeOther)
	b.post(ticketPath(n, "decide"), form).want(t, http.StatusUnauthorized, "My long reasons</textarea>", "a remedy</textarea>",
		"this and that</textarea>", `name="outcome" value="upheld"`)
}

func TestARequestByPhoneIsWrittenDown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse().signIn(h.Ben)
	blank := b.get("/desk/new")
	blank.want(t, http.StatusOK, "Write down a request", "handled in writing")
	form := url.Values{"key": {blank.find(t, `name="key" value="(\w+)"`)}}
	b.post("/desk/new", with(form, "subject=Kept subject")).want(t, http.StatusUnprocessableEntity, "Kept subject", "Fill this in or choose.")
	full := with(form, "channel=phone", "contact=lucky7", "locale=en", "kind=complaint", "category=withdrawals", "subject=Stuck",
		"body=My money is stuck.", "amount=50 EUR")
	p := b.post("/desk/new", full)
	p.want(t, http.StatusSeeOther)
	if again := b.post("/desk/new", full); again.To != p.To {
		t.Errorf("sent twice, it opened %s and %s", p.To, again.To)
	}
	b.get(p.To).want(t, http.StatusOK, "The ticket is open.", "My money is stuck.", "Phone", "Complaint", "50 EUR", "Came by: Phone. Agent: Ben")
	number, _, _ := strings.Cut(strings.TrimPrefix(p.To, "/desk/tickets/"), "?")
	if got := h.dossier(tickets.Number(number)); got.Ticket.Channel != tickets.ChannelPhone || len(got.Messages) != 2 {
		t.Errorf("the ticket came by %s and has %d messages", got.Ticket.Channel, len(got.Messages))
	}
}

func TestTheQueueIsNarrowedToCases(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n, plain := complain(h), h.open("A question").Ticket.Number
	ben, anna := h.browse().signIn(h.Ben), h.browse().signIn(h.Anna)
	ben.act(n, "department", "department=Payments")
	ben.decided(n, "Our reasons.")
	ben.act(n, "hold", "reason=a court asks")
	old := h.open("Waits for long", func(n *tickets.NewTicket) { n.At = time.Now().AddDate(0, 0, -5) }).Ticket.Number
	for query, want := range map[string][3]bool{ // the complaint, the question, the old question
		"":                     {true, true, true},
		"?kind=complaint":      {true, false, false},
		"?kind=question":       {false, true, true},
		"?kind=nonsense":       {true, true, true},
		"?stage=decided":       {true, false, false},
		"?stage=received":      {false, false, false},
		"?department=Payments": {true, false, false},
		"?department=Nobody":   {false, false, false},
		"?only=overdue":        {false, false, true},
	} {
		p := ben.get("/desk" + query)
		p.want(t, http.StatusOK)
		for i, number := range []tickets.Number{n, plain, old} {
			if shown := strings.Contains(p.Body, ticketURL(number)); shown != want[i] {
				t.Errorf("%q shows %d: %v", query, i, shown)
			}
		}
	}
	ben.get("/desk?only=review").lacks(t, ticketURL(n))
	anna.get("/desk?only=review").want(t, http.StatusOK, ticketURL(n), "Запрет на удаление", "Ждёт второй проверки", "Жалоба")
	ben.get("/desk").want(t, http.StatusOK, "overdue by", "Answer: ")
}

func TestWhatIsWrittenDownIsTriaged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse().signIn(h.Ben)
	form := url.Values{"key": {b.get("/desk/new").find(t, `name="key" value="(\w+)"`)}}
	p := b.post("/desk/new", with(form, "channel=phone", "contact=lucky7", "locale=en", "kind=question", "category=withdrawals", "subject=A call",
		"body=They said: I lost everything and I want to kill myself."))
	p.want(t, http.StatusSeeOther)
	number, _, _ := strings.Cut(strings.TrimPrefix(p.To, "/desk/tickets/"), "?")
	got := h.dossier(tickets.Number(number)).Ticket
	if got.Priority != tickets.PrioritySafety || got.Kind != tickets.KindSafety || got.Department != "support" {
		t.Errorf("%s of kind %s for %q", got.Priority, got.Kind, got.Department)
	}
}

func TestTwoTicketsOfAPlayerAreMergedAndPartedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one, two := complain(h), complain(h)
	stranger := h.open("Another player's").Ticket.Number
	b := h.browse().signIn(h.Ben)
	for _, into := range []string{"nonsense", string(one), string(stranger)} {
		b.post(ticketPath(one, "merge"), b.form(one, "into="+into)).want(t, http.StatusUnprocessableEntity, `value="`+into+`"`)
	}
	b.post(ticketPath(one, "merge"), b.form(one, "into=AAAA-AAAA")).want(t, http.StatusUnprocessableEntity, "AAAA-AAAA")
	b.post(ticketPath(one, "merge"), b.form(one, "into="+string(two))).want(t, http.StatusUnprocessableEntity, "Fill this in or choose.", "I checked that the same person wrote both")
	b.act(one, "merge", "checked=yes", "into="+strings.ToLower(string(two))).want(t, http.StatusOK, "The tickets are merged.", "This goes on in ticket "+string(two))
	b.get(ticketURL(two)).want(t, http.StatusOK, "Another ticket goes on here: "+string(one))
	b.act(one, "unmerge").want(t, http.StatusOK, "The merge is undone.")
	if got := h.dossier(one).Ticket.Case.Stage; got != tickets.StageAcknowledged && got != tickets.StageReceived {
		t.Errorf("after all, the ticket is %s", got)
	}
}

// A ticket names the open ones of the same contact that it may repeat.
func TestATicketNamesWhatItMayRepeat(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first, second := h.open("My withdrawal is late").Ticket.Number, h.open("My withdrawal is late").Ticket.Number
	p := h.browse().signIn(h.Ben).get(ticketURL(second))
	p.want(t, http.StatusOK)
	if !strings.Contains(p.Body, "Open tickets of the same contact") || !strings.Contains(p.Body, ticketURL(first)) {
		t.Error("the earlier ticket is not named")
	}
}
