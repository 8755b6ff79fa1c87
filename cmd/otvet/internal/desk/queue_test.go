package desk_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

func TestQueueShowsSafetyFirstThenByArrival(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := func(ago time.Duration) func(*tickets.NewTicket) {
		return func(n *tickets.NewTicket) { n.At = time.Now().Add(-ago) }
	}
	h.open("second", at(3*time.Hour))
	h.open("first", at(5*time.Hour))
	h.open("in distress", at(time.Minute), func(n *tickets.NewTicket) { n.Priority = tickets.PrioritySafety })
	p := h.browse().signIn(h.Ben).get("/desk")
	p.want(t, http.StatusOK, "3 tickets", "Safety first", "Player has waited 5 hours", `title="`, "Nobody")
	var places []int
	for _, subject := range []string{"in distress", "first", "second"} {
		places = append(places, strings.Index(p.Body, ">"+subject+"<"))
	}
	if !(0 < places[0] && places[0] < places[1] && places[1] < places[2]) {
		t.Errorf("the order is wrong: %v in %s", places, p.Body)
	}
}

func TestQueueFiltersByEveryChoice(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.open("Вывод завис")
	english := h.open("Bonus gone", func(n *tickets.NewTicket) { n.Locale, n.Category = kb.EN, "bonuses" }).Ticket.Number
	unsure := h.open("Не знаю", func(n *tickets.NewTicket) { n.Category = tickets.CategoryUnsure }).Ticket.Number
	h.apply(english, h.Ben, tickets.Assigned{To: h.Ben.ID})
	h.apply(unsure, h.Anna, tickets.StatusSet{To: tickets.StatusSolved})
	b := h.browse().signIn(h.Ben)
	for query, want := range map[string]string{
		"":                                       "Вывод завис,Bonus gone",
		"?status=all":                            "Вывод завис,Bonus gone,Не знаю",
		"?status=solved":                         "Не знаю",
		"?status=open":                           "Bonus gone",
		"?category=bonuses":                      "Bonus gone",
		"?category=unsure&status=all":            "Не знаю",
		"?lang=ru":                               "Вывод завис",
		"?who=mine":                              "Bonus gone",
		"?who=mine&lang=ru":                      "",
		"?q=вывода":                              "Вывод завис",
		"?q=" + strings.ToLower(string(english)): "Bonus gone",
		"?q=player1&lang=en":                     "Bonus gone",
		"?q=%27%20OR%201=1%20--":                 "",
		"?q=" + strings.Repeat("%2A", 500):       "",
		"?status=nonsense&lang=xx&who=you":       "Вывод завис,Bonus gone",
		"?category=nonsense":                     "",
		"?page=999999999999999999999":            "Вывод завис,Bonus gone",
		"?page=-1":                               "Вывод завис,Bonus gone",
	} {
		p := b.get("/desk" + query)
		p.want(t, http.StatusOK)
		var found []string
		for _, subject := range []string{"Вывод завис", "Bonus gone", "Не знаю"} {
			if strings.Contains(p.Body, ">"+subject+"</bdi>") {
				found = append(found, subject)
			}
		}
		if got := strings.Join(found, ","); got != want {
			t.Errorf("/desk%s shows %q, want %q", query, got, want)
		}
	}
}

func TestQueueKeepsTheViewInItsForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.browse().signIn(h.Ben).get(`/desk?status=solved&category=bonuses&lang=ru&who=mine&q=%22%3E%3Cscript%3E`)
	p.want(t, http.StatusOK, `<option value="solved" selected>`, `<option value="bonuses" selected>`, `<option value="ru" selected>`,
		`<option value="mine" selected>`, `value="&#34;&gt;&lt;script&gt;"`, "No ticket matches", "status=all", `href="/desk">Reset`)
	p.lacks(t, `"><script>`)
}

func TestQueueIsPagedAndSaysWhenItIsEmpty(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse().signIn(h.Ben)
	b.get("/desk").want(t, http.StatusOK, "Nobody is waiting", "0 tickets")
	for i := range 51 {
		h.open(fmt.Sprintf("Question %02d", i), func(n *tickets.NewTicket) { n.At = time.Now().Add(time.Duration(i-60) * time.Minute) })
	}
	first := b.get("/desk?lang=ru")
	first.want(t, http.StatusOK, "51 tickets", "page 1 of 2", "Question 00", `href="/desk?lang=ru&amp;page=2" rel="next"`)
	first.lacks(t, "Question 50", `rel="prev"`)
	last := b.get("/desk?lang=ru&page=2")
	last.want(t, http.StatusOK, "page 2 of 2", "Question 50", `href="/desk?lang=ru" rel="prev"`)
	last.lacks(t, "Question 00", `rel="next"`)
}
