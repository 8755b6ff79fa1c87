package search

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"otvet/kb"
)

// seeds are texts that take the ways of normalisation: those of hostile_test.go in short.
func seeds(f *testing.F) {
	for _, text := range []string{
		"", "*", "Сколько идёт ВЫВОД?", "зaбыт пapoль", "rfr dsdtcnb", "kak vyvesti dengi", "e\u0301 и\u0306 е\u0308", "ё Э ʼ ′ ` ’",
		"\u202eдовыв\u202c", "в\u200bы\u200bв", "ｗｉｔｈ", "İSTANBUL ı ſ ß", "ﷺ", "Ⅷ ½ ２ｆａ", "👨‍👩‍👧‍👦", "а\u0301\u0336\u0489", "\u0345\u03b9", "Ǆ ǅ ǆ", "ΐ ΰ ﬃ",
		"shchshch", "1122", "2fa 60fps", "\xff\xfe", "a\x00b", "K Å", "ﾡ ㄱ", ";'[]{}:\"<>~", strings.Repeat("ghbdtn ", 80),
	} {
		f.Add(text)
	}
}

// FuzzFold holds what comparing words stands on: nothing is left to fold, the result is text,
// and at most a few times as long; and the short way round NFKC changes nothing.
func FuzzFold(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		got := Fold(s)
		if want := foldLong(s); got != want {
			t.Errorf("Fold(%q) = %q, by the long way %q", s, got, want)
		}
		if again := Fold(got); again != got {
			t.Errorf("Fold(%q) = %q, folded again %q", s, got, again)
		}
		if !utf8.ValidString(got) || len(got) > 12*len(s) { // U+FDFA is 3 bytes and stands for 33
			t.Errorf("Fold(%q) = %q", s, got)
		}
	})
}

// TestFoldEveryCharacter is what no fuzzer gets to: each character by itself, and cut off from
// others with which it could be composed by one that Fold drops.
func TestFoldEveryCharacter(t *testing.T) {
	t.Parallel()
	var wrong []string
	for r := rune(1); r < 0x30000; r++ { // no scripts are assigned beyond
		for _, s := range []string{string(r), "ᄀ\u200b" + string(r), "e\u200d" + string(r) + "\u0301"} {
			if got := Fold(s); got != Fold(got) || got != foldLong(s) {
				wrong = append(wrong, fmt.Sprintf("%+q: %+q", s, got))
			}
		}
	}
	if len(wrong) > 0 {
		t.Errorf("%d are not folded to the end or by the short way otherwise: %s", len(wrong), wrong[:min(10, len(wrong))])
	}
}

// FuzzOtherLayout holds that a second press of the key is the way back, where every letter is
// on both layouts.
func FuzzOtherLayout(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		got := OtherLayout(s)
		if utf8.RuneCountInString(got) > utf8.RuneCountInString(strings.ToLower(s)) {
			t.Errorf("OtherLayout(%q) = %q grows", s, got)
		}
		typed := strings.Map(func(r rune) rune {
			if strings.ContainsRune(ycuken+" ", r) {
				return r
			}
			return -1
		}, s)
		if strings.TrimSpace(typed) == "" {
			return
		}
		latin := OtherLayout(typed)
		if back := newRuneMap(qwerty, ycuken).replace(latin); back != typed {
			t.Errorf("OtherLayout(%q) = %q, and back %q", typed, latin, back)
		}
	})
}

// FuzzSkeleton holds that what sounds the same stays the same.
func FuzzSkeleton(f *testing.F) {
	seeds(f)
	tr := NewTransliterator()
	f.Fuzz(func(t *testing.T, s string) {
		s = Fold(s)
		if got := Squeeze(Squeeze(s)); got != Squeeze(s) {
			t.Errorf("Squeeze(%q) = %q, squeezed again %q", s, Squeeze(s), got)
		}
		if got := tr.Skeleton(s); len(got) > 4*len(s) || !utf8.ValidString(got) {
			t.Errorf("Skeleton(%q) = %q", s, got)
		}
	})
}

// FuzzWords holds that words are text in one script, folded, and that reading a query ends
// soon and gives words to look for or says that there are none.
func FuzzWords(f *testing.F) {
	seeds(f)
	lib := kb.Assemble(kb.RU, []kb.Document{{ID: "a", Title: "Сколько идёт вывод на карту", Text: "Вывод идёт сутки. Забыли пароль?"}})
	s, err := newSnapshot(lib, true)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = s.release() })
	f.Fuzz(func(t *testing.T, text string) {
		lexicon := s.indexes[kb.RU].vocabulary.lexicon
		for _, w := range lexicon.words(text) {
			if w == "" || !utf8.ValidString(w) || oneScript(w) != w {
				t.Errorf("%q: word %q", text, w)
			}
		}
		start := time.Now()
		for _, loc := range kb.Locales() {
			asked, err := s.understand(Query{Text: text, Locale: loc}, false)
			if err == nil && len(searchTerms(asked.concepts)) > maxClauses {
				t.Errorf("%q: %d terms", text, len(searchTerms(asked.concepts)))
			}
			if checkText(text) == nil {
				s.rewrite(text, loc, false)
			}
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%.60q takes %s", text, took)
		}
	})
}
