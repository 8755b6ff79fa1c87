package search_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"otvet/kb"
	"otvet/search"
)

func TestWhatWasRewrittenIsTold(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	for _, c := range []struct {
		locale     kb.Locale
		text, want string
		changes    []search.Change
	}{
		{kb.RU, "Забыл пороль!", "Забыл пароль!", []search.Change{search.ChangeTypo}},
		{kb.RU, "«Пороль» забыл", "«Пароль» забыл", []search.Change{search.ChangeTypo}},
		{kb.RU, "pf,sk gfhjkm", "забыл пароль", []search.Change{search.ChangeLayout}},
		{kb.RU, "zabyl parol", "забыл пароль", []search.Change{search.ChangeTranslit}},
		{kb.RU, "ya ne pomnyu parol", "я не помню пароль", []search.Change{search.ChangeTranslit}}, // "ne" is ту on the other layout
		{kb.RU, "мини мальная сумма", "минимальная сумма", []search.Change{search.ChangeJoined}},
		{kb.EN, "ащкпщееут зфыыцщкв", "forgotten password", []search.Change{search.ChangeLayout}},
		{kb.RU, "забыл пароль", "", nil},
		{kb.RU, "ЗАБЫТ  пароль??", "", nil},
		{kb.RU, "погода в Париже", "", nil},
		{kb.EN, "forgot my password", "", nil},
	} {
		got, err := engine.Answer(t.Context(), search.Query{Text: c.text, Locale: c.locale})
		if err != nil {
			t.Fatal(err)
		}
		if got.Reading.Text != c.want || !slices.Equal(got.Reading.Changes, c.changes) {
			t.Errorf("%q was read as %q by %q, want %q by %q", c.text, got.Reading.Text, got.Reading.Changes, c.want, c.changes)
		}
		found, err := engine.Search(t.Context(), search.Query{Text: c.text, Locale: c.locale})
		if err != nil || found.Reading.Text != c.want {
			t.Errorf("%q was searched as %q, %v, want %q", c.text, found.Reading.Text, err, c.want)
		}
	}
}

func TestAVerbatimQueryIsNotRewritten(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	for _, text := range []string{"pf,sk gfhjkm", "zabyl parol", "пороль", "мини мальная", "ащкпщеефт"} {
		got, err := engine.Answer(t.Context(), search.Query{Text: text, Locale: kb.RU, Verbatim: true})
		if err != nil {
			t.Fatal(err)
		}
		if got.Verdict != search.NoAnswer || got.Reading.Text != "" || !slices.Contains(got.Explanation, "taken as it was typed") {
			t.Errorf("%q: %s, read as %q: %q", text, got.Verdict, got.Reading.Text, got.Explanation)
		}
	}
	got, err := engine.Answer(t.Context(), search.Query{Text: "забыл пароль", Locale: kb.RU, Verbatim: true})
	if err != nil || first(got) != "faq/account#forgot-password" {
		t.Errorf("what needs no rewriting finds %q, %v", first(got), err)
	}
}

// A verbatim word that would make a known one with the word before it is searched for by itself.
func TestAVerbatimQueryLosesNoWord(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, replaced(smallContent(t), "ru/faq/account.md", "Кэшаут и ставки", "Аут, кэшаут и ставки")))
	for _, c := range []struct {
		verbatim bool
		reading  string
	}{{true, ""}, {false, "кешаут"}} {
		got, err := engine.Search(t.Context(), search.Query{Text: "кэш аут", Locale: kb.RU, Verbatim: c.verbatim})
		if err != nil || got.Reading.Text != c.reading {
			t.Errorf("verbatim %t: read as %q, %v, want %q", c.verbatim, got.Reading.Text, err, c.reading)
		}
		if len(got.Hits) != 1 || got.Hits[0].Passage.Ref.Anchor != "two-factor" {
			t.Errorf("verbatim %t: %d hits", c.verbatim, len(got.Hits))
		}
	}
}

// A guess at a mistyped word is told beside what it found, and only there; that all of a text was
// read in other letters is told in any case.
func TestAGuessThatLedNowhereIsNotTold(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	for _, c := range []struct{ text, reads, want string }{
		{"пороль крокодила купит бегемот", `read "пороль" as "пароль"`, ""},
		{"gfhjkm ytrnj rhjrjlbk vbybvfkmyfz bcnjhbz", "read as typed in the other keyboard layout", "пароль некто крокодил минимальная история"},
		{"можно ли отменить вывод пороль", `read "пороль" as "пароль"`, ""},
	} {
		got, err := engine.Answer(t.Context(), search.Query{Text: c.text, Locale: kb.RU})
		if err != nil {
			t.Fatal(err)
		}
		if got.Reading.Text != c.want {
			t.Errorf("%q was read as %q, want %q", c.text, got.Reading.Text, c.want)
		}
		if words := strings.Join(got.Explanation, "\n"); !strings.Contains(words, c.reads) {
			t.Errorf("%q: %s", c.text, words)
		}
	}
}

// What one language keeps from being answered the other one does not answer either.
func TestTheOtherLanguageKeepsToTheThresholds(t *testing.T) {
	t.Parallel()
	fsys := demoPass(t)
	for _, c := range []struct {
		locale   kb.Locale
		decision string
		want     search.Verdict
	}{
		{kb.EN, "answer: 0.1\nsuggest: 0.1\n", search.Answered},
		{kb.EN, "answer: 0.1\nsuggest: 0.1\ncategories:\n  account: never\n", search.NoAnswer},
		{kb.EN, "answer: 1\nsuggest: 0.1\n", search.NoAnswer},
		{kb.RU, "answer: 0.1\nsuggest: 0.1\ncategories:\n  account: never\n", search.NoAnswer},
		{kb.RU, "answer: 0.1\nsuggest: 0.1\ncategories:\n  withdrawals: never\n", search.Answered},
	} {
		fsys[string(c.locale)+"/decision.yaml"] = &fstest.MapFile{Data: []byte(c.decision)}
		lib, problems := kb.Load(fsys, today())
		if len(problems) != 1 {
			t.Fatalf("problems: %v", problems)
		}
		got, err := newEngine(t, lib).Answer(t.Context(), search.Query{Text: "demo pass", Locale: kb.EN})
		if err != nil || got.Verdict != c.want {
			t.Errorf("%s %q: %s, %v, want %s: %q", c.locale, c.decision, got.Verdict, err, c.want, got.Explanation)
		}
		delete(fsys, string(c.locale)+"/decision.yaml")
	}
}

// demoPass returns content that explains a name in Russian only, with one problem: that there is
// no translation of it.
func demoPass(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := replaced(smallContent(t), "en/faq/withdrawals.md", "A bank transfer takes", "In a demo, a transfer takes")
	return replaced(fsys, "ru/faq/account.md", "Кэшаут и ставки от этого не зависят.",
		"Кэшаут и ставки от этого не зависят.\n\n## Что такое Demo Pass? {#demo-pass}\n\nDemo Pass хранит ваши документы.")
}

// A brand may be explained in one language only.
func TestTheOtherLanguageAnswersWhatThePagesOwnCannot(t *testing.T) {
	t.Parallel()
	lib, problems := kb.Load(demoPass(t), today())
	if len(problems) != 1 {
		t.Fatalf("problems: %v", problems)
	}
	engine := newEngine(t, lib)
	got, err := engine.Answer(t.Context(), search.Query{Text: "demo pass", Locale: kb.EN})
	if err != nil || got.Verdict != search.Answered || got.Passages[0].Ref.Locale != kb.RU {
		t.Errorf("%s %q, %v: %q", got.Verdict, first(got), err, got.Explanation)
	}
	if !slices.Contains(got.Explanation, "nothing in en answers it: searched ru") {
		t.Errorf("explanation %q", got.Explanation)
	}
	for _, text := range []string{"demo weather", "weather in paris", "pass the salt"} {
		got, err := engine.Answer(t.Context(), search.Query{Text: text, Locale: kb.EN})
		if err != nil || got.Verdict != search.NoAnswer {
			t.Errorf("%q: %s %q, %v", text, got.Verdict, first(got), err)
		}
	}
}
