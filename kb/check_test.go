package kb_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"otvet/kb"
)

// TestCheckAndLoadReadTheSameContent: what an editor previews has the revision that it will serve with.
func TestCheckAndLoadReadTheSameContent(t *testing.T) {
	t.Parallel()
	archive, err := os.ReadFile("testdata/proofread.txtar")
	if err != nil {
		t.Fatal(err)
	}
	loaded := load(t, tree(string(archive)), today())
	checked, _ := kb.Check(tree(string(archive)), today())
	if loaded.Revision() != checked.Revision() {
		t.Errorf("Check's revision is %s, Load's %s", checked.Revision(), loaded.Revision())
	}
}

// TestCheckTakesAsLongAsItsText: each of these took minutes.
func TestCheckTakesAsLongAsItsText(t *testing.T) {
	t.Parallel()
	archive, err := os.ReadFile("testdata/proofread.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var sets, numbers, facts strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&sets, "- [a%d, b%d a%d x]\n", i, i, i+1)
		fmt.Fprintf(&numbers, "It takes %d hours!!!\n\n", i)
		fmt.Fprintf(&facts, "f%d: %d hours\n", i, i)
	}
	fsys := tree(string(archive))
	put("en/synonyms.yaml", sets.String())(t, fsys)
	put("facts.yaml", string(fsys["facts.yaml"].Data)+facts.String())(t, fsys)
	put("en/help/long.md", "---\ntitle: T\ncategory: withdrawals\nsummary: S.\nupdated: 2026-10-12\n---\n\n"+numbers.String())(t, fsys)
	begun := time.Now()
	_, problems := kb.Check(fsys, today())
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("%d problems took %s", len(problems), took)
	}
}

func TestLongLine(t *testing.T) {
	t.Parallel()
	checkDefects(t, []defect{{
		"summary",
		[]edit{replace(enFAQ, "summary: ", "summary: "+strings.Repeat("{{x}}! ", 3000))},
		`en/faq/withdrawals.md:4: line of more than 16 KiB: split it`,
	}})
}
