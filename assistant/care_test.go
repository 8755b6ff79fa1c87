package assistant_test

import (
	"os"
	"testing"
	"time"

	"otvet/assistant"
	"otvet/kb"
)

func TestCareIsReadableByWhoeverWrote(t *testing.T) {
	t.Parallel()
	library, problems := kb.Load(os.DirFS("../content"), time.Now())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, c := range []struct {
		page kb.Locale
		text string
		want []kb.Locale
	}{
		{kb.EN, "i lost everything", []kb.Locale{kb.EN}},
		{kb.RU, "не могу остановиться", []kb.Locale{kb.RU}},
		{kb.EN, "не могу остановиться", []kb.Locale{kb.EN, kb.RU}},
		{kb.RU, "ne mogu ostanovitsya", []kb.Locale{kb.RU, kb.EN}},
		{kb.RU, "", []kb.Locale{kb.RU}},
	} {
		for _, name := range []string{assistant.CareReceived, assistant.CareUnsent} {
			var got []kb.Locale
			for _, l := range assistant.CareLetters(library, c.page, c.text, name) {
				got = append(got, l.Locale)
			}
			if len(got) != len(c.want) || got[0] != c.want[0] || got[len(got)-1] != c.want[len(c.want)-1] {
				t.Errorf("%s page, %q: got %s in %v, want %v", c.page, c.text, name, got, c.want)
			}
		}
	}
}
