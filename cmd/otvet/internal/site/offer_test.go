package site_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"otvet/tickets/postgres/postgrestest"
)

// writer fills in the contact form as the script does: it sends what is typed and keeps
// what the form is told to keep.
type writer struct {
	*visitor
	form url.Values
}

func newWriter(v *visitor) *writer {
	return &writer{v, message("0123456789abcdef0123456789abcdef")}
}

var (
	kept   = regexp.MustCompile(`data-part="offers" data-ask="([0-9a-f]{32})" data-showings="(\d+)"`)
	solves = regexp.MustCompile(`/en/asks/([0-9a-f]{32})/solved`)
)

// types puts a question into the form and returns what comes to stand beside it.
func (w *writer) types(question string) string {
	w.t.Helper()
	w.form.Set("subject", question)
	fragment := w.post("/en/contact/answers", w.form).Body.String()
	if m := kept.FindStringSubmatch(fragment); m != nil {
		w.form.Set("ask", m[1])
		w.form.Set("showings", m[2])
	}
	return fragment
}

const (
	aboutOdds = "What are the minimum odds for bonus wagering?"
	aboutTime = "How long does a withdrawal take?"
)

// The desk must show what the player was shown, not only what was shown first.
func TestEachAnswerBesideTheFormIsAnAskOfItsOwn(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	w := newWriter(newVisitor(t, newHandler(t, engine(t), store)))
	var shown []string
	for _, question := range []string{aboutOdds, aboutOdds + " Please", aboutTime, aboutOdds} {
		shown = append(shown, w.types(question))
	}
	var keys []string
	for _, fragment := range shown {
		m := solves.FindStringSubmatch(fragment)
		if m == nil {
			t.Fatalf("no answer can be said to solve it: %s", fragment)
		}
		keys = append(keys, m[1])
	}
	if keys[0] != keys[1] || keys[1] == keys[2] || keys[2] == keys[3] || keys[0] == keys[3] {
		t.Errorf("the showings have the keys %q", keys)
	}
	w.post("/en/asks/"+keys[2]+"/solved", nil)
	asks := dossier(t, w.visitor, store).Asks
	if len(asks) != 3 {
		t.Fatalf("the ticket has %d asks, want 3", len(asks))
	}
	for i, fragment := range []string{shown[0], shown[2], shown[3]} {
		if got, want := len(asks[i].Shown), strings.Count(fragment, "<details"); got != want {
			t.Errorf("ask %d was kept with %d passages of %d", i, got, want)
		}
		for _, c := range asks[i].Shown {
			if !strings.Contains(fragment, html.EscapeString(c.Heading)) {
				t.Errorf("ask %d holds %q, which was not shown", i, c.Heading)
			}
		}
	}
	if asks[0].Outcome == "solved" || asks[1].Outcome != "solved" {
		t.Errorf("the outcomes are %q and %q", asks[0].Outcome, asks[1].Outcome)
	}
}

// What is related to the answer is shown with it, and kept with it.
func TestWhatIsRelatedIsKeptToo(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	w := newWriter(newVisitor(t, newHandler(t, engine(t), store)))
	fragment := w.types(aboutTime)
	asks := dossier(t, w.visitor, store).Asks
	if n := strings.Count(fragment, "<details"); n < 2 || len(asks) != 1 || len(asks[0].Shown) != n {
		t.Errorf("%d passages were shown, and kept: %+v", n, asks)
	}
}

func TestAFormShowsTenAnswersAtMost(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	w := newWriter(newVisitor(t, newHandler(t, engine(t), store)))
	for range 6 {
		w.types(aboutOdds)
		w.types(aboutTime)
	}
	if last := w.types(aboutOdds); strings.Contains(last, `data-part="offers"`) {
		t.Errorf("an eleventh answer takes the place of the tenth: %s", last)
	}
	if asks := dossier(t, w.visitor, store).Asks; len(asks) != 10 {
		t.Errorf("the ticket has %d asks, want 10", len(asks))
	}
}

// An answer that is being read stays, so another must not be kept as shown.
func TestNothingIsOfferedToAReader(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	w := newWriter(newVisitor(t, newHandler(t, engine(t), store)))
	w.types(aboutOdds)
	w.form.Set("reading", "yes")
	fragment := w.types(aboutTime + " 4111 1111 1111 1111")
	if strings.Contains(fragment, `data-part="offers"`) || !strings.Contains(fragment, "•••• 1111") {
		t.Errorf("a reader was shown %s", fragment)
	}
	if asks := dossier(t, w.visitor, store).Asks; len(asks) != 1 {
		t.Errorf("the ticket has %d asks, want 1", len(asks))
	}
}

// Without script the step between Continue and Send keeps the same record.
func TestTheStepWithAnswersIsOneAsk(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	v := newVisitor(t, newHandler(t, engine(t), store))
	form := message("0123456789abcdef0123456789abcdef")
	form.Set("subject", aboutOdds)
	form.Set("step", "offer")
	field := regexp.MustCompile(`name="(ask|showings)" value="([^"]*)"`)
	for range 3 {
		page := v.post("/en/contact", form).Body.String()
		if !strings.Contains(page, `<button name="step" value="send">`) {
			t.Fatal("the step with answers does not send as the last step")
		}
		for _, m := range field.FindAllStringSubmatch(page, -1) {
			form.Set(m[1], m[2])
		}
	}
	if asks := dossier(t, v, store).Asks; len(asks) != 1 || len(asks[0].Shown) == 0 {
		t.Errorf("the ticket has the asks %+v", asks)
	}
}
