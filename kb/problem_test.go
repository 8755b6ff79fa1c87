package kb_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
)

const (
	ruFAQ   = "ru/faq/withdrawals.md"
	enFAQ   = "en/faq/withdrawals.md"
	ruHelp  = "ru/help/first-withdrawal.md"
	ruTerms = "ru/terms/payments.md"
	ruOld   = "ru/terms/payments@2026-06-01.md"
	ruAck   = "ru/letters/ack.md"
)

// defect is something wrong in an otherwise clean tree, and the problems, one a
// line, that it must be reported as.
type defect struct {
	name  string
	edits []edit
	want  string
}

// checkDefects seeds one defect at a time into the clean tree.
func checkDefects(t *testing.T, defects []defect) {
	t.Helper()
	for _, d := range defects {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			checkProblems(t, cleanTree(t, d.edits...), d.want)
		})
	}
}

// checkProblems loads a tree and compares the problems, printed one a line.
func checkProblems(t *testing.T, fsys fs.FS, want string) {
	t.Helper()
	_, problems := kb.Load(fsys, today())
	var got []string
	for _, p := range problems {
		got = append(got, p.String())
	}
	if diff := cmp.Diff(strings.TrimSpace(want), strings.Join(got, "\n")); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// TestCleanTreeHasNoProblems holds the ground on which the defects are sown.
func TestCleanTreeHasNoProblems(t *testing.T) {
	t.Parallel()
	checkProblems(t, cleanTree(t), "")
}

func TestProblemsAreOrderedByFileAndLine(t *testing.T) {
	t.Parallel()
	checkProblems(t, cleanTree(t,
		replace(ruHelp, "## Шаги", "# Шаги"),
		replace(ruHelp, "summary:", "sumary:"),
		replace(enFAQ, "(/contact)", "()"),
	), `
en/faq/withdrawals.md:18:27: link without a usable address: write ../kind/slug.md#anchor
ru/help/first-withdrawal.md:2:1: missing required key "summary": add "summary: ..."
ru/help/first-withdrawal.md:4:1: unknown key "sumary": the keys here are title, category, summary, questions, updated, review, effective
ru/help/first-withdrawal.md:12:1: level-1 heading: the title stands in the front matter; begin the line with ##`)
}

func TestProblemPrintsAsCompilersDo(t *testing.T) {
	t.Parallel()
	tests := []struct {
		problem kb.Problem
		want    string
	}{
		{kb.Problem{File: "ru/faq/a.md", Line: 7, Message: "dead link"}, "ru/faq/a.md:7: dead link"},
		{kb.Problem{File: "ru/faq/a.md", Message: "missing translation"}, "ru/faq/a.md: missing translation"},
	}
	for _, tt := range tests {
		if got := tt.problem.String(); got != tt.want {
			t.Errorf("String() = %q, want %q", got, tt.want)
		}
	}
}
