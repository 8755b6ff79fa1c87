package desk_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// views counts views of an article some days ago.
func (h *house) views(l kb.Locale, article string, n, daysAgo int) {
	h.t.Helper()
	day := tickets.Day(time.Now(), time.UTC).AddDate(0, 0, -daysAgo)
	if err := h.Store.AddViews(h.t.Context(), []tickets.Views{{Day: day, Locale: l, Article: article, Count: n}}); err != nil {
		h.t.Fatal(err)
	}
}

// say records words of readers on a place of an article.
func (h *house) say(l kb.Locale, article, anchor string, helped bool, times int) {
	h.t.Helper()
	for range times {
		ref := kb.Ref{Locale: l, Article: article, Anchor: anchor, Revision: "0123456789ab"}
		if err := h.Store.RecordFeedback(h.t.Context(), tickets.Feedback{Ref: ref, Helped: helped, At: time.Now()}); err != nil {
			h.t.Fatal(err)
		}
	}
}

// asked records a question with what came of it.
func (h *house) asked(question, verdict string, change ...func(*tickets.Ask)) {
	h.t.Helper()
	h.asks++
	a := tickets.Ask{
		Key: fmt.Sprintf("%032x", h.asks), Channel: "search", Question: question, Locale: kb.EN, Verdict: verdict, At: time.Now(),
	}
	for _, c := range change {
		c(&a)
	}
	if err := h.Store.RecordAsk(h.t.Context(), a); err != nil {
		h.t.Fatal(err)
	}
}

// swap serves articles with edits: file, old words, new words.
func (h *house) swap(edits ...string) {
	h.t.Helper()
	fsys := articles(h.t)
	for ; len(edits) > 0; edits = edits[3:] {
		text := strings.Replace(string(fsys[edits[0]].Data), edits[1], edits[2], 1)
		fsys[edits[0]] = &fstest.MapFile{Data: []byte(text)}
	}
	lib, _ := kb.Load(fsys, time.Now())
	if err := h.Engine.Swap(lib); err != nil {
		h.t.Fatal(err)
	}
}

func TestArticlesAreShownByWhatReadersDid(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.swap("ru/faq/withdrawals.md", "updated: 2026-10-12", "updated: 2026-10-11")
	h.views(kb.EN, "faq/withdrawals", 1200, 0)
	h.views(kb.EN, "faq/withdrawals", 34, 40)
	h.views(kb.RU, "faq/withdrawals", 3, 2)
	h.views(kb.EN, "faq/gone", 9000, 2)
	h.say(kb.EN, "faq/withdrawals", "", true, 3)
	h.say(kb.EN, "faq/withdrawals", "limits", false, 1)
	h.say(kb.RU, "faq/withdrawals", "", false, 2)
	b := h.browse().signIn(h.Ben)
	for query, want := range map[string]string{
		"":                      "/en/faq/withdrawals,/ru/faq/withdrawals",
		"?sort=views":           "/en/faq/withdrawals,/ru/faq/withdrawals",
		"?sort=share":           "/ru/faq/withdrawals,/en/faq/withdrawals",
		"?sort=updated":         "/ru/faq/withdrawals,/en/faq/withdrawals",
		"?lang=ru":              "/ru/faq/withdrawals",
		"?lang=en&kind=faq":     "/en/faq/withdrawals",
		"?kind=terms":           "",
		"?sort=%27&lang=xx":     "/en/faq/withdrawals,/ru/faq/withdrawals",
		"?days=-1&kind=letters": "/en/faq/withdrawals,/ru/faq/withdrawals",
	} {
		p := b.get("/desk/content/articles" + query)
		p.want(t, http.StatusOK)
		if got := strings.Join(p.links(`class="what"><a href="([^"]+)"`), ","); got != want {
			t.Errorf("%s shows %q, want %q", query, got, want)
		}
	}
	p := b.get("/desk/content/articles?lang=en")
	p.want(t, http.StatusOK, "1 article · 1,200 views in 30 days", "<b>25%</b>", "1 of 4", "12 October 2026", "FAQ · Withdrawals · English",
		`<a href="https://git.example/edit/en/faq/withdrawals.md#L1"`, `<option value="en" selected>`)
	b.get("/desk/content/articles?lang=en&days=90").want(t, http.StatusOK, "1,234 views in 90 days", `<option value="90" selected>`)
	b.get("/desk/content/articles?kind=help").want(t, http.StatusOK, "There are no such articles")
	b.get("/desk/content/articles?days=7").want(t, http.StatusOK, "2 articles · 1,203 views in 7 days")
}

func TestArticlesThatNobodyOpenedSaySo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.browse().signIn(h.Ben).get("/desk/content/articles").want(t, http.StatusOK, "None of these articles was opened", "Nobody has said a word")
	h.browse().signIn(h.Anna).get("/desk/content/articles").want(t, http.StatusOK, "0 просмотров за 30 дней", "не открыли ни одной", "Отзывов нет")
}

func TestPassagesThatDidNotHelpComeFirst(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse().signIn(h.Ben)
	b.get("/desk/content/passages").want(t, http.StatusOK, "Nobody has said that an answer did not help", "Silence is no praise")
	h.say(kb.RU, "faq/withdrawals", "", false, 1)
	h.say(kb.EN, "faq/withdrawals", "limits", false, 2)
	h.say(kb.EN, "faq/withdrawals", "limits", true, 3)
	h.say(kb.EN, "faq/withdrawals", "abolished", false, 3)
	h.say(kb.EN, "faq/gone", "", false, 4)
	h.say(kb.EN, "faq/withdrawals", "how-long", true, 9)
	c := h.ask("visit-of-a-player", "how long does a withdrawal take")
	h.open("Still waiting", func(n *tickets.NewTicket) { n.Visit = "visit-of-a-player" })
	p := b.get("/desk/content/passages")
	p.want(t, http.StatusOK, "5 passages did not help in 30 days",
		`<a href="/en/faq/withdrawals#limits" lang="en">What limits are there?</a>`, "<b>40%</b>", "2 of 5", "2 readers said no on the page",
		`<a href="https://git.example/edit/en/faq/withdrawals.md#L15"`, "<code>en/faq/withdrawals.md:15</code>",
		`<a href="/en/faq/withdrawals#how-long" lang="en">`+c.Heading+"</a>", "1 of 10", "1 player wrote to us after this answer",
		"not in the content any more", "faq/gone")
	order := []string{"faq/gone", ">abolished<", "What limits are there?", "Вывод средств", c.Heading}
	for i := range order[1:] {
		if strings.Index(p.Body, order[i]) > strings.Index(p.Body, order[i+1]) {
			t.Errorf("%s comes after %s", order[i], order[i+1])
		}
	}
	p = b.get("/desk/content/passages?lang=ru")
	p.want(t, http.StatusOK, "1 passage did not help", "The whole article")
	p.lacks(t, "What limits")
	h.browse().signIn(h.Anna).get("/desk/content/passages?lang=en").want(t, http.StatusOK,
		"4 раздела не помогли за 30 дней", "2 читателя ответили «нет»", "40 %", "2 из 5")
}

func TestOpenQuestionsAreCountedAndMasked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse().signIn(h.Ben)
	b.get("/desk/content/questions").want(t, http.StatusOK, "the search left no question without an answer", "nobody wrote to us after similar passages")
	h.asked("Where is my Cashback?", "no_answer")
	h.asked("where is  my cashback", "no_answer")
	h.asked("<b>ann@example.com</b>, +44 20 7946 0018, card 4242\n\n\n\n\n\n\n\n4242, id 12345678", "no_answer")
	h.asked("погода", "no_answer", func(a *tickets.Ask) { a.Locale = kb.RU })
	h.asked("move my bonus", "suggested", func(a *tickets.Ask) { a.Outcome = tickets.AskOutcomeTicket })
	h.asked("looked and left", "suggested")
	h.asked("words of a ticket", "no_answer", func(a *tickets.Ask) { a.Channel = "contact" })
	h.asked("i want to kill myself", "handoff")
	h.asked("i want to kill myself", "no_answer") // as if the triage had not known these words then
	h.asked(strings.Repeat("long ", 100)+"end", "no_answer")
	p := b.get("/desk/content/questions")
	p.want(t, http.StatusOK, "5 questions, asked 6 times", `<bdi dir="auto" lang="en">where is my cashback</bdi>`, "2 times", "less than a minute ago",
		"&lt;b&gt;•••••&lt;/b&gt;, •••••, card •••••, id •••••", "погода", "move my bonus", "1 question, asked 1 time",
		"<code class=\"command\">otvet new faq ", "The lists reach back 90 days", "long…")
	p.lacks(t, "Where is my Cashback?", "ann@", "example.com", "7946", "4242", "12345678", "kill", "looked and left", "words of a ticket", "end")
	h.asked("looked long ago", "suggested", func(a *tickets.Ask) { a.At = a.At.Add(-time.Hour) })
	h.asked("found its way", "suggested", func(a *tickets.Ask) { a.At = a.At.Add(-time.Hour) })
	if err := h.Store.AskOpened(t.Context(), fmt.Sprintf("%032x", h.asks)); err != nil {
		t.Fatal(err)
	}
	p = b.get("/desk/content/questions?show=unopened")
	p.want(t, http.StatusOK, "looked long ago", `<option value="unopened" selected>`, "1 question, asked 1 time")
	p.lacks(t, "found its way", "looked and left", "cashback", "move my bonus")
	b.get("/desk/content/questions?show=nonsense").want(t, http.StatusOK, "looked long ago", "cashback", "move my bonus")
	p = b.get("/desk/content/questions?lang=ru")
	p.want(t, http.StatusOK, "1 question, asked 1 time", "погода", "nobody wrote to us")
	p.lacks(t, "cashback")
}

func TestReviewsThatAreDue(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	today := tickets.Day(time.Now(), time.UTC)
	on := func(days int) string {
		return "updated: 2026-10-12\nreview: " + today.AddDate(0, 0, days).Format(time.DateOnly)
	}
	b := h.browse().signIn(h.Ben)
	for _, c := range []struct {
		days int
		want string
	}{
		{-366, "366 days overdue"},
		{-1, "1 day overdue"},
		{0, "Today"},
		{1, "In 1 day"},
		{30, "In 30 days"},
		{31, "There is nothing to read again within 30 days"},
	} {
		h.swap("en/faq/withdrawals.md", "updated: 2026-10-12", on(c.days), "ru/faq/withdrawals.md", "updated: 2026-10-12", on(200))
		p := b.get("/desk/content/reviews")
		p.want(t, http.StatusOK, c.want)
		if overdue := strings.Contains(p.Body, `id="overdue"`); overdue != (c.days < 0) {
			t.Errorf("in %d days: overdue is %v", c.days, overdue)
		}
		p.lacks(t, "Вывод средств")
	}
	h.swap("en/faq/withdrawals.md", "updated: 2026-10-12", on(-3), "ru/faq/withdrawals.md", "updated: 2026-10-12", on(5))
	b.get("/desk/content/reviews").want(t, http.StatusOK, "3 days overdue", "In 5 days", "Вывод средств", `href="https://git.example/edit/en/faq/withdrawals.md#L1"`)
	b.get("/desk/content/reviews?lang=ru").want(t, http.StatusOK, "No article is overdue", "In 5 days")
	b.get("/desk/content").want(t, http.StatusOK, "1 article overdue, due soon: 1")
	h.browse().signIn(h.Anna).get("/desk/content/reviews").want(t, http.StatusOK, "Просрочено на 3 дня", "Через 5 дней")
}

func TestTheStateSumsUpThePagesBelow(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.views(kb.EN, "faq/withdrawals", 21, 1)
	h.say(kb.EN, "faq/withdrawals", "", false, 2)
	h.asked("where is my cashback", "no_answer")
	b := h.browse().signIn(h.Ben)
	p := b.get("/desk/content?days=7&lang=ru&kind=terms") // it has no choices
	p.want(t, http.StatusOK, "21 views in 30 days", "1 passage did not help in 30 days", "1 question without an answer in 30 days", `class="pressing"`)
	for _, link := range p.links(`href="(/desk/content[^"]*)"`) {
		b.get(link).want(t, http.StatusOK, `aria-current="page"`)
	}
	b.get("/desk/content/articles?days=7&lang=ru").want(t, http.StatusOK, `href="/desk/content/questions?days=7&amp;lang=ru"`)
	newBrowser(t, b.base).get("/desk/content/questions").want(t, http.StatusSeeOther)
}
