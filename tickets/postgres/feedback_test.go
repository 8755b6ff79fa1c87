package postgres_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/tickets"
)

// said records a reader's word on an article, some time ago.
func (d *desk) said(l kb.Locale, article string, helped bool, reason string, ago time.Duration) {
	d.t.Helper()
	ref := kb.Ref{Locale: l, Article: article, Revision: "0123456789ab"}
	err := d.RecordFeedback(d.t.Context(), tickets.Feedback{Ref: ref, Helped: helped, Reason: reason, At: time.Now().Add(-ago)})
	if err != nil {
		d.t.Fatal(err)
	}
}

// reasons returns a page's reasons in its order.
func reasons(p tickets.FeedbackPage) (all []string) {
	for _, f := range p.List {
		all = append(all, f.Reason)
	}
	return all
}

func TestFeedbackIsReadNewestFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.said(kb.RU, "faq/a", false, "третий", 3*time.Minute)
	d.said(kb.EN, "faq/a", false, "first", time.Minute)
	d.said(kb.RU, "faq/b", true, "второй", 2*time.Minute)
	d.said(kb.RU, "faq/a", true, "", 4*time.Minute)
	d.said(kb.RU, "faq/a", false, "давно", time.Since(week().Since)+time.Second)
	for _, c := range []struct {
		name   string
		filter tickets.FeedbackFilter
		want   []string
	}{
		{"all", tickets.FeedbackFilter{}, []string{"first", "второй", "третий", ""}},
		{"Russian", tickets.FeedbackFilter{Locale: kb.RU}, []string{"второй", "третий", ""}},
		{"helped", tickets.FeedbackFilter{Said: tickets.SaidYes}, []string{"второй", ""}},
		{"did not help", tickets.FeedbackFilter{Said: tickets.SaidNo}, []string{"first", "третий"}},
		{"with a reason", tickets.FeedbackFilter{Said: tickets.SaidReason}, []string{"first", "второй", "третий"}},
		{"an article", tickets.FeedbackFilter{Article: "faq/a"}, []string{"first", "третий", ""}},
		{"all at once", tickets.FeedbackFilter{Locale: kb.RU, Article: "faq/a", Said: tickets.SaidReason}, []string{"третий"}},
		{"an article that nobody judged", tickets.FeedbackFilter{Article: "faq/'"}, nil},
	} {
		c.filter.Period = week()
		got, err := d.Feedback(t.Context(), c.filter)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, reasons(got)); diff != "" || got.Total != len(c.want) || got.Older != (tickets.FeedbackMark{}) {
			t.Errorf("%s: %d, older %q (-want +got):\n%s", c.name, got.Total, got.Older, diff)
		}
	}
	got, err := d.Feedback(t.Context(), tickets.FeedbackFilter{Period: week()})
	if err != nil {
		t.Fatal(err)
	}
	want := kb.Ref{Locale: kb.EN, Article: "faq/a", Revision: "0123456789ab"}
	if f := got.List[0]; f.Ref != want || f.Helped || f.Visitor != "" || time.Since(f.At) < time.Minute {
		t.Errorf("%+v", f)
	}
}

// Many words of one moment are told apart too; what comes while a page is read moves
// nothing on the next.
func TestFeedbackIsTurnedWithoutGapsAndRepetitions(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if err := d.sql(`
		INSERT INTO feedback (locale, article, ref, visitor, helped, reason, at)
		SELECT 'ru', 'faq/a', 'ru/faq/a#@0123456789ab', '', false, i::text, now() - make_interval(mins => i / 150)
		FROM generate_series(1, 250) i`); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var sizes []int
	f := tickets.FeedbackFilter{Period: week()}
	for {
		p, err := d.Feedback(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reasons(p) {
			if seen[r] {
				t.Errorf("%s comes twice", r)
			}
			seen[r] = true
		}
		sizes = append(sizes, len(p.List))
		if p.Total != 250+len(sizes)-1 {
			t.Errorf("page %d says %d in all", len(sizes), p.Total)
		}
		if p.Older == (tickets.FeedbackMark{}) || len(sizes) > 5 {
			break
		}
		mark, ok := tickets.ParseFeedbackMark(p.Older.String())
		if f.Before = mark; !ok {
			t.Fatalf("mark %s", p.Older)
		}
		d.said(kb.RU, "faq/a", false, fmt.Sprint("new ", len(sizes)), 0)
	}
	if diff := cmp.Diff([]int{100, 100, 50}, sizes); diff != "" || len(seen) != 250 {
		t.Errorf("%d words on pages (-want +got):\n%s", len(seen), diff)
	}
}

func TestFeedbackRefusesWhatIsNoFilter(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var refused *tickets.InvalidError
	for _, f := range []tickets.FeedbackFilter{{Said: "perhaps"}, {Article: "faq/\x00"}, {Locale: "\xff"}} {
		if _, err := d.Feedback(t.Context(), f); !errors.As(err, &refused) {
			t.Errorf("%+v: %v", f, err)
		}
	}
	far, _ := tickets.ParseFeedbackMark("253402300799999999.9223372036854775807")
	if _, err := d.Feedback(t.Context(), tickets.FeedbackFilter{Before: far}); err != nil {
		t.Errorf("a mark in the year 9999: %v", err)
	}
}

const day = 24 * time.Hour

func TestPurgeRemovesOldWords(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.said(kb.RU, "faq/a", false, "год назад", 399*day)
	d.said(kb.RU, "faq/a", false, "давно", 401*day)
	d.said(kb.RU, "faq/a", true, "", 401*day)
	asked := func(key string, ago time.Duration) tickets.Ask {
		t.Helper()
		a := anAsk(key, cited("how-long", "Сутки."))
		a.At, a.Visit = time.Now().Add(-ago), "visit-of-"+key
		if err := d.RecordAsk(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		return a
	}
	kept, gone, told := asked("a", 399*day), asked("b", 401*day), asked("c", 401*day)
	// A ticket of that day, as its visitor opened it.
	d.open(func(n *tickets.NewTicket) { n.Visit, n.At = told.Visit, told.At })
	if err := d.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what string
		sql  string
		want int
	}{
		{"words in all", `SELECT count(*) FROM feedback`, 1},
		{"words of this year", `SELECT count(*) FROM feedback WHERE reason = 'год назад'`, 1},
		{"asks of this year", `SELECT count(*) FROM asks WHERE key = '` + kept.Key + `'`, 1},
		{"old asks without a ticket", `SELECT count(*) FROM asks WHERE key = '` + gone.Key + `'`, 0},
		{"old asks with a ticket", `SELECT count(*) FROM asks WHERE key = '` + told.Key + `' AND ticket_id IS NOT NULL`, 1},
		{"what asks showed", `SELECT count(*) FROM ask_citations`, 2},
	} {
		if n := d.count(c.sql); n != c.want {
			t.Errorf("%s: %d, want %d", c.what, n, c.want)
		}
	}
	if _, err := d.Citation(t.Context(), cited("how-long", "").Ref); err != nil {
		t.Errorf("the passage that a ticket's player was shown: %v", err)
	}
}

func TestPurgeRemovesWhatHasPiledUpForYears(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, sql := range []string{
		`INSERT INTO asks (key, visit, channel, question, locale, verdict, confidence, outcome, at)
		 SELECT md5(i::text), '', 'search', 'x', 'ru', 'no_answer', 0, '', now() - make_interval(days => 401 + i)
		 FROM generate_series(1, 2500) i`,
		`INSERT INTO feedback (locale, article, ref, visitor, helped, reason, at)
		 SELECT 'ru', 'faq/a', 'ru/faq/a#@0123456789ab', '', false, 'x', now() - make_interval(days => 401 + i)
		 FROM generate_series(1, 2500) i`,
	} {
		if err := d.sql(sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := d.count(`SELECT (SELECT count(*) FROM asks) + (SELECT count(*) FROM feedback)`); n != 0 {
		t.Errorf("%d of 5000 are left", n)
	}
}
