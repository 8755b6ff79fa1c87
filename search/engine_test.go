package search_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/search"
)

// first names the first passage of an answer, "article#anchor", or is empty.
func first(a search.Answer) string {
	if len(a.Passages) == 0 {
		return ""
	}
	return a.Passages[0].Ref.Article + "#" + a.Passages[0].Ref.Anchor
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	for _, c := range []struct {
		name    string
		locale  kb.Locale
		text    string
		verdict search.Verdict
		passage string
		says    string // part of the explanation
	}{
		{"heading", kb.RU, "Сколько идёт вывод?", search.Answered, "faq/withdrawals#how-long", "matches the phrasing"},
		{"phrasing", kb.RU, "когда придут деньги", search.Answered, "faq/withdrawals#how-long", `matches the phrasing "когда придут деньги"`},
		{"politeness", kb.RU, "Здравствуйте, подскажите пожалуйста, когда придут деньги? Спасибо!", search.Answered, "faq/withdrawals#how-long", "covers 2 of 2"},
		{"ё as е", kb.RU, "Сколько идет вывод", search.Answered, "faq/withdrawals#how-long", "matches"},
		{"synonym", kb.RU, "минимальная выплата", search.Answered, "faq/withdrawals#minimum", "covers 2 of 2"},
		{"phrase synonym", kb.RU, "как включить 2fa", search.Answered, "faq/account#two-factor", "covers 2 of 2"},
		{"word form", kb.RU, "забыла пароли", search.Answered, "faq/account#forgot-password", "covers 2 of 2"},
		{"typo", kb.RU, "забыл пороль", search.Answered, "faq/account#forgot-password", `read "пороль" as "пароль"`},
		{"wrong layout", kb.RU, "pf,sk gfhjkm", search.Answered, "faq/account#forgot-password", "other keyboard layout"},
		{"translit", kb.RU, "zabyl parol", search.Answered, "faq/account#forgot-password", "transliterated"},
		{"mixed letters", kb.RU, "зaбыт пapoль", search.Answered, "faq/account#forgot-password", "covers 2 of 2"},
		{"upper case", kb.EN, "FORGOT MY PASSWORD", search.Answered, "faq/account#forgot-password", "covers"},
		{"english", kb.EN, "hi, could you please tell me how long a payout takes?", search.Answered, "faq/withdrawals#how-long", "covers"},
		{"other language", kb.RU, "when do i get my payout", search.Answered, "faq/withdrawals#how-long", "searched en"},
		{"other language again", kb.EN, "можно ли отменить вывод", search.Answered, "faq/withdrawals#cancel", "searched ru"},
		{"english in russian layout", kb.EN, "ащкпщеефт зфыыцщкв", search.Answered, "faq/account#forgot-password", "other keyboard layout"},
		{"foreign", kb.RU, "погода в Париже", search.NoAnswer, "", "no_answer"},
		{"foreign english", kb.EN, "how to cook rice", search.NoAnswer, "", "no_answer"},
		{"only politeness", kb.RU, "здравствуйте, помогите пожалуйста", search.NoAnswer, "", "no_answer"},
		{"only stop words", kb.EN, "what is it with you", search.NoAnswer, "", "no_answer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := engine.Answer(t.Context(), search.Query{Text: c.text, Locale: c.locale})
			if err != nil {
				t.Fatal(err)
			}
			if got.Verdict != c.verdict || first(got) != c.passage {
				t.Errorf("%s %q, want %s %q: %v", got.Verdict, first(got), c.verdict, c.passage, got.Explanation)
			}
			if !strings.Contains(strings.Join(got.Explanation, "\n"), c.says) {
				t.Errorf("explanation %q does not say %q", got.Explanation, c.says)
			}
		})
	}
}

// TestAnswerIsWhole checks what a caller may rely on in every answer.
func TestAnswerIsWhole(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	q := search.Query{Text: "сколько идет вывод на карту", Locale: kb.RU}
	got, err := engine.Answer(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if got.Query != q || got.Revision != engine.Library().Revision() || got.Confidence <= 0 || got.Confidence > 1 {
		t.Errorf("answer %+v", got)
	}
	if len(got.Passages) != 1 || len(got.Citations) != 1 {
		t.Fatalf("%d passages, %d citations, want one of each", len(got.Passages), len(got.Citations))
	}
	if want := "На карту деньги приходят за 1–5 рабочих дней."; got.Citations[0].Quote != want {
		t.Errorf("quote %q, want %q", got.Citations[0].Quote, want)
	}
	if diff := cmp.Diff(got.Passages[0].Citation(got.Citations[0].Quote), got.Citations[0]); diff != "" {
		t.Errorf("citation (-want +got):\n%s", diff)
	}
	for _, p := range got.Related {
		if p.Ref == got.Passages[0].Ref {
			t.Error("the answer is related to itself")
		}
	}
}

func TestSuggestedOffersUpToThree(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	got, err := engine.Answer(t.Context(), search.Query{Text: "вывод", Locale: kb.RU})
	if err != nil {
		t.Fatal(err)
	}
	if got.Verdict != search.Suggested || len(got.Passages) != 3 || len(got.Citations) != 3 || got.Related != nil {
		t.Errorf("%s with %d passages, %d citations, %d related: %v",
			got.Verdict, len(got.Passages), len(got.Citations), len(got.Related), got.Explanation)
	}
}

func TestQueryErrors(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	for text, want := range map[string]error{
		"":                                 search.ErrEmpty,
		" \t\n":                            search.ErrEmpty,
		"?!... «» — ***":                   search.ErrEmpty,
		"😀👍🏽":                              search.ErrEmpty,
		"\u200b\u2060\ufeff\u00ad":         search.ErrEmpty,
		"\u0301\u0301":                     search.ErrEmpty,
		strings.Repeat("a", 2001):          search.ErrTooLong,
		strings.Repeat("вывод ", 200):      search.ErrTooLong,
		"вывод\x00":                        search.ErrText,
		"вывод\xff":                        search.ErrText,
		strings.Repeat("ы", 1000):          nil,
		strings.Repeat("a ", 1000):         nil,
		"\u202eвывод\u202c":                nil,
		strings.Repeat("в\u0336\u0334", 9): nil,
	} {
		q := search.Query{Text: text, Locale: kb.RU}
		_, err1 := engine.Answer(t.Context(), q)
		_, err2 := engine.Search(t.Context(), q)
		_, err3 := engine.Suggest(t.Context(), q)
		for _, err := range []error{err1, err2, err3} {
			if !errors.Is(err, want) {
				t.Errorf("%.20q: %v, want %v", text, err, want)
			}
		}
	}
}

func TestLongQuestionsSaySo(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	text := "забыл пароль " + strings.Repeat("и ", search.MaxTokens)
	got, err := engine.Answer(t.Context(), search.Query{Text: text, Locale: kb.RU})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(got.Explanation, "only the first 64 words count") || first(got) != "faq/account#forgot-password" {
		t.Errorf("%q %q", first(got), got.Explanation)
	}
}

func TestSearchLimitsAndExplains(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	for limit, want := range map[int]int{0: 6, 1: 1, 3: 3, 1000: 6, -1: 6} {
		got, err := engine.Search(t.Context(), search.Query{Text: "вывод заявка профиль ссылка", Locale: kb.RU, Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Hits) != want {
			t.Errorf("limit %d: %d hits, want %d", limit, len(got.Hits), want)
		}
		for i, h := range got.Hits {
			if len(h.Explanation) == 0 || !strings.Contains(h.Passage.Text, h.Quote) {
				t.Errorf("hit %d: %+v", i, h)
			}
			if i > 0 && h.Score > got.Hits[i-1].Score {
				t.Errorf("hit %d scores above the one before", i)
			}
		}
	}
}

func TestSearchOrderIsStable(t *testing.T) {
	t.Parallel()
	lib := load(t, smallContent(t))
	q := search.Query{Text: "вывод аккаунт заявка деньги", Locale: kb.RU}
	var want []search.Hit
	for range 5 {
		engine, err := search.NewEngine(lib)
		if err != nil {
			t.Fatal(err)
		}
		got, err := engine.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got.Hits
		}
		if diff := cmp.Diff(want, got.Hits); diff != "" {
			t.Errorf("order differs (-first +later):\n%s", diff)
		}
		if err := engine.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	for text, want := range map[string]string{
		"пар":              "faq/account#forgot-password",
		"забыт пар":        "faq/account#forgot-password",
		"минимальная сум":  "faq/withdrawals#minimum",
		"как вкл":          "faq/account#two-factor",
		"ПЕРЕДУ":           "faq/withdrawals#cancel",
		"passw":            "faq/account#forgot-password",
		"can i cancel a w": "faq/withdrawals#cancel",
	} {
		locale := kb.RU
		if text[0] < 0x80 {
			locale = kb.EN
		}
		got, err := engine.Suggest(t.Context(), search.Query{Text: text, Locale: locale})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Hits) == 0 || len(got.Hits) > 5 {
			t.Errorf("%q: %d hits", text, len(got.Hits))
			continue
		}
		if ref := got.Hits[0].Passage.Ref; ref.Article+"#"+ref.Anchor != want {
			t.Errorf("%q: %s first, want %s", text, ref, want)
		}
	}
}

func TestSuggestNamesAHeadingOnce(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, shipped(t))
	got, err := engine.Suggest(t.Context(), search.Query{Text: "шаги", Locale: kb.RU, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, h := range got.Hits {
		if seen[h.Passage.Heading] {
			t.Errorf("%q comes twice", h.Passage.Heading)
		}
		seen[h.Passage.Heading] = true
	}
}

func TestUnknownLocaleIsEnglish(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	for text, want := range map[string]string{"forgotten password": "faq/account#forgot-password", "забыт пароль": "faq/account#forgot-password", "24": ""} {
		got, err := engine.Answer(t.Context(), search.Query{Text: text, Locale: "xx"})
		if err != nil || first(got) != want {
			t.Errorf("%q: %q, %v", text, first(got), err)
		}
	}
}

func TestClosedEngine(t *testing.T) {
	t.Parallel()
	lib := load(t, smallContent(t))
	engine, err := search.NewEngine(lib)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := engine.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := engine.Answer(context.Background(), search.Query{Text: "вывод", Locale: kb.RU}); !errors.Is(err, search.ErrClosed) {
		t.Errorf("answer: %v, want ErrClosed", err)
	}
	if err := engine.Swap(lib); !errors.Is(err, search.ErrClosed) {
		t.Errorf("swap: %v, want ErrClosed", err)
	}
	if engine.Library() != lib || engine.Status().Revision != lib.Revision() {
		t.Error("a closed engine forgets what it served")
	}
}

func TestEmptyLibrary(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(smallContent(t), today().AddDate(-20, 0, 0))
	engine := newEngine(t, lib)
	got, err := engine.Answer(t.Context(), search.Query{Text: "срок рассмотрения", Locale: kb.RU})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range got.Passages {
		if p.Kind == kb.Terms {
			t.Errorf("%s is not in force yet", p.Ref)
		}
	}
	none := newEngine(t, &kb.Library{})
	if got, err := none.Answer(t.Context(), search.Query{Text: "вывод", Locale: kb.RU}); err != nil || got.Verdict != search.NoAnswer {
		t.Errorf("without content: %s, %v", got.Verdict, err)
	}
}
