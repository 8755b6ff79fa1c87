package jobs

import (
	"os"
	"strings"
	"testing"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// Every letter to a player says, once, what support never asks for, as text and as HTML.
func TestEveryLetterSaysWhatWeNeverAskFor(t *testing.T) {
	t.Parallel()
	library, _ := kb.Load(os.DirFS("../../content"), time.Now())
	same := func(kb.Locale) string { return "x" }
	c := Config{
		Letter: library.Letter, Operator: "Demo Bet", BaseURL: "https://help.demo.example", Helpline: same, DisputeService: same,
		Category: func(kb.Locale, string) string { return "x" },
	}
	for _, kind := range tickets.LetterKinds() {
		for _, l := range kb.Locales() {
			w, err := c.compose(tickets.Letter{Kind: kind, Locale: l, Values: kb.SampleFields(l)})
			if err != nil {
				t.Errorf("%s %s: %v", l, kind, err)
			}
			want := 1
			if kind == tickets.LetterEnquiryCover {
				want = 0
			}
			if text, page := strings.Count(w.Body, "CVV"), strings.Count(w.HTML, "CVV"); text != want || page != want {
				t.Errorf("%s %s says it %d and %d times, want %d", l, kind, text, page, want)
			}
		}
	}
}
