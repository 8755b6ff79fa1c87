package eval_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/search"
	"otvet/search/eval"
)

// garden is a collection of our own.
func garden() eval.Set {
	return eval.Set{
		Documents: []kb.Document{
			{ID: "water", Title: "How often to water tomatoes", Text: "Water tomatoes every morning, at the root."},
			{ID: "prune", Title: "When to prune apple trees", Text: "Prune apple trees in late winter, before the buds open."},
			{ID: "slugs", Title: "What keeps slugs away", Text: "A ring of <b>copper</b> keeps slugs away from lettuce."},
			{ID: "compost", Title: "What belongs on the compost", Text: "Leaves, peel and coffee grounds; no meat."},
		},
		Queries: []eval.Query{
			{ID: "q1", Text: "how often should I water tomatoes"},
			{ID: "q2", Text: "when to prune apple trees"},
			{ID: "q3", Text: "slugs on <i>lettuce</i>"},
			{ID: "q4", Text: "?!"},
			{ID: "q5", Text: "nobody judged this"},
			{ID: "q6", Text: strings.Repeat("long ", 500)},
			{ID: "q7", Text: "coffee grounds for tomatoes"},
		},
		Qrels: eval.Qrels{
			"q1": {"water": 2, "compost": 1, "prune": 0}, "q2": {"prune": 1}, "q3": {"slugs": 1},
			"q4": {"water": 1}, "q6": {"water": 1}, "q7": {"slugs": 1, "nowhere": 1}, "q8": {"water": 1},
		},
	}
}

func retrieve(t *testing.T, set eval.Set, o eval.Options) (eval.Retrieval, eval.Run) {
	t.Helper()
	report, run, timing, err := eval.Retrieve(context.Background(), set, o)
	if err != nil {
		t.Fatal(err)
	}
	if asked := report.Queries + report.OutOfScope; len(timing) != asked {
		t.Errorf("%d answers were timed, %d queries asked", len(timing), asked)
	}
	return report, run
}

func TestRetrieve(t *testing.T) {
	t.Parallel()
	report, run := retrieve(t, garden(), eval.Options{Locale: kb.EN})
	got := [...]int{report.Documents, report.Queries, report.Unjudged, report.Absent, report.Refused, report.OutOfScope, len(report.Misses)}
	if want := [...]int{4, 6, 1, 1, 2, 0, 3}; got != want {
		t.Errorf("documents, queries, unjudged, absent, refused, out of scope, misses: %v, want %v", got, want)
	}
	if hit := report.Metrics[1]; hit.Name != "hit@1" || hit.Value != .5 { // q1, q2, q3 of six
		t.Errorf("%s = %s, want hit@1 of 0.500", hit.Name, hit.Estimate)
	}
	if len(run) != 6 || run["q1"][0].ID != "water" || len(run["q4"]) != 0 {
		t.Errorf("run %v", run)
	}
	if m := report.Misses[0]; m.ID != "q4" || m.Fault != "refused: query has no words" || m.Verdict != search.NoAnswer {
		t.Errorf("first miss %+v, want q4, which was refused", m)
	}
	if m := report.Misses[2]; m.ID != "q7" || m.First == nil || len(m.First.Explanation) == 0 || len(m.Decision) == 0 {
		t.Errorf("last miss %+v, want q7, with explanations", m)
	}
}

// TestHoldout: what has lost everything relevant is out of scope, and what has lost a part is
// measured by the rest.
func TestHoldout(t *testing.T) {
	t.Parallel()
	report, _ := retrieve(t, garden(), eval.Options{Locale: kb.EN, Delete: []string{"prune", "compost"}})
	if report.Documents != 2 || report.Deleted != 2 || report.Queries != 5 || report.OutOfScope != 1 {
		t.Errorf("%d documents, %d deleted, %d queries, %d out of scope; want 2, 2, 5, 1",
			report.Documents, report.Deleted, report.Queries, report.OutOfScope)
	}
	want := eval.Verdicts{Kind: "out of scope", Questions: 1, NoAnswer: 1}
	if got := report.Verdicts[1]; got != want {
		t.Errorf("verdicts %+v, want %+v", got, want)
	}
	if report.Confidence.AUROC == nil {
		t.Error("no AUROC")
	}
	_, _, _, err := eval.Retrieve(context.Background(), garden(), eval.Options{Locale: kb.EN, Delete: []string{"prune", "nothing"}})
	if err == nil || !strings.Contains(err.Error(), "1 of 2 documents to delete are not in the corpus") {
		t.Errorf("deleting what is not there: %v", err)
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	old := eval.Run{
		"q1": {{ID: "water", Score: 1}}, "q2": {{ID: "slugs", Score: 2}, {ID: "prune", Score: 1}},
		"q3": {{ID: "slugs", Score: 1}}, "other": {{ID: "water", Score: 1}},
	}
	report, run := retrieve(t, garden(), eval.Options{Locale: kb.EN, Against: old})
	c := report.Comparison
	if c == nil || c.Missing != 3 {
		t.Fatalf("comparison %+v, want 3 queries missing", c)
	}
	want := eval.Difference{Name: "hit@1", Old: .333333, New: .5, Delta: .166667, P: 1} // one query changed: either sign is as likely
	if c.Differences[1] != want {
		t.Errorf("%+v, want %+v", c.Differences[1], want)
	}
	if q := c.Changed[0]; q.ID != "q2" || q.OldRank != 2 || q.NewRank != 1 || q.Delta != .36907 {
		t.Errorf("changed %+v, want q2 from rank 2 to 1", c.Changed)
	}
	same, _ := retrieve(t, garden(), eval.Options{Locale: kb.EN, Against: run})
	for _, d := range same.Comparison.Differences {
		if d.Delta != 0 || d.P != 1 {
			t.Errorf("against itself %+v", d)
		}
	}
	_, _, _, err := eval.Retrieve(context.Background(), garden(), eval.Options{Locale: kb.EN, Against: eval.Run{"x": nil}})
	if err == nil || !strings.Contains(err.Error(), "none of the queries") {
		t.Errorf("against another collection's run: %v", err)
	}
	_, _, _, err = eval.Retrieve(context.Background(), garden(), eval.Options{Locale: kb.EN, Delete: []string{"slugs"}, Against: old})
	if err == nil || !strings.Contains(err.Error(), "found slugs, which is not searched here") {
		t.Errorf("against a run over more documents: %v", err)
	}
}

// TestTerminal: nothing in a question moves the cursor.
func TestTerminal(t *testing.T) {
	t.Parallel()
	set := garden()
	set.Queries[0].Text = "how often to water\n\x1b[2J tomatoes " + strings.Repeat("and roses ", 20)
	report, _ := retrieve(t, set, eval.Options{Locale: kb.EN, Against: eval.Run{"q1": {{ID: "slugs", Score: 1}}}})
	var text bytes.Buffer
	if err := eval.WriteText(&text, &report); err != nil {
		t.Fatal(err)
	}
	if want := "how often to water  [2J tomatoes and roses "; !strings.Contains(text.String(), want) {
		t.Errorf("%q is not in\n%s", want, text.String())
	}
	if strings.ContainsRune(text.String(), 0x1b) || !strings.Contains(text.String(), "…\n") {
		t.Errorf("an escape, or no end:\n%s", text.String())
	}
}

func TestNothingInScope(t *testing.T) {
	t.Parallel()
	set := garden()
	set.Qrels = eval.Qrels{"q9": {"water": 1}}
	if _, _, _, err := eval.Retrieve(context.Background(), set, eval.Options{Locale: kb.EN}); err == nil || !strings.Contains(err.Error(), "no query is in scope") {
		t.Errorf("error %v", err)
	}
}

// TestSameTwice: two runs write the same bytes, in every form.
func TestSameTwice(t *testing.T) {
	t.Parallel()
	write := func() string {
		report, run := retrieve(t, garden(), eval.Options{Locale: kb.EN, Delete: []string{"prune"}, Against: eval.Run{"q1": nil}})
		var out bytes.Buffer
		for _, err := range []error{
			run.Write(&out), json.NewEncoder(&out).Encode(report), eval.WriteText(&out, &report), eval.WriteHTML(&out, &report),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		return out.String()
	}
	if diff := cmp.Diff(write(), write()); diff != "" {
		t.Errorf("the second time (-first +second):\n%s", diff)
	}
}

func TestPage(t *testing.T) {
	t.Parallel()
	set := garden()
	set.Qrels["q3"] = map[string]int{"compost": 1} // so that it is a miss
	report, _ := retrieve(t, set, eval.Options{Locale: kb.EN})
	var page bytes.Buffer
	if err := eval.WriteHTML(&page, &report); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"slugs on &lt;i&gt;lettuce&lt;/i&gt;", "<polyline", "<rect", "<details>", "prefers-color-scheme: dark",
		"<dt>Came first</dt><dd><code>slugs</code> What keeps slugs away<ul><li>score ",
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, bad := range []string{"<i>", "<script", "http://", "https://", "ZgotmplZ", "NaN", "%!"} {
		if strings.Contains(page.String(), bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

// thirdParty returns the folder of data that is not ours: $OTVET_EVAL, or shared/eval beside
// the source tree. It is never copied.
func thirdParty(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("OTVET_EVAL")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "eval")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no third-party collections: set OTVET_EVAL to their folder (%v)", err)
	}
	return dir
}

// TestThirdParty holds search to what it has reached on real questions in Russian.
func TestThirdParty(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(thirdParty(t), "retrieval", "rutube-ru")
	set := eval.Set{
		Documents: opened(t, filepath.Join(dir, "corpus.jsonl"), eval.ReadDocuments),
		Queries:   opened(t, filepath.Join(dir, "queries.jsonl"), eval.ReadQueries),
		Qrels:     opened(t, filepath.Join(dir, "qrels", "dev.tsv"), eval.ReadQrels),
	}
	if loc := eval.GuessLocale(set.Documents); loc != kb.RU {
		t.Errorf("the corpus is %s, want ru", loc)
	}
	report, _ := retrieve(t, set, eval.Options{Locale: kb.RU})
	for i, floor := range []float64{.58, .46, .72, .78, .62} {
		m := report.Metrics[i]
		t.Logf("%s %s", m.Name, m.Estimate)
		if m.Value < floor {
			t.Errorf("%s = %.3f, it has been %.3f or more", m.Name, m.Value, floor)
		}
	}
}
