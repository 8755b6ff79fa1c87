package search_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/search"
)

func TestFiltersNarrowAndCount(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	ask := func(kind kb.Kind, category string) (anchors []string, counts search.Counts) {
		t.Helper()
		got, err := engine.Search(t.Context(), search.Query{Text: "заявка на вывод", Locale: kb.RU, Kind: kind, Category: category})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range got.Hits {
			anchors = append(anchors, h.Passage.Ref.Anchor)
		}
		return anchors, got.Counts
	}
	all, counts := ask("", "")
	if counts.All > len(all) || counts.All < 2 || counts.Kinds[kb.FAQ]+counts.Kinds[kb.Terms] != counts.All {
		t.Fatalf("%q, counted %+v", all, counts)
	}
	terms, narrowed := ask(kb.Terms, "")
	if diff := cmp.Diff([]string{"c1-1"}, terms); diff != "" {
		t.Errorf("Terms (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(counts.Kinds, narrowed.Kinds); diff != "" {
		t.Errorf("a kind changes what is counted of the others (-before +after):\n%s", diff)
	}
	if narrowed.All != counts.Kinds[kb.Terms] || narrowed.Categories["withdrawals"] != narrowed.All {
		t.Errorf("counted %+v of %+v", narrowed, counts)
	}
	if hits, none := ask(kb.Help, ""); hits != nil || none.All != 0 || none.Kinds[kb.FAQ] == 0 {
		t.Errorf("guides: %q, counted %+v", hits, none)
	}
	if hits, none := ask("", "nonsense"); hits != nil || none.All != 0 {
		t.Errorf("an unknown category: %q, counted %+v", hits, none)
	}
}

// TestAFilterLooksBehindTheBest: passages of a kind are found however many others fit better.
func TestAFilterLooksBehindTheBest(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, shipped(t))
	for _, c := range []struct {
		text string
		loc  kb.Locale
	}{{"withdrawal", kb.EN}, {"вывод", kb.RU}} {
		found, err := engine.Search(t.Context(), search.Query{Text: c.text, Locale: c.loc, Kind: kb.Terms, Limit: 50})
		if err != nil || len(found.Hits) < 15 {
			t.Errorf("%s: %d clauses, %v", c.text, len(found.Hits), err)
		}
		for _, h := range found.Hits {
			if h.Passage.Kind != kb.Terms {
				t.Errorf("%s: %s", c.text, h.Passage.Ref)
			}
		}
	}
}

// TestCountsOfAFilterAddUp: the topics beside a kind are those of its hits.
func TestCountsOfAFilterAddUp(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, shipped(t))
	found, err := engine.Search(t.Context(), search.Query{Text: "вывод", Locale: kb.RU, Kind: kb.Terms, Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, n := range found.Counts.Categories {
		sum += n
	}
	if found.Counts.All < 5 || sum != found.Counts.All {
		t.Errorf("%d results, %d by topic", found.Counts.All, sum)
	}
}
