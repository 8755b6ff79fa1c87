package desk_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// tell records a reader's word on an article with a reason, some time ago.
func (h *house) tell(l kb.Locale, article string, helped bool, reason string, ago time.Duration) {
	h.t.Helper()
	ref := kb.Ref{Locale: l, Article: article, Revision: "0123456789ab"}
	err := h.Store.RecordFeedback(h.t.Context(), tickets.Feedback{Ref: ref, Helped: helped, Reason: reason, At: time.Now().Add(-ago)})
	if err != nil {
		h.t.Fatal(err)
	}
}

const day = 24 * time.Hour

func TestReadersWordsAreShownNewestFirst(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.tell(kb.EN, "faq/withdrawals", false, "third", 3*time.Hour)
	h.tell(kb.RU, "faq/withdrawals", false, "второй", 2*time.Hour)
	h.tell(kb.EN, "faq/gone", false, "first", time.Hour)
	h.tell(kb.EN, "faq/withdrawals", true, "", 90*time.Minute)
	h.tell(kb.EN, "faq/withdrawals", false, "", 4*time.Hour)
	h.tell(kb.EN, "faq/withdrawals", true, "fourth", 10*day)
	h.tell(kb.EN, "faq/withdrawals", false, "fifth", 40*day)
	h.tell(kb.EN, "faq/withdrawals", false, "too old", 100*day)
	b := h.browse().signIn(h.Ben)
	const click = "Clicked, wrote nothing"
	for query, want := range map[string]string{
		"":                            "first|второй|third|fourth",
		"?days=7":                     "first|второй|third",
		"?days=90":                    "first|второй|third|fourth|fifth",
		"?lang=ru":                    "второй",
		"?article=faq/gone":           "first",
		"?article=faq/withdrawals":    "второй|third|fourth",
		"?said=no":                    "first|второй|third|" + click,
		"?said=yes":                   click + "|fourth",
		"?said=all&days=7":            "first|" + click + "|второй|third|" + click,
		"?said=yes&lang=en&days=7":    click,
		"?said=%27&article=..&lang=x": "first|второй|third|fourth",
		"?before=9.x&days=x":          "first|второй|third|fourth",
		"?before=1.1":                 "",
	} {
		p := b.get("/desk/content/feedback" + query)
		p.want(t, http.StatusOK, `aria-current="page">Readers&#39; words</a>`)
		var got []string
		for _, cell := range p.links(`<td class="what">(.*?)</td>`) {
			got = append(got, tags.ReplaceAllString(cell, ""))
		}
		if got := strings.Join(got, "|"); got != want {
			t.Errorf("%s shows %q, want %q", query, got, want)
		}
	}
	p := b.get("/desk/content/feedback?days=90")
	p.want(t, http.StatusOK, "5 comments in 90 days", `<bdi dir="auto" lang="ru">второй</bdi>`,
		`<a href="/ru/faq/withdrawals" lang="ru">Вывод средств</a>`, `<a href="https://git.example/edit/ru/faq/withdrawals.md#L1"`,
		"<b>No</b>", ">Yes</td>", "2 hours ago</time>", `<span lang="en">faq/gone</span>`, "not in the content any more", "deleted after 400 days")
	b.get("/desk/content/feedback?said=all&lang=en").want(t, http.StatusOK, "5 responses in 30 days",
		`<option value="all" selected>`, `<option value="en" selected>`)
	b.get("/desk/content/feedback?article=faq/withdrawals").want(t, http.StatusOK,
		`<optgroup label="FAQ"><option value="faq/withdrawals" selected>Withdrawals</option></optgroup>`)
	b.get("/desk/content/feedback?article=faq/gone").want(t, http.StatusOK,
		`<optgroup label="not in the content any more"><option value="faq/gone" selected>faq/gone</option></optgroup>`)
	b.get("/desk/content").want(t, http.StatusOK, `<li class="pressing"><a href="/desk/content/feedback">`, "4 comments in 30 days")
	// What is said against an article leads to what was said.
	found := b.get("/desk/content/passages").links(`href="(/desk/content/feedback[?]article[^"]*)"`)
	if want := "/desk/content/feedback?article=faq%2Fwithdrawals&lang=ru&said=no"; !slices.Contains(found, want) {
		t.Errorf("the passages lead to %q, want %s", found, want)
	}
	h.browse().signIn(h.Anna).get("/desk/content/feedback?days=90").want(t, http.StatusOK, "Слова читателей",
		"5 отзывов с текстом за 90 дней", "<b>Нет</b>", "2 часа назад", "удаляются через 400 дней")
}

var tags = regexp.MustCompile(`<[^>]*>`)

func TestReadersWordsAreMaskedAndHeldBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.tell(kb.EN, "faq/withdrawals", false, "<b>ann@example.com</b>, +44 20 7946 0018,\n card 4242\n\n\n\n\n\n\n\n4242, id 12345678, for €2,000", time.Minute)
	// As if the triage had not known these words then.
	h.tell(kb.EN, "faq/withdrawals", false, "i want to kill myself", 2*time.Minute)
	h.tell(kb.RU, "faq/withdrawals", false, "я не хочу больше жить", 3*time.Minute)
	p := h.browse().signIn(h.Ben).get("/desk/content/feedback")
	p.want(t, http.StatusOK, "3 comments", "&lt;b&gt;•••••&lt;/b&gt;, •••••, card •••••, id •••••, for €2,000",
		"<b>Held back</b>", "for a person, not for editing")
	p.lacks(t, "ann@", "example.com", "7946", "4242", "12345678", "kill", "жить")
	if n := strings.Count(p.Body, "Held back"); n != 2 {
		t.Errorf("%d are held back, want 2", n)
	}
	p = h.browse().signIn(h.Anna).get("/desk/content/feedback")
	p.want(t, http.StatusOK, "3 отзыва с текстом", "<b>Текст скрыт</b>", "для человека, а не для правки")
	p.lacks(t, "kill", "жить", "4242")
}

func TestReadersWordsGoOnOverPages(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for i := range 101 {
		h.tell(kb.RU, "faq/withdrawals", false, fmt.Sprintf("word %03d.", i), time.Duration(i)*time.Minute)
	}
	b := h.browse().signIn(h.Ben)
	p := b.get("/desk/content/feedback?days=7&lang=ru&article=faq/withdrawals&said=no")
	p.want(t, http.StatusOK, "101 responses in 7 days", "word 000.", "word 099.")
	p.lacks(t, "word 100.", "The newest")
	older := p.links(`href="([^"]*)" rel="next">Older`)
	if len(older) != 1 {
		t.Fatalf("older: %q", older)
	}
	p = b.get(older[0])
	p.want(t, http.StatusOK, "101 responses in 7 days", "word 100.", `<option value="no" selected>`, `<option value="7" selected>`,
		`href="/desk/content/feedback?article=faq%2Fwithdrawals&amp;days=7&amp;lang=ru&amp;said=no">The newest`)
	p.lacks(t, "word 099.", ">Older<")
}

func TestNoWordsOfReadersAreExplained(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ben, anna := h.browse().signIn(h.Ben), h.browse().signIn(h.Anna)
	p := ben.get("/desk/content/feedback")
	p.want(t, http.StatusOK, "0 comments in 30 days", "no reader has written a comment", "they may write what was missing",
		`<a href="/desk/content/feedback?said=all">Show clicks without a comment too`)
	anna.get("/desk/content/feedback").want(t, http.StatusOK, "0 отзывов с текстом за 30 дней", "никто из читателей ничего не написал", "он может написать, чего не хватило")
	ben.get("/desk/content/feedback?said=all").want(t, http.StatusOK, "nobody has said whether an article helped", "they may write what was missing")
	ben.get("/desk/content/feedback?said=yes").want(t, http.StatusOK, "there is no such response", "Choose a longer period")
	ben.get("/desk/content/feedback?lang=ru&article=faq/withdrawals").want(t, http.StatusOK, "there is no such response", "Choose a longer period",
		`<a href="/desk/content/feedback?article=faq%2Fwithdrawals&amp;lang=ru&amp;said=all">Show clicks`)
	ben.get("/desk/content/feedback?before=1.1").want(t, http.StatusOK, "nothing older", `href="/desk/content/feedback">The newest`)
	ben.get("/desk/content").want(t, http.StatusOK, "0 comments in 30 days")
	newBrowser(t, ben.base).get("/desk/content/feedback").want(t, http.StatusSeeOther)
}
