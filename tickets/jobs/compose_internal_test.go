package jobs

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/tickets"
)

// desk returns a configuration whose letters are one text.
func desk(t *testing.T, text kb.Letter) Config {
	t.Helper()
	moscow, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	return Config{
		Letter:   func(kb.Locale, string) (kb.Letter, bool) { return text, true },
		Category: func(kb.Locale, string) string { return "Withdrawals" },
		Helpline: func(kb.Locale) string { return "8-800" },
		BaseURL:  "https://help.demo.example", Operator: "Demo Bet", Zone: moscow,
		DisputeService: func(l kb.Locale) string { return "none " + string(l) },
	}
}

// TestWhatWasDecidedStandsInTheLetter: dates in the letter's language and the operator's zone, with
// the time where hours matter; links are whole.
func TestWhatWasDecidedStandsInTheLetter(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.December, 21, 22, 30, 0, 0, time.UTC) // the 22nd in Moscow
	midnight := time.Date(2026, time.December, 31, 21, 0, 0, 0, time.UTC)
	letter := tickets.Letter{
		Kind: tickets.LetterExtension, Number: "K7M2-Q9XT", Token: "token",
		Values: map[string]string{"reason": "Банк молчит.", "outcome": "partly", "files-link": "/ru/files/x"},
		Dates:  map[string]time.Time{"due": at, "due-first": at, "due-final": midnight, "received": at, "next": at, "until": at},
	}
	for _, c := range []struct {
		locale kb.Locale
		kind   tickets.LetterKind
		body   string
		want   string
	}{
		{kb.RU, tickets.LetterExtension, "{{due}}", "22 декабря 2026 года"},
		{kb.EN, tickets.LetterExtension, "{{due}}", "22 December 2026"},
		{kb.RU, tickets.LetterExtension, "{{due-first}}", "22 декабря 2026 года, 01:30 MSK"},
		{kb.EN, tickets.LetterExtension, "{{until}}", "22 December 2026, 01:30 MSK"},
		{kb.EN, tickets.LetterExtension, "{{received}}", "22 December 2026, 01:30 MSK"},
		{kb.EN, tickets.LetterExtension, "{{due-final}}", "31 December 2026"},
		{kb.EN, tickets.LetterExtension, "{{next}}", "22 December 2026"},
		{kb.EN, tickets.LetterOutOfHours, "{{next}}", "22 December 2026, 01:30 MSK"},
		{kb.RU, tickets.LetterFinal, "{{outcome}}", "жалоба удовлетворена частично"},
		{kb.EN, tickets.LetterFinal, "{{outcome}}", "complaint upheld in part"},
		{kb.EN, tickets.LetterFinal, "{{dispute-service}}", "none en"},
		{kb.RU, tickets.LetterExtension, "{{link}}", "https://help.demo.example/ru/requests/token"},
		{kb.RU, tickets.LetterDataFulfilled, "{{files-link}}", "https://help.demo.example/ru/files/x"},
		{kb.RU, tickets.LetterExtension, "{{number}}: {{reason}} {{category}}", "K7M2-Q9XT: Банк молчит. Withdrawals"},
	} {
		letter.Locale, letter.Kind = c.locale, c.kind
		m, err := desk(t, kb.Letter{Name: string(c.kind), Subject: "s", Body: c.body + "\n"}).compose(letter)
		body, _ := strings.CutSuffix(m.Body, caution(c.locale)+"\n")
		got := strings.ReplaceAll(strings.TrimSpace(body), "\u00a0", " ")
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("%s of %s in %s: %v (-want +got):\n%s", c.body, c.kind, c.locale, err, diff)
		}
		if !strings.Contains(m.HTML, `lang="`+string(c.locale)+`"`) {
			t.Errorf("no HTML of %s", c.body)
		}
	}
}

// TestALettersOwnLinkWins: to documents, or to confirm an address.
func TestALettersOwnLinkWins(t *testing.T) {
	t.Parallel()
	c := desk(t, kb.Letter{Name: "upload-link", Subject: "s", Body: "{{link}}\n"})
	m, err := c.compose(tickets.Letter{Kind: tickets.LetterUploadLink, Locale: kb.EN, Token: "token", Values: map[string]string{"link": "/en/upload/once"}})
	if err != nil || !strings.HasPrefix(m.Body, "https://help.demo.example/en/upload/once\n\n") {
		t.Errorf("%q, %v", m.Body, err)
	}
}

// TestADateThatWasNotGivenIsAGap: the zero time is no date.
func TestADateThatWasNotGivenIsAGap(t *testing.T) {
	t.Parallel()
	c := desk(t, kb.Letter{Name: "extension", Subject: "s", Body: "{{due}}\n"})
	_, err := c.compose(tickets.Letter{Kind: tickets.LetterExtension, Locale: kb.EN, Dates: map[string]time.Time{"due": {}}})
	var unfilled *kb.UnfilledError
	if !errors.As(err, &unfilled) {
		t.Errorf("%v", err)
	}
}
