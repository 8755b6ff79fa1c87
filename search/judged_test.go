package search_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"otvet/kb"
	"otvet/search/eval"
)

// readSet reads the judged set of the shipped content, testdata/judged/<locale>.tsv. It was
// written by people who had seen the titles of the articles and no text: question, tab, the
// sections whose titles say that they answer it, best first, or a word. Later, others who read the
// texts judged what search put first and added what answers in full, which is why the passages
// of this engine may be better judged than those of another. What must go to a person
// is held by the triage of package assistant, see its own test of these files.
func readSet(t *testing.T, loc kb.Locale) []eval.Judgment {
	t.Helper()
	return readJudged(t, "judged", string(loc)+".tsv")
}

// TestJudgedSetIsWhole: what an evaluation stands on must itself stand.
func TestJudgedSetIsWhole(t *testing.T) {
	t.Parallel()
	lib := shipped(t)
	for _, loc := range kb.Locales() {
		t.Run(string(loc), func(t *testing.T) {
			t.Parallel()
			questions := readSet(t, loc)
			checkGold(t, lib, loc, questions)
			total, halves := map[string]int{}, map[string]int{}
			for _, q := range questions {
				total[q.Kind]++
				if eval.HalfOf(q.Text) == eval.Kept {
					halves[q.Kind]++
				}
			}
			for kind, least := range map[string]int{eval.Answerable: 300, eval.Uncovered: 60, eval.Person: 40, eval.Foreign: 40} {
				if total[kind] < least {
					t.Errorf("%d questions are %s, want %d", total[kind], kind, least)
				}
				if n := halves[kind]; n*3 < total[kind] || n*3 > total[kind]*2 {
					t.Errorf("%d of %d %s questions are kept: the halves are no halves", n, total[kind], kind)
				}
			}
		})
	}
}

// TestJudgedSet reports what search makes of each half, and fails when the kept half falls
// below what it has reached: a change that loses there has only learned the other half by heart.
func TestJudgedSet(t *testing.T) {
	engine := newEngine(t, shipped(t))
	floors := map[kb.Locale]float64{kb.RU: .78, kb.EN: .71}
	for _, loc := range kb.Locales() {
		t.Run(string(loc), func(t *testing.T) {
			var tuning, keptHalf relevance
			for _, q := range readSet(t, loc) {
				switch {
				case q.Kind == eval.Person:
				case eval.HalfOf(q.Text) == eval.Kept:
					keptHalf.judge(t, engine, loc, q)
				default:
					tuning.judge(t, engine, loc, q)
				}
			}
			t.Logf("tuning half: %s", tuning.summary())
			t.Logf("kept half: %s", keptHalf.summary())
			if got := keptHalf.share(eval.Answerable, keptHalf.first); got < floors[loc] {
				t.Errorf("the right article comes first for %.2f of the kept half, it has been %.2f", got, floors[loc])
			}
			if dir := os.Getenv("OTVET_MISSES"); dir != "" {
				writeMisses(t, filepath.Join(dir, fmt.Sprintf("tuning.%s.txt", loc)), tuning)
			}
		})
	}
}

// writeMisses writes what the tuning half got, for whoever works on search.
func writeMisses(t *testing.T, file string, r relevance) {
	t.Helper()
	if err := os.WriteFile(file, []byte(r.text()), 0o666); err != nil {
		t.Fatal(err)
	}
}
