package kb_test

import (
	"fmt"
	"strings"
	"testing"

	"otvet/kb"
)

// TestCleanTreePrintsAsGolden shows what the clean tree becomes.
func TestCleanTreePrintsAsGolden(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/clean.golden", printed(load(t, cleanTree(t), today())))
}

// printed writes a library out, without its revisions.
func printed(lib *kb.Library) string {
	var b strings.Builder
	for _, loc := range kb.Locales() {
		fmt.Fprintf(&b, "# %s\n\n", loc)
		for _, c := range lib.Categories(loc) {
			fmt.Fprintf(&b, "category %s: %s: %s\n", c.ID, c.Title, c.Summary)
		}
		fmt.Fprintf(&b, "synonyms %q\n\n", lib.Synonyms(loc))
		for _, a := range lib.Articles(loc) {
			for _, version := range lib.Versions(loc, a.ID) {
				printArticle(&b, version)
			}
		}
		for _, p := range lib.Passages(loc) {
			fmt.Fprintf(&b, "passage %s %s: %s %q\n", p.Ref.Path(), p.Number, p.Heading, p.Questions)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// printArticle writes an article out.
func printArticle(b *strings.Builder, a *kb.Article) {
	fmt.Fprintf(b, "## %s\nfile %s\ntitle %s\nsummary %s\ncategory %s\nquestions %q\nupdated %s\n",
		a.ID, a.File, a.Title, a.Summary, a.Category, a.Questions, a.Updated.Format("2006-01-02"))
	if !a.Effective.IsZero() {
		fmt.Fprintf(b, "effective %s\n", a.Effective.Format("2006-01-02"))
	}
	for _, s := range a.Sections {
		fmt.Fprintf(b, "\n### level %d, number %q, anchor %q: %s\nquestions %q\n%s--\n%s\n",
			s.Level, s.Number, s.Anchor, s.Heading, s.Questions, s.HTML, s.Text)
	}
	b.WriteString("\n")
}
