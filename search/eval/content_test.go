package eval_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/search"
	"otvet/search/eval"
)

func opened[T any](t *testing.T, path string, read func(io.Reader, string) (T, error)) T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	value, err := read(f, path)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// gardener serves the documents of garden as articles.
func gardener(t *testing.T) *search.Engine {
	t.Helper()
	docs := garden().Documents
	for i := range docs {
		docs[i].Category = "beds"
	}
	docs[1].Category = "trees"
	engine, err := search.NewEngine(kb.Assemble(kb.EN, docs))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = engine.Close() })
	return engine
}

// asked is a judged set: every kind, and every way to miss.
const asked = `# question	judgment
how often to water tomatoes	water#
when to prune apple trees	prune#
what belongs on the compost	compost# water#
slugs ate my lettuce	compost#
what keeps slugs away	foreign
who repairs tractors	uncovered
my neighbour threatens me	person
when can I prune	person
`

func judgments(t *testing.T) []eval.Judgment {
	t.Helper()
	js, err := eval.ReadJudgments(strings.NewReader(asked), "asked.tsv")
	if err != nil {
		t.Fatal(err)
	}
	return js
}

func threatens(text string) bool { return strings.Contains(text, "threatens") }

func TestJudgeContent(t *testing.T) {
	t.Parallel()
	engine := gardener(t)
	js := judgments(t)
	if err := eval.CheckJudgments(engine.Library(), kb.EN, js, "asked.tsv"); err != nil {
		t.Fatal(err)
	}
	report, timing, err := eval.JudgeContent(context.Background(), engine, kb.EN, eval.Both, js, threatens, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Questions != 8 || len(timing) != 8 {
		t.Errorf("%d questions, %d timed, want 8", report.Questions, len(timing))
	}
	for i, want := range []float64{.75, .75, .75} { // the slugs are judged to be elsewhere
		if m := report.Metrics[i]; m.Value != want {
			t.Errorf("%s = %s, want %.3f", m.Name, m.Estimate, want)
		}
	}
	person := report.Verdicts[3]
	if person.Kind != eval.Person || person.Questions != 2 || person.Handoff != 1 {
		t.Errorf("persons %+v, want one of two handed over", person)
	}
	byCategory := map[string]int{}
	for _, c := range report.Categories {
		byCategory[c.ID] = c.Questions
	}
	if diff := cmp.Diff(map[string]int{"beds": 3, "trees": 1}, byCategory); diff != "" {
		t.Errorf("categories (-want +got):\n%s", diff)
	}
	if report.Confidence.AUROC == nil {
		t.Error("no AUROC")
	}
	var text bytes.Buffer
	if err := eval.WriteText(&text, &report); err != nil {
		t.Fatal(err)
	}
	if want := "Content, en, both halves. Judged questions: 8."; !strings.HasPrefix(text.String(), want) {
		t.Errorf("text begins %.80q, want %q", text.String(), want)
	}
}

// TestPrecisionCountsEveryAnswer: an answer to what has none is a wrong answer.
func TestPrecisionCountsEveryAnswer(t *testing.T) {
	t.Parallel()
	report, _, err := eval.JudgeContent(context.Background(), gardener(t), kb.EN, eval.Both, judgments(t), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	answered, right := 0, 0
	for _, v := range report.Verdicts {
		answered += v.Answered
		right += v.Right
	}
	foreign := report.Verdicts[2]
	if foreign.Kind != eval.Foreign || foreign.Answered != 1 || foreign.Right != 0 {
		t.Fatalf("foreign questions %+v, want one answered, wrongly", foreign)
	}
	want := float64(right) / float64(answered)
	if m := report.Metrics[4]; m.Name != "Answered: precision, passage" || !near(m.Value, want, 1e-6) {
		t.Errorf("%s = %s, want %.3f", m.Name, m.Estimate, want)
	}
}

// TestHalves: the halves part the set, and no report names a miss of the kept one.
func TestHalves(t *testing.T) {
	t.Parallel()
	js := judgments(t)
	tuning, kept := eval.Tuning.Of(js), eval.Kept.Of(js)
	if len(tuning)+len(kept) != len(js) || len(eval.Both.Of(js)) != len(js) {
		t.Errorf("%d and %d of %d", len(tuning), len(kept), len(js))
	}
	// FNV-1a of 32 bits, from its authors' test vectors: "a" is e40c292c, "b" is e70c2de5.
	if eval.HalfOf("a") != eval.Tuning || eval.HalfOf("b") != eval.Kept {
		t.Errorf("a is %s, b is %s; want tuning, kept", eval.HalfOf("a"), eval.HalfOf("b"))
	}
	report, _, err := eval.JudgeContent(context.Background(), gardener(t), kb.EN, eval.Both, js, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Withheld+len(report.Misses) == 0 {
		t.Error("no misses")
	}
	for _, m := range report.Misses {
		if eval.HalfOf(m.Question) != eval.Tuning {
			t.Errorf("%q of the kept half is shown", m.Question)
		}
	}
}

func TestCheckJudgments(t *testing.T) {
	t.Parallel()
	lib := kb.Assemble(kb.EN, garden().Documents)
	js, err := eval.ReadJudgments(strings.NewReader("# head\na\twater#\nb\twater#root nowhere#\nc\tforeign\n"), "f")
	if err != nil {
		t.Fatal(err)
	}
	err = eval.CheckJudgments(lib, kb.EN, js, "f.tsv")
	want := "f.tsv:3: the content has no section water#root in en\nf.tsv:3: the content has no section nowhere# in en"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
