package tickets_test

import (
	"testing"
	"time"

	"otvet/tickets"
)

func TestAFeedbackMarkIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	want := tickets.FeedbackMark{At: time.Date(2026, 11, 22, 3, 4, 5, 678_901_000, time.UTC), ID: 42}
	if got, ok := tickets.ParseFeedbackMark(want.String()); got != want || !ok {
		t.Errorf("%s is read as %+v, %v", want, got, ok)
	}
	if s := (tickets.FeedbackMark{}).String(); s != "" {
		t.Errorf("the zero mark is %q", s)
	}
	for _, s := range []string{
		"", ".", "1", "1.", ".1", "-1.1", "1.2.3", "a.1", "1.a", "1 .1", "\x00.1", "9223372036854775807.1",
		"99999999999999999999.1", "1.99999999999999999999", "253402300800000000.1",
	} {
		if m, ok := tickets.ParseFeedbackMark(s); ok || m != (tickets.FeedbackMark{}) {
			t.Errorf("%q is read as %+v", s, m)
		}
	}
}
