package kb_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
)

// TestVersionInForce asks on several days which version of the clean tree's Terms
// holds, and when to ask again.
func TestVersionInForce(t *testing.T) {
	t.Parallel()
	tests := []struct{ now, inForce, nextChange string }{
		{"2025-10-31", "", "2025-11-01"},
		{"2025-11-01", "2025-11-01", "2026-06-01"},
		{"2026-05-31", "2025-11-01", "2026-06-01"},
		{"2026-06-01", "2026-06-01", "2027-01-01"},
		{"2026-12-31", "2026-06-01", "2027-01-01"},
		{"2027-01-01", "2027-01-01", ""},
	}
	for _, tt := range tests {
		lib, _ := kb.Load(cleanTree(t), date(tt.now))
		inForce, nextChange := "", ""
		if a, ok := lib.Article(kb.RU, "terms/payments"); ok {
			inForce = a.Effective.Format("2006-01-02")
		}
		if next := lib.NextChange(); !next.IsZero() {
			nextChange = next.Format("2006-01-02")
		}
		if inForce != tt.inForce || nextChange != tt.nextChange {
			t.Errorf("on %s: in force %q, next change %q; want %q, %q", tt.now, inForce, nextChange, tt.inForce, tt.nextChange)
		}
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(cleanTree(t), date("2025-10-31"))
	tests := []struct {
		id   string
		want []string // files
	}{
		{"terms/payments", []string{"en/terms/payments.md", "en/terms/payments@2026-06-01.md", "en/terms/payments@2025-11-01.md"}},
		{"faq/withdrawals", []string{"en/faq/withdrawals.md"}},
		{"faq/nothing", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, a := range lib.Versions(kb.EN, tt.id) {
			got = append(got, a.File)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Versions(%s) (-want +got):\n%s", tt.id, diff)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	lib := load(t, cleanTree(t), today())
	for _, day := range []string{"2025-11-01", "2026-06-01", "2027-01-01"} {
		if a, ok := lib.Version(kb.RU, "terms/payments", date(day)); !ok || !a.Effective.Equal(date(day)) {
			t.Errorf("Version(%s) = %v, %v", day, a, ok)
		}
	}
	if a, ok := lib.Version(kb.RU, "terms/payments", date("2026-01-01")); ok {
		t.Errorf("a day on which nothing took effect gives %v", a.File)
	}
}

// TestPassageOfAnyVersion resolves the Ref of every section that has a text, as a
// citation shown long ago would.
func TestPassageOfAnyVersion(t *testing.T) {
	t.Parallel()
	lib := load(t, cleanTree(t), today())
	for _, a := range lib.Versions(kb.RU, "terms/payments") {
		for _, s := range a.Sections {
			ref := kb.Ref{Locale: a.Locale, Article: a.ID, Anchor: s.Anchor, Revision: a.Revision}
			p, ok := lib.Passage(ref)
			if ok != (s.Text != "") || ok && (p.Text != s.Text || !p.Effective.Equal(a.Effective)) {
				t.Errorf("Passage(%s) = %q, %v; the section's text is %q", ref, p.Text, ok, s.Text)
			}
		}
	}
	if _, ok := lib.Passage(kb.Ref{Locale: kb.RU, Article: "faq/withdrawals", Anchor: "limits", Revision: "000000000000"}); ok {
		t.Error("a Ref of an unknown revision resolves")
	}
}

func TestPassagesAreTheLibrarys(t *testing.T) {
	t.Parallel()
	lib := load(t, cleanTree(t), today())
	for _, loc := range kb.Locales() {
		for _, p := range lib.Passages(loc) {
			got, ok := lib.Passage(p.Ref)
			if diff := cmp.Diff(p, got); !ok || diff != "" {
				t.Errorf("Passage(%s) (-want +got):\n%s", p.Ref, diff)
			}
		}
	}
}

func TestArticlesAreOrdered(t *testing.T) {
	t.Parallel()
	article := func(title, category string) string {
		return "---\ntitle: " + title + "\ncategory: " + category + "\nsummary: S.\nupdated: 2026-10-12\n---\n\nText.\n"
	}
	var edits []edit
	for _, loc := range []string{"ru", "en"} {
		edits = append(edits,
			put(loc+"/help/a.md", article("B", "account")),
			put(loc+"/help/b.md", article("A", "account")),
			put(loc+"/help/c.md", article("C", "withdrawals")))
	}
	lib := load(t, cleanTree(t, edits...), today())
	var got []string
	for _, a := range lib.Articles(kb.EN) {
		got = append(got, a.ID)
	}
	want := []string{"faq/withdrawals", "help/c", "help/first-withdrawal", "help/b", "help/a", "terms/payments"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
}

func TestRelated(t *testing.T) {
	t.Parallel()
	lib := load(t, cleanTree(t), today())
	a, _ := lib.Article(kb.EN, "help/first-withdrawal")
	tests := []struct {
		n    int
		want []string
	}{
		{0, nil},
		{1, []string{"faq/withdrawals"}},
		{9, []string{"faq/withdrawals", "terms/payments"}},
	}
	for _, tt := range tests {
		var got []string
		for _, r := range lib.Related(a, tt.n) {
			got = append(got, r.ID)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Related(%d) (-want +got):\n%s", tt.n, diff)
		}
	}
}

func TestCitationKeepsWhatWasShown(t *testing.T) {
	t.Parallel()
	lib := load(t, cleanTree(t), today())
	a, _ := lib.Article(kb.EN, "terms/payments")
	p, _ := lib.Passage(kb.Ref{Locale: kb.EN, Article: a.ID, Anchor: "c1-2", Revision: a.Revision})
	want := kb.Citation{
		Ref: p.Ref, Kind: kb.Terms, Title: "Payment terms", Clause: "1.2", Heading: "Amount",
		Effective: date("2026-06-01"), Quote: "At least €20.", Text: "At least €20.",
	}
	if diff := cmp.Diff(want, p.Citation("At least €20.")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLookUpsOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	lib := load(t, cleanTree(t), today())
	_, article := lib.Article(kb.RU, "faq/nothing")
	_, category := lib.Category(kb.RU, "nothing")
	_, letter := lib.Letter(kb.RU, "nothing")
	_, locale := lib.Article("de", "faq/withdrawals")
	if article || category || letter || locale || lib.Passages("de") != nil {
		t.Error("something that does not exist was found")
	}
	if c, ok := lib.Category(kb.EN, "account"); !ok || c.Title != "Account" {
		t.Errorf("Category(account) = %v, %v", c, ok)
	}
}
