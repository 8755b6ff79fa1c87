package search_test

import (
	"bufio"
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
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// The kinds of judged question.
const (
	answerable = "answerable"
	foreign    = "foreign"   // not about betting at all
	uncovered  = "uncovered" // about betting, but not in the content
)

// judged is a question with the passages that answer it.
type judged struct {
	text string
	kind string
	gold []string // article#anchor
}

// readJudged reads testdata/questions.<locale>.tsv.
func readJudged(t *testing.T, loc kb.Locale) []judged {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", fmt.Sprintf("questions.%s.tsv", loc)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []judged
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		text, gold, ok := strings.Cut(lines.Text(), "\t")
		if !ok {
			t.Fatalf("%s: %q has no tab", f.Name(), lines.Text())
		}
		q := judged{text: text, kind: gold}
		if gold != foreign && gold != uncovered {
			q.kind, q.gold = answerable, strings.Fields(gold)
		}
		out = append(out, q)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRelevance asks the judged questions of the shipped content and compares ranks
// and verdicts with a golden, so that a change in ranking is visible in the diff.
func TestRelevance(t *testing.T) {
	engine := newEngine(t, shipped(t))
	for _, loc := range kb.Locales() {
		t.Run(string(loc), func(t *testing.T) {
			questions := readJudged(t, loc)
			checkGold(t, engine.Library(), loc, questions)
			var report relevance
			for _, q := range questions {
				report.judge(t, engine, loc, q)
			}
			t.Log(report.summary())
			if rate := report.share(answerable, report.first); rate < 0.9 {
				t.Errorf("the right article comes first for %.0f%%, want 90%% or more", 100*rate)
			}
			if n := report.count(foreign, search.Answered); n > 0 {
				t.Errorf("%d foreign questions got an answer", n)
			}
			if rate := report.share(foreign, report.count(foreign, search.NoAnswer)); rate < 0.9 {
				t.Errorf("no answer for %.0f%% of the foreign questions, want 90%% or more", 100*rate)
			}
			golden(t, filepath.Join("testdata", fmt.Sprintf("relevance.%s.golden", loc)), report.text())
		})
	}
}

// checkGold fails for judgments that point to nothing.
func checkGold(t *testing.T, lib *kb.Library, loc kb.Locale, questions []judged) {
	t.Helper()
	known := map[string]bool{}
	for _, p := range lib.Passages(loc) {
		known[p.Ref.Article+"#"+p.Ref.Anchor] = true
	}
	for _, q := range questions {
		for _, gold := range q.gold {
			if !known[gold] {
				t.Errorf("%q: no passage %s", q.text, gold)
			}
		}
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

func (r *relevance) judge(t *testing.T, engine *search.Engine, loc kb.Locale, q judged) {
	t.Helper()
	ctx := context.Background()
	query := search.Query{Text: q.text, Locale: loc}
	answer, err := engine.Answer(ctx, query)
	if err != nil {
		t.Fatalf("answer %q: %v", q.text, err)
	}
	results, err := engine.Search(ctx, query)
	if err != nil {
		t.Fatalf("search %q: %v", q.text, err)
	}
	r.count(q.kind, answer.Verdict)
	r.verdicts[q.kind][answer.Verdict]++
	r.total[q.kind]++
	rank := r.rank(q, results.Hits, answer.Verdict)
	r.lines = append(r.lines, fmt.Sprintf("%-10s %.2f %-6s %s\n", answer.Verdict, answer.Confidence, rank, q.text))
}

// rank counts where the right passage and article came and returns it in words.
func (r *relevance) rank(q judged, hits []search.Hit, v search.Verdict) string {
	if q.kind != answerable {
		return q.kind[:1]
	}
	passage, article := 0, 0
	for i, h := range hits {
		ref := h.Passage.Ref
		if passage == 0 && slices.Contains(q.gold, ref.Article+"#"+ref.Anchor) {
			passage = i + 1
		}
		if article == 0 && slices.ContainsFunc(q.gold, func(g string) bool { return strings.HasPrefix(g, ref.Article+"#") }) {
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
		r.first, r.exact, r.within3, r.total[answerable], r.wrong)
	for _, kind := range []string{answerable, foreign, uncovered} {
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
