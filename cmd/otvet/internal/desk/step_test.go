package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"otvet/kb"
	"otvet/tickets"
)

func TestReplyReachesThePlayerReviewedByItsAuthor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	opening := h.open("Вывод завис")
	n := opening.Ticket.Number
	b := h.browse().signIn(h.Anna)
	p := b.post(ticketPath(n, "reply"), b.form(n, "body=Деньги придут завтра.\nИзвините!", "then=pending"))
	p.want(t, http.StatusSeeOther)
	b.get(p.To).want(t, http.StatusOK, "Ответ отправлен игроку.", "Деньги придут завтра.", "Ответ игроку, затем статус «Ждём игрока»")

	seen, err := h.Store.PlayerDossier(t.Context(), opening.Token)
	if err != nil {
		t.Fatal(err)
	}
	reply := seen.Messages[len(seen.Messages)-1]
	if reply.Body != "Деньги придут завтра.\nИзвините!" || reply.AuthorName != "Анна" || seen.Ticket.Status != tickets.StatusPending {
		t.Errorf("the player sees %+v of a %s ticket", reply, seen.Ticket.Status)
	}
	kept := h.dossier(n).Messages[1]
	if kept.Review.By != h.Anna.ID || kept.Review.At.IsZero() {
		t.Errorf("the review is %+v", kept.Review)
	}
}

func TestNoteIsMarkedAndNeverReachesThePlayer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	opening := h.open("Вывод завис")
	n := opening.Ticket.Number
	b := h.browse().signIn(h.Ben)
	p := b.post(ticketPath(n, "note"), b.form(n, "body=suspicious, ask the risk team"))
	p.want(t, http.StatusSeeOther)
	b.get(p.To).want(t, http.StatusOK, "suspicious, ask the risk team", "internal: the player does not see this", `class="message note"`)
	seen, err := h.Store.PlayerDossier(t.Context(), opening.Token)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range seen.Messages {
		if strings.Contains(m.Body, "suspicious") {
			t.Error("the player sees the note")
		}
	}
}

func TestStatusCategoryAndAssigneeChangeAndStandInTheHistory(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Вывод завис").Ticket.Number
	b := h.browse().signIn(h.Ben)
	for _, c := range []struct{ form, field, history string }{
		{"assign", "assign=" + id(h.Anna), "Assigned to Анна, then “Open”"},
		{"category", "category=bonuses", "Category: “Withdrawals” → “Bonuses”"},
		{"category", "category=unsure", "Category: “Bonuses” → “Not sure”"},
		{"status", "status=on-hold", "Status set to “On hold”"},
		{"assign", "assign=0", "Assigned to nobody"},
	} {
		p := b.post(ticketPath(n, c.form), b.form(n, c.field))
		p.want(t, http.StatusSeeOther)
		b.get(p.To).want(t, http.StatusOK, c.history, `role="status"`)
	}
	got := h.dossier(n).Ticket
	if got.Status != tickets.StatusOnHold || got.Category != tickets.CategoryUnsure || got.Assignee != 0 {
		t.Errorf("the ticket is %+v", got)
	}
}

func TestTicketOffersOnlyWhatIsPossible(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	opening := h.open("Вывод завис")
	n := opening.Ticket.Number
	gone := h.hire("gone@demo.example", "Gone", kb.EN, false)
	if err := h.Store.SetAgentDisabled(t.Context(), gone.ID, true); err != nil {
		t.Fatal(err)
	}
	b := h.browse().signIn(h.Ben)
	fresh := b.get("/desk/tickets/" + string(n))
	fresh.want(t, http.StatusOK, `value="solved"`, "Take it", "The player writes in Russian. Answer in Russian.")
	fresh.lacks(t, `value="closed"`, ">Gone<")
	h.browse().signIn(h.Anna).get("/desk/tickets/"+string(n)).lacks(t, "Игрок пишет по-")

	h.apply(n, h.Ben, tickets.StatusSet{To: tickets.StatusSolved})
	h.apply(n, h.Ben, tickets.StatusSet{To: tickets.StatusClosed})
	closed := b.get("/desk/tickets/" + string(n))
	closed.want(t, http.StatusOK, "This ticket is closed", ticketPath(n, "note"))
	closed.lacks(t, ticketPath(n, "reply"), ticketPath(n, "status"), ticketPath(n, "assign"))
}

func TestRefusedStepKeepsWhatWasTypedAndSaysWhy(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Вывод завис").Ticket.Number
	b := h.browse().signIn(h.Ben)
	form := b.form(n)
	long := strings.Repeat("a", 8001)
	for _, c := range []struct {
		form, field string
		want        []string
	}{
		{"reply", "body= \n ", []string{"Write a text first", `aria-invalid="true"`}},
		{"reply", "body=" + long, []string{"longer than 8,000", long}},
		{"reply", "body=kept text&then=closed", []string{"kept text", "cannot become “Closed”"}},
		{"reply", "body=kept text&then=nonsense", []string{"kept text", "cannot be done to a ticket"}},
		{"note", "body=" + long, []string{"longer than 8,000", long, "<details class=\"card aside-note\" open>"}},
		{"status", "status=closed", []string{"with the status “New” cannot become “Closed”"}},
		{"status", "status=nonsense", []string{"Nothing was changed"}},
		{"category", "category=nonsense", []string{"that choice does not exist"}},
		{"assign", "assign=999999", []string{"that choice does not exist"}},
		{"assign", "assign=anna", []string{"that choice does not exist"}},
	} {
		fields, err := url.ParseQuery(c.field)
		if err != nil {
			t.Fatal(err)
		}
		posted := with(form)
		for key := range fields {
			posted.Set(key, fields.Get(key))
		}
		if c.form == "reply" && posted.Get("then") == "" {
			posted.Set("then", "pending")
		}
		p := b.post(ticketPath(n, c.form), posted)
		p.want(t, http.StatusUnprocessableEntity, append(c.want, `value="`+form.Get("key")+`"`)...)
	}
	if version := h.dossier(n).Ticket.Version; version != 1 {
		t.Errorf("refused steps made version %d", version)
	}
}

func TestMalformedStepIsABadRequest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Вывод завис").Ticket.Number
	b := h.browse().signIn(h.Ben)
	form := b.form(n, "body=x", "then=pending")
	for _, field := range []string{"version=", "version=99999999999999999999", "version=x", "key=", "key=" + strings.Repeat("g", 32), "key=\xff"} {
		b.post(ticketPath(n, "reply"), with(form, field)).want(t, http.StatusBadRequest)
	}
	b.post(ticketPath(n, "reply"), with(form, "body=nul\x00")).want(t, http.StatusBadRequest)
	b.post("/desk/tickets/AAAA-AAAA/reply", form).want(t, http.StatusNotFound, "There is no such page or ticket")
	b.post("/desk/tickets/not-a-number/reply", form).want(t, http.StatusNotFound)
	b.get("/desk/tickets/%27%20OR%201=1").want(t, http.StatusNotFound)
	if p := b.get("/desk/tickets/" + strings.ToLower(string(n))); p.To != "/desk/tickets/"+string(n) {
		t.Errorf("a number in lower case leads to %d %q", p.StatusCode, p.To)
	}
}

func TestStepSentTwiceIsTakenOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Вывод завис").Ticket.Number
	b := h.browse().signIn(h.Ben)
	form := b.form(n, "body=One answer.", "then=pending")
	var wait sync.WaitGroup
	for range 5 {
		wait.Go(func() { b.post(ticketPath(n, "reply"), form).want(t, http.StatusSeeOther) })
	}
	wait.Wait()
	if got := len(h.dossier(n).Messages); got != 2 {
		t.Errorf("%d messages, want the player's and one answer", got)
	}
}

func TestAnotherTextOnAUsedFormIsNotSwallowed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Вывод завис").Ticket.Number
	b := h.browse().signIn(h.Ben)
	form := b.form(n, "body=One answer.", "then=pending")
	b.post(ticketPath(n, "reply"), form).want(t, http.StatusSeeOther)
	b.post(ticketPath(n, "reply"), with(form, "body=Another answer.")).want(t, http.StatusConflict, "One answer.", "Another answer.")
}

func TestStaleReplyShowsBothTextsAndCanBeSentAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	opening := h.open("Вывод завис")
	n := opening.Ticket.Number
	b := h.browse().signIn(h.Ben)
	form := b.form(n, "body=My own answer <i>", "then=solved")
	h.apply(n, h.Anna, tickets.Noted{Body: "a note of Anna"})
	if _, err := h.Store.PlayerApply(t.Context(), opening.Token, tickets.Event{Change: tickets.PlayerReplied{Body: "more from the player"}}); err != nil {
		t.Fatal(err)
	}
	p := b.post(ticketPath(n, "reply"), form)
	p.want(t, http.StatusConflict, "has changed while you were working", "a note of Anna", "more from the player",
		"My own answer &lt;i&gt;</textarea>", "Internal note", "Message from the player", `<option value="solved" selected>`)
	p.lacks(t, "Текст: Вывод завис", "Ticket opened")
	again := with(form, "version="+p.find(t, `name="version" value="(\d+)"`), "key="+p.find(t, `name="key" value="(\w+)"`))
	b.post(ticketPath(n, "reply"), again).want(t, http.StatusSeeOther)
	b.post(ticketPath(n, "reply"), again).want(t, http.StatusSeeOther)
	if got := h.dossier(n); len(got.Messages) != 4 || got.Ticket.Status != tickets.StatusSolved {
		t.Errorf("%d messages on a %s ticket, want 4 on a solved one", len(got.Messages), got.Ticket.Status)
	}
}

func TestStaleStepWithoutTextSaysWhatItWanted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := h.open("Вывод завис").Ticket.Number
	b := h.browse().signIn(h.Ben)
	form := b.form(n)
	h.apply(n, h.Anna, tickets.Assigned{To: h.Anna.ID})
	for name, c := range map[string]struct{ field, want string }{
		"status":   {"status=solved", "Set the status to “Solved”"},
		"category": {"category=bonuses", "Move to the category “Bonuses”"},
		"assign":   {"assign=" + id(h.Ben), "Assign to Ben"},
		"note":     {"body=my note", "my note</textarea>"},
	} {
		value := c.field[strings.Index(c.field, "=")+1:]
		p := b.post(ticketPath(n, name), with(form, c.field))
		p.want(t, http.StatusConflict, c.want, "Assigned to Анна", value)
	}
	b.post(ticketPath(n, "assign"), with(form, "assign=0")).want(t, http.StatusConflict, "Assign to nobody")
}

func TestReplyToATicketClosedMeanwhileCanBeCopied(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	opening := h.open("Вывод завис")
	n := opening.Ticket.Number
	b := h.browse().signIn(h.Ben)
	form := b.form(n, "body=My own answer", "then=pending")
	if _, err := h.Store.PlayerApply(t.Context(), opening.Token, tickets.Event{Change: tickets.PlayerClosed{}}); err != nil {
		t.Fatal(err)
	}
	p := b.post(ticketPath(n, "reply"), form)
	p.want(t, http.StatusConflict, "was closed in the meantime", "My own answer</textarea>", "Closed by the player")
	p.lacks(t, "Send to the player")
	now := with(form, fmt.Sprintf("version=%d", h.dossier(n).Ticket.Version))
	b.post(ticketPath(n, "reply"), now).want(t, http.StatusUnprocessableEntity, "cannot be done to a ticket with the status “Closed”", "My own answer")
}

func TestHostileTextIsShownAsText(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const hostile = `"'><img src=x onerror=alert(1)><script>alert(1)</script>{{.}} [x](javascript:alert(1))`
	n := h.open(hostile, func(n *tickets.NewTicket) {
		n.Body, n.Requester = hostile+"\u202egnp.exe", tickets.Requester{Login: hostile}
	}).Ticket.Number
	mallory := h.hire("mallory@demo.example", "<b onmouseover=x>Mallory", kb.EN, false)
	h.apply(n, mallory, tickets.Noted{Body: hostile})
	h.apply(n, mallory, tickets.Assigned{To: mallory.ID})
	b := h.browse().signIn(mallory)
	for _, path := range []string{"/desk", "/desk/tickets/" + string(n), "/desk?q=" + url.QueryEscape(hostile), "/desk/password"} {
		p := b.get(path)
		p.want(t, http.StatusOK)
		p.lacks(t, "<img src=x", "<script>", "<b onmouseover", "href=\"javascript", "\u202e")
	}
	b.post(ticketPath(n, "reply"), b.form(n, "body="+hostile, "then=closed")).lacks(t, "<img src=x", "<script>")
}
