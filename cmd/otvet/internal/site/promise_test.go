package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"otvet/cmd/otvet/internal/site"
	"otvet/cmd/otvet/internal/web"
	"otvet/tickets/postgres/postgrestest"
)

// expect reports what a page lacks, and what it has that it must not.
func (v *visitor) expect(path string, has, lacks []string) {
	v.t.Helper()
	page := v.get(path).Body.String()
	for _, want := range has {
		if !strings.Contains(page, want) {
			v.t.Errorf("%s lacks %q", path, want)
		}
	}
	for _, bad := range lacks {
		if strings.Contains(page, bad) {
			v.t.Errorf("%s has %q", path, bad)
		}
	}
}

// Without an SMTP server nothing may say that an answer comes by e-mail.
func TestLettersArePromisedOnlyWhenTheyGoOut(t *testing.T) {
	t.Parallel()
	for _, mail := range []bool{false, true} {
		h := newHandler(t, engine(t), postgrestest.Store(t), func(c *site.Config) { c.MailOut = mail })
		v := newVisitor(t, h)
		link := v.open(message("0123456789abcdef0123456789abcdef")) + "?new=1"
		said := map[string][2]string{
			link:                 {"You will read the answer here", "You will receive each answer by e-mail too"},
			"/en/contact":        {"One of the two is enough.", "To an e-mail address we also send the answer."},
			"/ru/contact":        {"Достаточно чего-то одного.", "На адрес почты мы пришлём и ответ."},
			"/en/requests/short": {"Open it from where you kept it.", "from the letter"},
		}
		for path, words := range said {
			if mail {
				v.expect(path, words[1:], nil)
			} else {
				v.expect(path, words[:1], words[1:])
			}
		}
	}
}

// TestTheTimeToAnswerIsThatOfTheRules: pages, content and clocks say the same.
func TestTheTimeToAnswerIsThatOfTheRules(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), unready(t)))
	for _, path := range []string{"", "contact", "faq/withdrawals", "categories/bonuses", "terms/bonuses"} {
		v.expect("/en/"+path, []string{"within 24 hours"}, []string{"%!", "round the clock"})
		v.expect("/ru/"+path, []string{"в течение 24 часов"}, []string{"%!", "круглосуточно"})
	}
}

func TestARequestIsDueWhenTheRulesSay(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), postgrestest.Store(t)))
	link := v.open(message("0123456789abcdef0123456789abcdef"))
	due := time.Now().Add(24 * time.Hour).UTC().Format("2006-01-02T")
	v.expect(link+"?new=1", []string{`answer by <strong><time datetime="` + due}, nil)
}

// The other channels and their times are the operator's content.
func TestTheContactPageNamesNoChannelOfItsOwn(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), unready(t)))
	channels := []string{"Chat in the app", "5 minutes", "Round the clock"}
	v.expect("/en/contact", []string{"This form", `href="/en/help/write-to-support"`}, channels)
}

// A text within the limit of the field comes through, however many bytes it takes.
func TestTheLongestTextIsNotLost(t *testing.T) {
	t.Parallel()
	form := message("0123456789abcdef0123456789abcdef")
	form.Set("body", strings.Repeat("\U0001f3b2", 8000))
	form.Set("step", "edit")
	want := http.StatusOK
	if len(form.Encode()) > web.MaxBody {
		want = http.StatusRequestEntityTooLarge
	}
	w := newVisitor(t, newHandler(t, engine(t), unready(t))).post("/en/contact", form)
	if w.Code != want {
		t.Errorf("%d bytes answered %d, want %d", len(form.Encode()), w.Code, want)
	}
	if kept := strings.Contains(w.Body.String(), form.Get("body")); kept != (want == http.StatusOK) {
		t.Errorf("the text is in the page: %t", kept)
	}
	if n := len(url.QueryEscape(form.Get("body"))); n != 96_000 {
		t.Errorf("the text is %d bytes in a form", n)
	}
}
