package site_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres"
	"otvet/tickets/postgres/postgrestest"
)

// house is a site with the agents behind it.
type house struct {
	*visitor
	store *postgres.Store
	ada   tickets.Agent // decides
	bo    tickets.Agent // reviews
	cy    tickets.Agent // decides appeals
	dee   tickets.Agent // reviews them
}

func newHouse(t *testing.T) *house {
	t.Helper()
	store := postgrestest.Store(t)
	h := &house{visitor: newVisitor(t, newHandler(t, engine(t), store)), store: store}
	for name, agent := range map[string]*tickets.Agent{"Ada": &h.ada, "Bo": &h.bo, "Cy": &h.cy, "Dee": &h.dee} {
		a, err := store.AddAgent(t.Context(), tickets.Agent{Email: name + "@desk.example", Name: name, Locale: kb.EN, PasswordHash: "hash"})
		if err != nil {
			t.Fatal(err)
		}
		*agent = a
	}
	return h
}

// complaint is a contact form in complaint mode that is in order.
func complaint(key string) url.Values {
	form := message(key)
	form.Set("kind", "complaint")
	form.Set("fact-occurred_at", "2026-11-01T10:00")
	form.Set("fact-remedy", "Pay it out")
	return form
}

// number returns the number of the request behind a private page.
func (h *house) number(page string) tickets.Number {
	h.t.Helper()
	d, err := h.store.PlayerDossier(h.t.Context(), tickets.Token(page[strings.LastIndexByte(page, '/')+1:]))
	if err != nil {
		h.t.Fatal(err)
	}
	return d.Ticket.Number
}

func (h *house) dossier(page string) tickets.Dossier {
	h.t.Helper()
	d, err := h.store.Dossier(h.t.Context(), 0, h.number(page))
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

// do applies what an agent does to the request behind a private page.
func (h *house) do(page string, a tickets.Agent, changes ...tickets.Change) {
	h.t.Helper()
	for _, c := range changes {
		e := tickets.Event{At: time.Now(), Actor: tickets.Actor{Kind: tickets.ByAgent, Agent: a.ID}, Change: c}
		if _, err := h.store.Apply(h.t.Context(), h.number(page), h.dossier(page).Ticket.Version, e); err != nil {
			h.t.Fatalf("%s: %v", c.Name(), err)
		}
	}
}

// decide brings a complaint from where it is to an outcome that the player has been told.
func (h *house) decide(page string, by, reviewer tickets.Agent, final bool) {
	h.t.Helper()
	if h.dossier(page).Ticket.Case.Assessment == nil {
		h.do(page, by, tickets.Assessed{Severity: "medium", Complexity: "normal", Impact: "one", Nature: tickets.NatureTransaction})
	}
	h.do(page, by,
		tickets.Found{Text: "SECRET FINDINGS", Cause: "rules-unclear"},
		tickets.Decided{Outcome: tickets.OutcomePartly, Reasons: "The clause is <b>unclear</b>.", Remedy: "The stake comes back.", Measures: "We have rewritten the clause.", Final: final},
	)
	h.do(page, reviewer, tickets.DecisionReviewed{Approve: true})
}

var keyField = regexp.MustCompile(`name="key" value="([0-9a-f]{32})"`)

// keyOf returns the key of the form for a step.
func (h *house) keyOf(page, step string) string {
	h.t.Helper()
	_, form, found := strings.Cut(h.get(page).Body.String(), `action="`+page+`/`+step+`"`)
	m := keyField.FindStringSubmatch(form)
	if !found || m == nil {
		h.t.Fatalf("%s has no form for %s", page, step)
	}
	return m[1]
}

// step sends the form for a step and returns the status.
func (h *house) step(page, step string, form url.Values) int {
	h.t.Helper()
	return h.post(page+"/"+step, form).Code
}

func TestAPlayerSeesTheWayOfAComplaint(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	page := h.open(complaint("00000000000000000000000000000001"))
	due := time.Now().UTC().AddDate(0, 1, 0).Format("2006-01-02")
	ru := strings.Replace(page, "/en/", "/ru/", 1)
	h.expect(page+"?new=1", []string{
		"A complaint", `A person will answer by <strong><time datetime="` + time.Now().Add(48*time.Hour).UTC().Format("2006-01-02"),
		"The way of your request", `aria-current="step"`, `by <time datetime="` + due, `href="/en/standards"`, "Take it back",
	}, []string{"The outcome:", "How did we do", "I accept"})
	h.expect(ru, []string{"Жалоба", "Путь вашего обращения", "Мы напишем вам не позднее", "Наши обычные правила", "Отозвать"}, nil)
	h.decide(page, h.ada, h.bo, false)
	h.expect(page, []string{
		"The outcome: your complaint is upheld in part", "The clause is &lt;b&gt;unclear&lt;/b&gt;.", "The stake comes back.", "We have rewritten the clause.",
		"It is your turn.", page + `/accept"`, page + `/clarify"`, page + `/appeal"`,
	}, []string{"SECRET", page + `/reply"`, "dispute service can decide"})
	h.expect(ru, []string{"Решение: жалоба удовлетворена частично", "Принимаю решение", "Прошу пересмотреть", "Теперь ваше слово."}, []string{"SECRET"})
}

func TestManyClicksAcceptOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	page := h.open(complaint("00000000000000000000000000000001"))
	other := h.open(complaint("00000000000000000000000000000002"))
	h.decide(page, h.ada, h.bo, false)
	form := url.Values{"key": {h.keyOf(page, "accept")}}
	for _, key := range []string{form.Get("key"), form.Get("key"), "ffffffffffffffffffffffffffffffff"} {
		if code := h.step(page, "accept", url.Values{"key": {key}}); code != http.StatusSeeOther {
			t.Errorf("accepting with %s answered %d", key, code)
		}
	}
	accepted := 0
	for _, e := range h.dossier(page).History {
		if e.Change == "player_accepted" {
			accepted++
		}
	}
	if accepted != 1 {
		t.Errorf("accepted %d times", accepted)
	}
	if code := h.step(other, "accept", form); code != http.StatusConflict {
		t.Errorf("accepting what is not decided answered %d", code)
	}
	for _, step := range []string{"accept", "clarify", "appeal", "object", "escalate", "unsolved", "rate", "facts"} {
		if code := h.step("/en/requests/AAAAAAAAAAAAAAAAAAAAAA", step, url.Values{"body": {"x"}, "score": {"5"}}); code != http.StatusNotFound {
			t.Errorf("%s with nobody's token answered %d", step, code)
		}
	}
	h.expect(page+"?done=accept", []string{"You have accepted the outcome", "How did we do?"}, []string{page + `/accept"`})
}

func TestAnOutcomeIsAskedAboutAndReviewedByOthers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	page := h.open(complaint("00000000000000000000000000000001"))
	h.decide(page, h.ada, h.bo, false)
	w := h.post(page+"/clarify", url.Values{"key": {h.keyOf(page, "clarify")}, "body": {" "}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `id="clarify-error"`) {
		t.Errorf("an empty question answered %d", w.Code)
	}
	for range 2 {
		form := url.Values{"key": {"0000000000000000000000000000000a"}, "body": {"Which clause?"}}
		if code := h.step(page, "clarify", form); code != http.StatusSeeOther {
			t.Errorf("asking answered %d", code)
		}
	}
	if c := h.dossier(page).Ticket.Case; c.Clarified != 1 || c.Stage != tickets.StageInvestigated {
		t.Errorf("clarified %d times, %s", c.Clarified, c.Stage)
	}
	w = h.post(page+"/appeal", url.Values{"key": {"0000000000000000000000000000000b"}, "body": {"I <i>disagree</i>"}})
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "I &lt;i&gt;disagree&lt;/i&gt;</textarea>") || !strings.Contains(w.Body.String(), "not possible any more") {
		t.Errorf("an appeal against nothing answered %d, or lost the text", w.Code)
	}
	h.decide(page, h.ada, h.bo, false)
	if code := h.step(page, "appeal", url.Values{"key": {h.keyOf(page, "appeal")}, "body": {"I disagree."}}); code != http.StatusSeeOther {
		t.Errorf("appealing answered %d", code)
	}
	h.expect(page+"?done=appeal", []string{"people who had no part in the decision", "Reviewed by other people"}, nil)
	h.decide(page, h.cy, h.dee, true)
	h.expect(page, []string{"If we cannot agree", "Your right to go to court", page + `/accept"`, "Final answer"}, []string{page + `/appeal"`, page + `/clarify"`})
}

func TestThePlayerIsAskedOnceHowItWas(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	page := h.open(message("00000000000000000000000000000001"))
	h.do(page, h.ada, tickets.AgentReplied{Body: "It has been sent.", Then: tickets.StatusSolved, Review: tickets.Review{By: h.ada.ID, At: time.Now()}})
	h.expect(page, []string{"Did this solve it?", page + `/unsolved"`}, nil)
	w := h.post(page+"/rate", url.Values{"key": {"0000000000000000000000000000000a"}, "text": {"<script>Hm</script>"}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "&lt;script&gt;Hm&lt;/script&gt;</textarea>") {
		t.Errorf("a word without a choice answered %d, or lost the text", w.Code)
	}
	good := url.Values{"key": {"0000000000000000000000000000000a"}, "score": {"2"}, "helped": {"no"}, "text": {"Too slow."}}
	if code := h.step(page, "rate", good); code != http.StatusSeeOther {
		t.Errorf("rating answered %d", code)
	}
	good.Set("key", "0000000000000000000000000000000b")
	if code := h.step(page, "rate", good); code != http.StatusConflict {
		t.Errorf("rating again answered %d", code)
	}
	if r := h.dossier(page).Ticket.Case.Rating; r == nil || r.Score != 2 || r.Helped == nil || *r.Helped || r.Text != "Too slow." {
		t.Errorf("rating %+v", r)
	}
	h.expect(page+"?done=rate", []string{"Thank you for your answer."}, []string{"How did we do?"})
	if code := h.step(page, "unsolved", url.Values{"key": {h.keyOf(page, "unsolved")}}); code != http.StatusSeeOther {
		t.Errorf("reopening answered %d", code)
	}
	if d := h.dossier(page); d.Ticket.Status != tickets.StatusOpen || d.Messages[len(d.Messages)-1].Body != "This did not solve it." {
		t.Errorf("reopened: %s, %v", d.Ticket.Status, d.Messages)
	}
}

// Whoever may be in distress is never asked how it was, and sees no dates and no queue.
func TestDistressIsNeverRated(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	form := message("00000000000000000000000000000001")
	form.Set("body", "I lost everything and want to kill myself")
	page := h.open(form)
	h.do(page, h.ada, tickets.AgentReplied{Body: "I am here.", Then: tickets.StatusSolved, Review: tickets.Review{By: h.ada.ID, At: time.Now()}})
	h.expect(page, nil, []string{"How did we do", "Did this solve it", "What happens next", "You will hear from us by"})
	if code := h.step(page, "rate", url.Values{"key": {"0000000000000000000000000000000a"}, "score": {"5"}}); code != http.StatusConflict {
		t.Errorf("rating answered %d", code)
	}
}

// Where no person would be alarmed, nothing is kept, and the way to a person is shown.
func TestWordsOfDistressReachAPersonOrAreSaidToBeUnsent(t *testing.T) {
	t.Parallel()
	const words, unsent = "I want to kill myself", "they have not been sent to us yet"
	h := newHouse(t)
	page := h.open(message("00000000000000000000000000000001"))
	h.do(page, h.ada, tickets.AgentReplied{Body: "Done.", Then: tickets.StatusSolved, Review: tickets.Review{By: h.ada.ID, At: time.Now()}})
	w := h.post(page+"/rate", url.Values{"key": {"0000000000000000000000000000000a"}, "score": {"1"}, "text": {words}})
	if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, unsent) || !strings.Contains(body, `href="/en/contact?q=I`) {
		t.Errorf("rating answered %d without the way to a person", w.Code)
	}
	if r := h.dossier(page).Ticket.Case.Rating; r != nil {
		t.Errorf("kept %+v", r)
	}
	for _, form := range []url.Values{{"body": {words}}, {"body": {words + strings.Repeat("!", tickets.MaxBody)}}} {
		if w = h.post(page+"/appeal", form); w.Code == http.StatusSeeOther || !strings.Contains(w.Body.String(), unsent) {
			t.Errorf("a step answered %d without care", w.Code)
		}
	}
	w = h.post(page+"/reply", url.Values{"body": {words + strings.Repeat("!", tickets.MaxBody)}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), unsent) {
		t.Errorf("a reply that is too long answered %d without care", w.Code)
	}
	if code := h.step(page, "close", nil); code != http.StatusSeeOther {
		t.Errorf("closing answered %d", code)
	}
	w = h.post(page+"/reply", url.Values{"body": {words}})
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), unsent) {
		t.Errorf("a reply to a closed request answered %d without care", w.Code)
	}
}

func TestWordsOfDistressInAFactAlarm(t *testing.T) {
	t.Parallel()
	const words = "I want to kill myself"
	h := newHouse(t)
	form := complaint("00000000000000000000000000000001")
	form.Set("fact-remedy", words)
	if d := h.dossier(h.open(form)); d.Ticket.Priority != tickets.PrioritySafety {
		t.Errorf("opened with priority %s", d.Ticket.Priority)
	}
	page := h.open(message("00000000000000000000000000000002"))
	w := h.post(page+"/facts", url.Values{"key": {"0000000000000000000000000000000b"}, "fact-method": {words}})
	if w.Code != http.StatusSeeOther || !strings.Contains(w.Header().Get("Location"), "care=1") {
		t.Errorf("adding answered %d %s", w.Code, w.Header().Get("Location"))
	}
	d := h.dossier(page)
	if d.Ticket.Priority != tickets.PrioritySafety || d.Messages[len(d.Messages)-1].Body != words {
		t.Errorf("priority %s, messages %v", d.Ticket.Priority, d.Messages)
	}
}

func TestAMergedRequestSaysWhereItGoesOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	from, into := h.open(message("00000000000000000000000000000001")), h.open(message("00000000000000000000000000000002"))
	goesOn := h.number(into)
	e := tickets.Event{At: time.Now(), Actor: tickets.Actor{Kind: tickets.ByAgent, Agent: h.ada.ID}}
	if _, err := h.store.MergeTickets(t.Context(), postgres.Merging{From: h.number(from), Into: goesOn, Checked: true}, h.dossier(from).Ticket.Version, e); err != nil {
		t.Fatal(err)
	}
	h.expect(from, []string{"This request goes on as " + string(goesOn)}, []string{"Write a follow-up", "please open a new one", "contact?follows="})
	h.expect(strings.Replace(from, "/en/", "/ru/", 1), []string{"Мы продолжаем это обращение под номером " + string(goesOn)}, []string{"Написать продолжение"})
	w := h.post(from+"/reply", url.Values{"body": {"Any news?"}})
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Any news?") {
		t.Errorf("a reply answered %d, or lost what was typed", w.Code)
	}
}

func TestFactsAreAddedLater(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	page := h.open(message("00000000000000000000000000000001"))
	h.expect(page, []string{"Add details", `id="fact-transactions"`}, []string{`id="fact-bets"`})
	w := h.post(page+"/facts", url.Values{"key": {"0000000000000000000000000000000a"}, "fact-occurred_at": {"soon"}, "fact-amount": {"50"}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="50"`) || !strings.Contains(w.Body.String(), "please write a date and a time") {
		t.Errorf("a bad time answered %d, or lost what was typed", w.Code)
	}
	form := url.Values{"key": {"0000000000000000000000000000000b"}, "fact-transactions": {"T1\r\nT2"}, "fact-bets": {"B1"}, "fact-occurred_at": {"2026-11-02T10:00"}}
	if code := h.step(page, "facts", form); code != http.StatusSeeOther {
		t.Errorf("adding answered %d", code)
	}
	r := h.dossier(page).Ticket.Case.Record
	if len(r.Transactions) != 2 || len(r.Bets) != 0 || !r.OccurredAt.Equal(time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)) {
		t.Errorf("record %+v", r)
	}
	h.expect(page, []string{"Add details"}, []string{`id="fact-transactions"`})
}

func TestAFollowUpProvesItselfWithTheOldLink(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	page := h.open(complaint("00000000000000000000000000000001"))
	number := h.number(page)
	token := page[strings.LastIndexByte(page, '/')+1:]
	for _, made := range []string{token, string(number), "AAAAAAAAAAAAAAAAAAAAAA"} { // not ended yet, or no token
		h.expect("/en/contact?follows="+made, nil, []string{"This continues request", "Follow-up:"})
	}
	h.step(page, "close", nil)
	h.expect(page, []string{`href="/en/contact?follows=` + token + `"`}, []string{page + `/reply"`})
	h.expect("/en/contact?follows="+token, []string{"This continues request " + string(number), `value="Follow-up: Where is my withdrawal?"`, `value="complaint" checked`}, nil)
	form := complaint("00000000000000000000000000000002")
	form.Set("follows", token)
	next := h.open(form)
	if h.number(next) == number {
		t.Error("the follow-up is the same request")
	}
}

func TestAnsweredButNotHelpedGoesToTheNextLevel(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	page := h.open(message("00000000000000000000000000000001"))
	h.expect(page, nil, []string{page + `/escalate"`})
	h.do(page, h.ada, tickets.AgentReplied{Body: "Please wait.", Then: tickets.StatusPending, Review: tickets.Review{By: h.ada.ID, At: time.Now()}})
	if code := h.step(page, "escalate", url.Values{"key": {h.keyOf(page, "escalate")}, "body": {"Please pass it to the payments team."}}); code != http.StatusSeeOther {
		t.Errorf("escalating answered %d", code)
	}
	if d := h.dossier(page).Ticket; d.Case.Level != 1 || d.Status != tickets.StatusOpen {
		t.Errorf("level %d, %s", d.Case.Level, d.Status)
	}
}

func TestNotAComplaintIsObjectedTo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	page := h.open(complaint("00000000000000000000000000000001"))
	h.do(page, h.ada, tickets.KindSet{To: tickets.KindQuestion, Reason: "It asks for an explanation.", Review: tickets.Review{By: h.ada.ID, At: time.Now()}})
	if code := h.step(page, "object", url.Values{"key": {h.keyOf(page, "object")}, "body": {"You decided wrongly."}}); code != http.StatusSeeOther {
		t.Errorf("objecting answered %d", code)
	}
	if d := h.dossier(page).Ticket; d.Kind != tickets.KindComplaint {
		t.Errorf("it is a %s", d.Kind)
	}
}
