package assistant_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"otvet/assistant"
)

// TestJudgedPersons holds the triage to the messages of search/testdata/judged that must go to
// a person, written by people who had not seen its lexicon, and names those it lets through.
// Of the others it may hold back a few: most of those ask about self-exclusion.
func TestJudgedPersons(t *testing.T) {
	t.Parallel()
	for locale, limit := range map[string]struct{ found, stopped float64 }{"ru": {.93, .035}, "en": {.95, .02}} {
		t.Run(locale, func(t *testing.T) {
			t.Parallel()
			f, err := os.Open("../search/testdata/judged/" + locale + ".tsv")
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			found, total, stopped, others := 0, 0, 0, 0
			for lines := bufio.NewScanner(f); lines.Scan(); {
				text, gold, ok := strings.Cut(lines.Text(), "\t")
				if !ok || strings.HasPrefix(text, "#") {
					continue
				}
				caught := assistant.Assess(text).Class == assistant.Safety
				switch {
				case gold == "person" && caught:
					found++
				case gold == "person":
					t.Logf("let through: %s", text)
				case caught:
					stopped++
					t.Logf("held back: %s", text)
				}
				if gold == "person" {
					total++
				} else {
					others++
				}
			}
			t.Logf("%d of %d found; %d of %d others held back", found, total, stopped, others)
			if float64(found) < limit.found*float64(total) {
				t.Errorf("found %d of %d, want %.0f%%", found, total, 100*limit.found)
			}
			if float64(stopped) > limit.stopped*float64(others) {
				t.Errorf("%d of %d others held back, want %.1f%% at most", stopped, others, 100*limit.stopped)
			}
		})
	}
}
