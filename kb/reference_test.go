package kb_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
)

// TestReadmeHoldsTheReference: what editors read is what the code reads.
func TestReadmeHoldsTheReference(t *testing.T) {
	const file, begin, end = "../README.md", "-update\" -->\n", "<!-- /reference -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no place for the reference", file)
	}
	want := before + begin + "\n" + kb.Reference() + "\n" + end + after
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("README (-want +got); go test -update writes it anew:\n%s", diff)
	}
}
