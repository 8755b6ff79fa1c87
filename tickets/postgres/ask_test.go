package postgres_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/tickets"
)

// cited is a citation of a clause of the Terms.
func cited(anchor, quote string) kb.Citation {
	return kb.Citation{
		Ref:  kb.Ref{Locale: kb.RU, Article: "terms/payments", Anchor: anchor, Revision: "0123456789ab"},
		Kind: kb.Terms, Title: "Платежи", Clause: "4.2", Heading: "Сроки",
		Effective: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Quote: quote, Text: "Сутки. Нет.",
	}
}

func anAsk(key string, shown ...kb.Citation) tickets.Ask {
	return tickets.Ask{
		Key: strings.Repeat(key, 32), Channel: "search", Question: "сколько ждать", Locale: kb.RU,
		Verdict: "answered", Confidence: 0.9, Shown: shown, At: time.Now(),
	}
}

func TestACitationStaysAsItWasShown(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	shown := cited("how-long", "Сутки.")
	if _, err := d.Citation(t.Context(), shown.Ref); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("before it was shown: %v", err)
	}
	if _, err := d.Citation(t.Context(), kb.Ref{Locale: kb.RU, Article: "a\x00", Revision: "\xff"}); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("of no text: %v", err)
	}
	record := func(a tickets.Ask) {
		t.Helper()
		if err := d.RecordAsk(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	record(anAsk("a", shown))
	record(anAsk("a", shown)) // sent again
	rewritten := shown
	rewritten.Text, rewritten.Quote = "Другое.", "Нет."
	record(anAsk("b", rewritten))

	want := shown
	want.Quote = "Нет."
	got, err := d.Citation(t.Context(), shown.Ref)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if n := d.count(`SELECT count(*) FROM asks`); n != 2 {
		t.Errorf("%d asks, want 2", n)
	}
}

// Asks that show the same passages in another order must not wait for each other in a
// circle.
func TestManyAsksAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	began := time.Now()
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			shown := []kb.Citation{cited("a", "1"), cited("b", "2"), cited("c", "3")}
			if i%2 == 0 {
				slices.Reverse(shown)
			}
			for j := range shown {
				shown[j].Ref.Revision = fmt.Sprintf("%012x", i/20)
			}
			a := anAsk("", shown...)
			a.Key = fmt.Sprintf("%032x", i)
			if err := d.RecordAsk(t.Context(), a); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := d.count(`SELECT count(*) FROM ask_citations`); n != 600 {
		t.Errorf("%d citations", n)
	}
	if n := d.count(`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`); n != 0 {
		t.Errorf("%d deadlocks in %v", n, time.Since(began))
	}
}

func TestOutcome(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	a := anAsk("a")
	if err := d.RecordAsk(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if err := d.SetOutcome(t.Context(), a.Key, tickets.AskOutcomeSolved); err != nil {
		t.Error(err)
	}
	if n := d.count(`SELECT count(*) FROM asks WHERE outcome = 'solved'`); n != 1 {
		t.Error("not solved")
	}
	for _, key := range []string{strings.Repeat("f", 32), "", "'", "\x00", "\xff"} {
		if err := d.SetOutcome(t.Context(), key, tickets.AskOutcomeSolved); !errors.Is(err, tickets.ErrNotFound) {
			t.Errorf("key %q: %v", key, err)
		}
	}
	var invalid *tickets.InvalidError
	if err := d.SetOutcome(t.Context(), a.Key, "won"); !errors.As(err, &invalid) {
		t.Errorf("unknown outcome: %v", err)
	}
	if err := d.RecordAsk(t.Context(), tickets.Ask{}); !errors.As(err, &invalid) {
		t.Errorf("empty ask: %v", err)
	}
}

func TestFeedbackOfOneVisitorCountsOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	say := func(visitor, anchor string, helped bool, reason string) {
		t.Helper()
		ref := kb.Ref{Locale: kb.RU, Article: "faq/deposits", Anchor: anchor, Revision: "0123456789ab"}
		if err := d.RecordFeedback(t.Context(), tickets.Feedback{Ref: ref, Visitor: visitor, Helped: helped, Reason: reason, At: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	say("v1", "a", true, "")
	say("v1", "b", false, " непонятно ")
	say("v2", "a", true, "")
	say("", "a", true, "")
	say("", "a", true, "")
	if n := d.count(`SELECT count(*) FROM feedback`); n != 4 {
		t.Errorf("%d words, want 4", n)
	}
	if n := d.count(`SELECT count(*) FROM feedback WHERE NOT helped AND reason = 'непонятно'`); n != 1 {
		t.Error("the second word did not replace the first")
	}
	var invalid *tickets.InvalidError
	if err := d.RecordFeedback(t.Context(), tickets.Feedback{Reason: "\x00"}); !errors.As(err, &invalid) {
		t.Errorf("bad feedback: %v", err)
	}
}
