package search_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/search"
)

// asked lists the parts of an answer with the passage of each, "text: article#anchor".
func asked(a search.Answer) []string {
	var parts []string
	for _, p := range a.Parts {
		parts = append(parts, p.Query.Text+": "+first(p))
	}
	return parts
}

func TestTwoQuestionsGetTwoAnswers(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	const password, cancel, long, two = "faq/account#forgot-password", "faq/withdrawals#cancel", "faq/withdrawals#how-long", "faq/account#two-factor"
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Забыл пароль. Можно ли отменить вывод?", []string{"Забыл пароль: " + password, "Можно ли отменить вывод: " + cancel}},
		{"здравствуйте, как отменить вывод? и ещё забыл пароль, спасибо!", []string{"здравствуйте, как отменить вывод: " + cancel, "забыл пароль, спасибо: " + password}},
		{"сколько идет вывод, а также как включить 2fa", []string{"сколько идет вывод: " + long, "как включить 2fa: " + two}},
		{"сколько идет вывод и как включить 2fa", []string{"сколько идет вывод: " + long, "как включить 2fa: " + two}},
		{"Привет! Забыл пароль; когда придут деньги? как включить 2FA?", []string{"Забыл пароль: " + password, "когда придут деньги: " + long, "как включить 2FA: " + two}},
		{"I have forgotten my password. Also, how long does a withdrawal take?", []string{"I have forgotten my password: " + password, "how long does a withdrawal take: " + long}},
		{"zabyl parol. skolko idet vyvod?", []string{"zabyl parol: " + password, "skolko idet vyvod: " + long}},
		{"zabyl parol i kak otmenit vyvod", []string{"zabyl parol: " + password, "kak otmenit vyvod: " + cancel}},
		{"zabyl parol\nskolko idet vyvod", []string{"zabyl parol: " + password, "skolko idet vyvod: " + long}},
		{"pf,sk gfhjkm b crjkmrj bltn dsdjl?", []string{"pf,sk gfhjkm: " + password, "crjkmrj bltn dsdjl: " + long}},
		{"pf,sk gfhjkm! crjkmrj ;lfnm dsgkfne", []string{"pf,sk gfhjkm: " + password, "crjkmrj ;lfnm dsgkfne: " + long}},
		{"pf,sk gfhjkm b rfr jnvty. dsdjl", []string{"pf,sk gfhjkm: " + password, "rfr jnvty. dsdjl: " + cancel}},
		// One question, or one that nothing answers.
		{"Добрый день! Забыл пароль. Спасибо.", nil},
		{"Забыл пароль. Не помню пароль!", nil},
		{"Забыл пароль. Какая погода в Париже?", nil},
		{"Как вывести 1.5 евро на site.example", nil},
		{"пароль и вывод", nil},
		{"забыл пароль; отменить вывод; когда придут деньги; как включить 2fa", nil},
	} {
		locale := kb.RU
		if c.text[0] < 0x80 && c.text[0] != 'z' && c.text[0] != 'p' {
			locale = kb.EN
		}
		got, err := engine.Answer(t.Context(), search.Query{Text: c.text, Locale: locale})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, asked(got)); diff != "" {
			t.Errorf("%q (-want +got):\n%s%q", c.text, diff, got.Explanation)
		}
	}
}

func TestAnAnswerInPartsIsWhole(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, load(t, smallContent(t)))
	q := search.Query{Text: "Забыл пароль. Можно ли отменить вывод?", Locale: kb.RU}
	got, err := engine.Answer(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if got.Verdict != search.Answered || got.Query != q || len(got.Parts) != 2 || got.Revision == "" {
		t.Fatalf("%+v", got)
	}
	for i, p := range got.Parts {
		if p.Verdict != search.Answered || p.Confidence < got.Confidence || len(p.Citations) != 1 || p.Parts != nil || p.Related != nil {
			t.Errorf("part %d: %+v", i, p)
		}
		if diff := cmp.Diff(p.Passages[0], got.Passages[i]); diff != "" {
			t.Errorf("passage %d (-part +whole):\n%s", i, diff)
		}
		if diff := cmp.Diff(p.Citations[0], got.Citations[i]); diff != "" {
			t.Errorf("citation %d (-part +whole):\n%s", i, diff)
		}
	}
	words := strings.Join(got.Explanation, "\n")
	for _, want := range []string{"the text asks 2 things", `"Забыл пароль":`, "covers 2 of 2"} {
		if !strings.Contains(words, want) {
			t.Errorf("the explanation lacks %q: %s", want, words)
		}
	}
}
