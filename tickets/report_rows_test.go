package tickets_test

import (
	"strings"
	"testing"

	"otvet/tickets"
)

// A category may be named by whoever writes content; a spreadsheet must not run it.
func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "|cmd", "%x", `=HYPERLINK("http://evil.example","x")`} {
		var b strings.Builder
		if err := tickets.WriteCSV(&b, []tickets.Row{{Part: "category", Key: key, Figure: "received", Value: "7"}}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "category,'"+key[:1]) && !strings.Contains(b.String(), "category,\"'"+key[:1]) {
			t.Errorf("%q is written as %q", key, b.String())
		}
	}
}
