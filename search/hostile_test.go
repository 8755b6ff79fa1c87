package search_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"otvet/kb"
	"otvet/search"
)

// hostile returns texts that were trouble for some search box once.
func hostile() []string {
	fill := func(unit string) string { return strings.Repeat(unit, search.MaxBytes/len(unit)) }
	texts := []string{
		"*", "?", "*a*", "/.*/", "a~2", "^", "+-", "title:*", `"unterminated`, "(((", "a AND OR NOT", `\`, "вывод~2^100", "+вывод -деньги",
		"'; DROP TABLE tickets; --", "<script>alert(1)</script>", "{{.}}", "${jndi:ldap://x}", "%00", "../../etc/passwd",
		"\u202eдовыв\u202c", "в\u200bы\u200bв\u200bо\u200bд", "ｗｉｔｈｄｒａｗａｌ", "İSTANBUL ı ſ ß", "ﷺ", "Ⅷ ½ ２ｆａ", "👨‍👩‍👧‍👦 вывод",
	}
	for _, unit := range []string{
		"*", `"`, `""`, "\\", "a*b* ", "~2 ", "a b ", "вывод ", "вывад ", "выв", "ы", "abc~ ", "zxcvbnmq ", ";'[]", "- ", "\u0301", "а\u0301\u0336\u0489",
		"\u202e", "\u200d", "😀", "1", "1 ", "не ", "the ", ".,", "ghbdtn ", "kak ", "ﷺ ", "shchshch", "ааааа ", "vyvod. ",
	} {
		texts = append(texts, fill(unit))
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 30 {
		var b strings.Builder
		for b.Len() < search.MaxBytes-4 {
			b.WriteRune(rune(rng.IntN(0x3000) + 1))
		}
		texts = append(texts, strings.ToValidUTF8(b.String(), ""))
	}
	return texts
}

// TestHostileQueries expects an answer or a query error, soon; the bound allows for a
// machine under load, the time of the slowest is logged.
func TestHostileQueries(t *testing.T) {
	engine := newEngine(t, shipped(t))
	var slowest time.Duration
	var which string
	for _, text := range hostile() {
		for _, loc := range kb.Locales() {
			q := search.Query{Text: text, Locale: loc}
			start := time.Now()
			_, err1 := engine.Answer(t.Context(), q)
			took := time.Since(start)
			_, err2 := engine.Search(t.Context(), q)
			_, err3 := engine.Suggest(t.Context(), q)
			for _, err := range []error{err1, err2, err3} {
				if err != nil && !errors.Is(err, search.ErrEmpty) && !errors.Is(err, search.ErrText) && !errors.Is(err, search.ErrTooLong) {
					t.Errorf("%.40q: %v", text, err)
				}
			}
			if took > slowest {
				slowest, which = took, text
			}
		}
	}
	t.Logf("slowest answer: %s for %.40q", slowest, which)
	if slowest > 2*time.Second {
		t.Errorf("%.40q took %s", which, slowest)
	}
}

func FuzzAnswer(f *testing.F) {
	for _, text := range hostile() {
		f.Add(text)
	}
	engine := newEngine(f, load(f, smallContent(f)))
	f.Fuzz(func(t *testing.T, text string) {
		a, err := engine.Answer(t.Context(), search.Query{Text: text, Locale: kb.RU})
		switch {
		case err == nil:
			if a.Confidence < 0 || a.Confidence > 1 || len(a.Passages) != len(a.Citations) || (a.Verdict == search.NoAnswer) != (len(a.Passages) == 0) {
				t.Errorf("%q: %+v", text, a)
			}
		case len(text) > search.MaxBytes:
			if !errors.Is(err, search.ErrTooLong) {
				t.Errorf("%d bytes: %v", len(text), err)
			}
		case !utf8.ValidString(text) || strings.Contains(text, "\x00"):
			if !errors.Is(err, search.ErrText) {
				t.Errorf("%q: %v", text, err)
			}
		case !errors.Is(err, search.ErrEmpty):
			t.Errorf("%q: %v", text, err)
		}
	})
}
