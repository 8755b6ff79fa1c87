package search_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/search"
	"otvet/search/eval"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// readJudged reads a judged set below testdata.
func readJudged(t *testing.T, elem ...string) []eval.Judgment {
	t.Helper()
	path := filepath.Join("testdata", filepath.Join(elem...))
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	judgments, err := eval.ReadJudgments(f, path)
	if err != nil {
		t.Fatal(err)
	}
	return judgments
}

// TestRelevance asks the judged questions of the shipped content and compares ranks
// and verdicts with a golden, so that a change in ranking is visible in the diff.
func TestRelevance(t *testing.T) {
	engine := newEngine(t, shipped(t))
	for _, loc := range kb.Locales() {
		t.Run(string(loc), func(t *testing.T) {
			questions := readJudged(t, fmt.Sprintf("questions.%s.tsv", loc))
			checkGold(t, engine.Library(), loc, questions)
			var report relevance
			for _, q := range questions {
				report.judge(t, engine, loc, q)
			}
			t.Log(report.summary())
			if rate := report.share(eval.Answerable, report.first); rate < 0.9 {
				t.Errorf("the right article comes first for %.0f%%, want 90%% or more", 100*rate)
			}
			if n := report.count(eval.Foreign, search.Answered); n > 0 {
				t.Errorf("%d foreign questions got an answer", n)
			}
			if rate := report.share(eval.Foreign, report.count(eval.Foreign, search.NoAnswer)); rate < 0.9 {
				t.Errorf("no answer for %.0f%% of the foreign questions, want 90%% or more", 100*rate)
			}
			golden(t, filepath.Join("testdata", fmt.Sprintf("relevance.%s.golden", loc)), report.text())
		})
	}
}

// checkGold fails for judgments that point to nothing.
func checkGold(t *testing.T, lib *kb.Library, loc kb.Locale, questions []eval.Judgment) {
	t.Helper()
	if err := eval.CheckJudgments(lib, loc, questions, "judged set"); err != nil {
		t.Error(err)
	}
}

// relevance is what the judged questions got.
type relevance struct {
	lines    []string
	total    map[string]int                    // by kind
	verdicts map[string]map[search.Verdict]int // by kind
	first    int                               // answerable with the right article first
	exact    int                               // answerable with the right passage first
	within3  int                               // answerable with the right passage among three
	wrong    int                               // answered with the wrong article
}

func (r *relevance) judge(t *testing.T, engine *search.Engine, loc kb.Locale, q eval.Judgment) {
	t.Helper()
	ctx := context.Background()
	query := search.Query{Text: q.Text, Locale: loc}
	answer, err := engine.Answer(ctx, query)
	if err != nil {
		t.Fatalf("answer %q: %v", q.Text, err)
	}
	results, err := engine.Search(ctx, query)
	if err != nil {
		t.Fatalf("search %q: %v", q.Text, err)
	}
	r.count(q.Kind, answer.Verdict)
	r.verdicts[q.Kind][answer.Verdict]++
	r.total[q.Kind]++
	rank := r.rank(q, results.Hits, answer.Verdict)
	r.lines = append(r.lines, fmt.Sprintf("%-10s %.2f %-6s %s\n", answer.Verdict, answer.Confidence, rank, q.Text))
}

// rank counts where the right passage and article came and returns it in words.
func (r *relevance) rank(q eval.Judgment, hits []search.Hit, v search.Verdict) string {
	if q.Kind != eval.Answerable {
		return q.Kind[:1]
	}
	passage, article := 0, 0
	for i, h := range hits {
		ref := h.Passage.Ref
		if passage == 0 && slices.Contains(q.Gold, ref.Article+"#"+ref.Anchor) {
			passage = i + 1
		}
		if article == 0 && slices.ContainsFunc(q.Gold, func(g string) bool { return strings.HasPrefix(g, ref.Article+"#") }) {
			article = i + 1
		}
	}
	if article == 1 {
		r.first++
	} else if v == search.Answered {
		r.wrong++
	}
	if passage == 1 {
		r.exact++
	}
	if passage > 0 && passage <= 3 {
		r.within3++
	}
	return fmt.Sprintf("%d/%d", passage, article)
}

func (r *relevance) count(kind string, v search.Verdict) int {
	if r.total == nil {
		r.total, r.verdicts = map[string]int{}, map[string]map[search.Verdict]int{}
	}
	if r.verdicts[kind] == nil {
		r.verdicts[kind] = map[search.Verdict]int{}
	}
	return r.verdicts[kind][v]
}

func (r *relevance) share(kind string, n int) float64 { return float64(n) / float64(r.total[kind]) }

func (r *relevance) summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "right article first %d, right passage first %d, right passage in three %d, of %d; wrong article answered %d\n",
		r.first, r.exact, r.within3, r.total[eval.Answerable], r.wrong)
	for _, kind := range []string{eval.Answerable, eval.Foreign, eval.Uncovered} {
		fmt.Fprintf(&b, "%s: %d answered, %d suggested, %d no answer\n", kind,
			r.count(kind, search.Answered), r.count(kind, search.Suggested), r.count(kind, search.NoAnswer))
	}
	return b.String()
}

func (r *relevance) text() string {
	return "# verdict, confidence, rank of the right passage / article (0: not in ten; f: foreign, u: uncovered), question\n" +
		r.summary() + strings.Join(r.lines, "")
}

// golden compares got with a file, or writes it under -update.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got), -update to accept:\n%s", path, diff)
	}
}
