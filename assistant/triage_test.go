package assistant

import (
	"os"
	"strings"
	"testing"
)

func TestX(t *testing.T) {
	for _, l := range []string{"ru", "en"} {
		raw, _ := os.ReadFile("testdata/safety." + l + ".tsv")
		n, ok, same := 0, 0, 0
		for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
			reason, s, _ := strings.Cut(line, "\t")
			n++
			got := Assess(s)
			if got.Class == Safety {
				ok++
			} else {
				t.Log("MISS", line)
			}
			if got.Reason == reason {
				same++
			} else if got.Class == Safety {
				t.Log("  other", line, got)
			}
		}
		t.Log(l, n, ok, same)
		raw, _ = os.ReadFile("testdata/ordinary." + l + ".txt")
		n, ok = 0, 0
		for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
			n++
			got := Assess(line)
			if got.Class == Safety {
				t.Log("FALSE", line, got)
			} else {
				ok++
			}
		}
		t.Log(l, n, ok)
	}
}
