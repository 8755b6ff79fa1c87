package desk_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"otvet/kb"
	"otvet/search"
	"otvet/tickets"
)

func TestContentShowsWhatServesAndWhatWasRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse().signIn(h.Ben)
	good := b.get("/desk/content")
	good.want(t, http.StatusOK, h.Engine.Status().Revision, "4 passages", "The newest content serves", "Russian", "1 article")
	good.lacks(t, "badge")

	broken := articles(t)
	text := string(broken["ru/faq/withdrawals.md"].Data)
	broken["ru/faq/withdrawals.md"] = &fstest.MapFile{Data: []byte(text + "\n## <i>Пусто</i> {#empty}\n")}
	h.watch(broken)
	refused := b.get("/desk/content")
	refused.want(t, http.StatusOK, "A newer version of the content was refused", "badge", "problem",
		`<a href="https://git.example/edit/ru/faq/withdrawals.md#L19"`, "<code>ru/faq/withdrawals.md:19:1</code>")
	refused.lacks(t, "The newest content serves", "<i>Пусто")
	b.get("/desk").want(t, http.StatusOK, "badge")
}

// watch lets the engine try a folder until it has refused it.
func (h *house) watch(fsys fstest.MapFS) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 20*time.Second)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		h.Engine.Watch(ctx, fsys, time.Millisecond, slog.New(slog.DiscardHandler))
	}()
	for len(h.Engine.Status().Problems) == 0 && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
	}
	cancel()
	<-ended
	if len(h.Engine.Status().Problems) == 0 {
		h.t.Fatal("the content was not refused")
	}
}

// ask records a question with what it showed, and returns the citation.
func (h *house) ask(visit, question string) kb.Citation {
	h.t.Helper()
	answer, err := h.Engine.Answer(h.t.Context(), search.Query{Text: question, Locale: kb.EN})
	if err != nil || len(answer.Citations) == 0 {
		h.t.Fatalf("answer: %+v %v", answer, err)
	}
	err = h.Store.RecordAsk(h.t.Context(), tickets.Ask{
		Key: strings.Repeat("0123456789abcdef", 2), Visit: visit, Channel: "search", Question: question, Locale: kb.EN,
		Verdict: string(answer.Verdict), Confidence: answer.Confidence, Shown: answer.Citations, At: time.Now(),
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return answer.Citations[0]
}

func TestTicketShowsWhatThePlayerHadSearchedAndBeenShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.ask("visit-of-a-player", "how long does a withdrawal take")
	n := h.open("Still waiting", func(n *tickets.NewTicket) { n.Visit = "visit-of-a-player" }).Ticket.Number
	b := h.browse().signIn(h.Ben)
	address := "/desk/citations?ref=" + url.QueryEscape(c.Ref.String())
	p := b.get("/desk/tickets/" + string(n))
	p.want(t, http.StatusOK, "how long does a withdrawal take", "How long does a withdrawal take?", "wrote to us all the same",
		strings.ReplaceAll(`href="`+address, "+", "&#43;"))
	other := h.open("Another")
	b.get("/desk/tickets/"+string(other.Ticket.Number)).want(t, http.StatusOK, "Nothing is known of a search")
	b.get(address).want(t, http.StatusOK, "still what the help section says", "<mark>"+c.Quote+"</mark>", "Weekends do not count")
}

func TestCitationSaysWhenTheContentHasChangedSince(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.ask("visit", "how long does a withdrawal take")
	b := h.browse().signIn(h.Ben)
	address := "/desk/citations?ref=" + url.QueryEscape(c.Ref.String())
	edited := func(old, words string) fstest.MapFS {
		fsys := articles(t)
		text := strings.Replace(string(fsys["en/faq/withdrawals.md"].Data), old, words, 1)
		fsys["en/faq/withdrawals.md"] = &fstest.MapFile{Data: []byte(text)}
		return fsys
	}
	for _, step := range []struct{ old, words, want string }{
		{"€2,000 a day", "€3,000 a day", "this passage reads the same"},
		{"up to 24 hours", "up to 48 hours", "what the passage says now"},
		{"{#how-long}", "{#duration}", "no longer in the help section"},
	} {
		// The Russian article keeps its anchors: a missing translation is a problem that this test looks past.
		lib, _ := kb.Load(edited(step.old, step.words), time.Now())
		if err := h.Engine.Swap(lib); err != nil {
			t.Fatal(err)
		}
		b.get(address).want(t, http.StatusOK, step.want, "up to 24 hours")
	}
	for _, ref := range []string{"", "nonsense", "en/faq/withdrawals#how-long@ffffffffffff", "../../etc/passwd", "en/faq/<script>#x@1"} {
		b.get("/desk/citations?ref="+url.QueryEscape(ref)).want(t, http.StatusNotFound)
	}
}
