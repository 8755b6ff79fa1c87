package postgres_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres/postgrestest"
)

func week() tickets.Period { return tickets.LastDays(7, time.Now(), time.UTC) }

// viewsOf returns n views of an article some days ago.
func viewsOf(article string, n, daysAgo int) tickets.Views {
	return tickets.Views{Day: tickets.Day(time.Now(), time.UTC).AddDate(0, 0, -daysAgo), Locale: kb.RU, Article: article, Count: n}
}

func (d *desk) addViews(views ...tickets.Views) {
	d.t.Helper()
	if err := d.AddViews(d.t.Context(), views); err != nil {
		d.t.Fatal(err)
	}
}

// use returns the use of the last seven days, in order of place.
func (d *desk) use() []tickets.Use {
	d.t.Helper()
	uses, err := d.ContentUse(d.t.Context(), week())
	if err != nil {
		d.t.Fatal(err)
	}
	return uses
}

var byPlace = cmpopts.SortSlices(func(a, b tickets.Use) bool {
	return fmt.Sprint(a.Locale, a.Article, a.Anchor) < fmt.Sprint(b.Locale, b.Article, b.Anchor)
})

func TestViewsOfAllReplicasAddUp(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := postgrestest.Open(t, d.url)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			store, views := d.Store, []tickets.Views{viewsOf("faq/a", 1, 0), viewsOf("faq/b", 2, 0), viewsOf("faq/a", 3, 1)}
			if i%2 == 0 {
				store, views[0], views[2] = other, views[2], views[0]
			}
			if err := store.AddViews(t.Context(), views); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	d.addViews() // nothing to add
	want := []tickets.Use{{Locale: kb.RU, Article: "faq/a", Views: 80}, {Locale: kb.RU, Article: "faq/b", Views: 40}}
	if diff := cmp.Diff(want, d.use(), byPlace); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := d.count(`SELECT count(*) FROM article_views`); n != 3 {
		t.Errorf("%d rows, want one for each day and article", n)
	}
}

func TestAnArticleWithTooLongANameKeepsNoOtherFromBeingCounted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.addViews(viewsOf("faq/"+strings.Repeat("a", 200), 1, 0), viewsOf("faq/a", 2, 0))
	want := []tickets.Use{{Locale: kb.RU, Article: "faq/a", Views: 2}}
	if diff := cmp.Diff(want, d.use(), byPlace); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUseIsOfThePeriodOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.addViews(viewsOf("faq/a", 1, 0), viewsOf("faq/a", 2, 6), viewsOf("faq/a", 4, 7))
	ref := kb.Ref{Locale: kb.RU, Article: "faq/a", Revision: "0123456789ab"}
	for _, at := range []time.Time{week().Since, week().Since.Add(-time.Second)} {
		if err := d.RecordFeedback(t.Context(), tickets.Feedback{Ref: ref, At: at}); err != nil {
			t.Fatal(err)
		}
	}
	want := []tickets.Use{{Locale: kb.RU, Article: "faq/a", Views: 3, Unhelped: 1}}
	if diff := cmp.Diff(want, d.use(), byPlace); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUseTellsWhatReadersSaidOfEachPassage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i, c := range []struct {
		anchor string
		helped bool
	}{{"", true}, {"", false}, {"how-long", false}} {
		ref := kb.Ref{Locale: kb.RU, Article: "terms/payments", Anchor: c.anchor, Revision: fmt.Sprintf("%012x", i)}
		if err := d.RecordFeedback(t.Context(), tickets.Feedback{Ref: ref, Helped: c.helped, At: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	for i, c := range []struct {
		channel, verdict string
		outcome          tickets.AskOutcome
	}{
		{"search", "answered", tickets.AskOutcomeTicket},
		{"api", "answered", tickets.AskOutcomeSolved},
		{"search", "answered", tickets.AskOutcomeNone},    // silence is not a word
		{"search", "suggested", tickets.AskOutcomeTicket}, // not what the player was told is the answer
		{"contact", "answered", tickets.AskOutcomeTicket}, // may never have been unfolded
	} {
		a := anAsk("", cited("how-long", "Сутки."))
		a.Key, a.Channel, a.Verdict, a.Outcome = fmt.Sprintf("%032x", i), c.channel, c.verdict, c.outcome
		if err := d.RecordAsk(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	want := []tickets.Use{
		{Locale: kb.RU, Article: "terms/payments", Helped: 1, Unhelped: 1},
		{Locale: kb.RU, Article: "terms/payments", Anchor: "how-long", Unhelped: 1, Solved: 1, Wrote: 1},
	}
	if diff := cmp.Diff(want, d.use(), byPlace); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPurgeRemovesOldViews(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.addViews(viewsOf("faq/a", 1, 399), viewsOf("faq/b", 1, 402))
	if err := d.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := d.count(`SELECT count(*) FROM article_views WHERE article = 'faq/a'`); n != 1 {
		t.Error("views of this year are gone")
	}
	if n := d.count(`SELECT count(*) FROM article_views`); n != 1 {
		t.Errorf("%d rows after the purge, want 1", n)
	}
}
