package kb_test

import (
	"strings"
	"testing"

	"otvet/kb"
)

// factsTree is the clean tree with a facts file and one more sentence in both FAQs.
func factsTree(facts, ru, en string) []edit {
	return []edit{
		put("facts.yaml", facts),
		replace(ruFAQ, "Обычно", ru+" Обычно"),
		replace(enFAQ, "Usually", en+" Usually"),
	}
}

// TestFactsAreWrittenAsTheLanguageAsks gives references and what readers see.
func TestFactsAreWrittenAsTheLanguageAsks(t *testing.T) {
	t.Parallel()
	tests := []struct{ fact, ref, ru, en string }{
		{"20 EUR", "{{f}}", "20 €", "€20"},
		{"2000 EUR", "{{f}}", "2 000 €", "€2,000"},
		{"1500000.50 RUB", "{{f}}", "1 500 000,50 ₽", "₽1,500,000.50"},
		{"5-10 EUR", "{{f}}", "5–10 €", "€5–€10"},
		{"2000 EUR", "{{f:number}}", "2 000", "2,000"},
		{"1.60", "{{f}}", "1,60", "1.60"},
		{"10 percent", "{{f}}", "10 %", "10%"},
		{"10 MB", "{{f}}", "10 МБ", "10 MB"},
		{"1 hour", "{{f}}", "1 час", "1 hour"},
		{"1 hours", "{{f}}", "1 час", "1 hour"},
		{"24 hours", "{{f}}", "24 часа", "24 hours"},
		{"11 hours", "{{f}}", "11 часов", "11 hours"},
		{"12 hours", "{{f}}", "12 часов", "12 hours"},
		{"21 hours", "{{f}}", "21 час", "21 hours"},
		{"111 days", "{{f}}", "111 дней", "111 days"},
		{"1.5 hours", "{{f}}", "1,5 часа", "1.5 hours"},
		{"24-48 hours", "{{f}}", "24–48 часов", "24–48 hours"},
		{"3-4 days", "{{f}}", "3–4 дня", "3–4 days"},
		{"1-5 business days", "{{f}}", "1–5 рабочих дней", "1–5 business days"},
		{"2 business days", "{{f}}", "2 рабочих дня", "2 business days"},
		{"1 business days", "{{f}}", "1 рабочий день", "1 business day"},
		{"18 years", "{{f}}", "18 лет", "18 years"},
		{"5 times", "{{f}}", "5 раз", "5 times"},
		{"3 times", "{{f}}", "3 раза", "3 times"},
		{"7 days", "{{example:€50}}", "€50", "€50"},
	}
	for _, tt := range tests {
		t.Run(tt.fact+" "+tt.ref, func(t *testing.T) {
			t.Parallel()
			lib := load(t, cleanTree(t, factsTree("f: "+tt.fact, "Вот "+tt.ref+".", "Here "+tt.ref+".")...), today())
			for loc, want := range map[kb.Locale]string{kb.RU: "Вот " + tt.ru + ".", kb.EN: "Here " + tt.en + "."} {
				if text := strings.ReplaceAll(textOf(t, lib, loc), "\u00a0", " "); !strings.Contains(text, want) {
					t.Errorf("%s: %q is not in %q", loc, want, text)
				}
			}
		})
	}
}

// TestRussianCases gives the forms after 1, 2 and 5.
func TestRussianCases(t *testing.T) {
	t.Parallel()
	tests := []struct{ unit, form, one, two, five string }{
		{"hours", "gen", "1 часа", "2 часов", "5 часов"},
		{"hours", "dat", "1 часу", "2 часам", "5 часам"},
		{"hours", "ins", "1 часом", "2 часами", "5 часами"},
		{"hours", "pre", "1 часе", "2 часах", "5 часах"},
		{"weeks", "acc", "1 неделю", "2 недели", "5 недель"},
		{"minutes", "acc", "1 минуту", "2 минуты", "5 минут"},
		{"minutes", "gen", "1 минуты", "2 минут", "5 минут"},
		{"months", "gen", "1 месяца", "2 месяцев", "5 месяцев"},
		{"years", "gen", "1 года", "2 лет", "5 лет"},
		{"business days", "gen", "1 рабочего дня", "2 рабочих дней", "5 рабочих дней"},
		{"business days", "ins", "1 рабочим днём", "2 рабочими днями", "5 рабочими днями"},
	}
	for _, tt := range tests {
		t.Run(tt.unit+" "+tt.form, func(t *testing.T) {
			t.Parallel()
			for number, want := range map[string]string{"1": tt.one, "2": tt.two, "5": tt.five} {
				lib := load(t, cleanTree(t, factsTree("f: "+number+" "+tt.unit, "Вот {{f:"+tt.form+"}}.", "Here {{f}}.")...), today())
				if text := strings.ReplaceAll(textOf(t, lib, kb.RU), "\u00a0", " "); !strings.Contains(text, "Вот "+want+".") {
					t.Errorf("%q is not in %q", want, text)
				}
			}
		})
	}
}

func TestEnglishFactBeforeANoun(t *testing.T) {
	t.Parallel()
	lib := load(t, cleanTree(t, factsTree("f: 24 hours", "Вот {{f}}.", "The {{f:adj}} wait.")...), today())
	if text := textOf(t, lib, kb.EN); !strings.Contains(text, "The 24-hour wait.") {
		t.Errorf("text is %q", text)
	}
}

// textOf returns the text of the FAQ's passages.
func textOf(t *testing.T, lib *kb.Library, loc kb.Locale) string {
	t.Helper()
	var b strings.Builder
	for _, p := range lib.Passages(loc) {
		if p.Ref.Article == "faq/withdrawals" {
			b.WriteString(p.Text + "\n")
		}
	}
	return b.String()
}

// TestRevisionFollowsTheFacts: an answer that was shown with the old number must not be
// taken for one with the new.
func TestRevisionFollowsTheFacts(t *testing.T) {
	t.Parallel()
	revisions := func(value string) (library, article, other string) {
		lib := load(t, cleanTree(t, factsTree("f: "+value, "Вот {{f}}.", "Here {{f}}.")...), today())
		faq, _ := lib.Article(kb.EN, "faq/withdrawals")
		help, _ := lib.Article(kb.EN, "help/first-withdrawal")
		return lib.Revision(), faq.Revision, help.Revision
	}
	library1, article1, other1 := revisions("24 hours")
	library2, article2, other2 := revisions("48 hours")
	if library1 == library2 || article1 == article2 || other1 != other2 {
		t.Errorf("revisions: library %s, %s; article with the fact %s, %s; without %s, %s",
			library1, library2, article1, article2, other1, other2)
	}
}

func TestProblemsOfFacts(t *testing.T) {
	t.Parallel()
	const help = `write a number or a range, then a unit: "24 hours", "1-5 business days", "20 EUR", "1.60"; the units are ` +
		"EUR, GBP, INR, KZT, RUB, TRY, UAH, USD, GB, KB, MB, attempts, business days, characters, codes, days, hours, minutes, " +
		"months, percent, seconds, times, versions, weeks, years"
	checkDefects(t, []defect{
		{"no mapping", []edit{put("facts.yaml", "- a\n")}, `facts.yaml:1:1: wrong type (a list): write lines such as "withdrawal-minimum: 20 EUR"`},
		{"bad name", []edit{put("facts.yaml", "Min_Bet: 1 EUR\n")}, `facts.yaml:1:1: bad name "Min_Bet": use a-z, 0-9 and inner hyphens`},
		{"name with a meaning", []edit{put("facts.yaml", "number: 1 EUR\n")}, `facts.yaml:1:1: the name "number" has a meaning of its own in articles or letters: choose another`},
		{"twice", []edit{put("facts.yaml", "a: 1 EUR\nb: 2\na: 3 EUR\n")}, `facts.yaml:3:1: "a" is already on line 1: a number stands once`},
		{"no number", []edit{put("facts.yaml", "a: some\n")}, `facts.yaml:1:4: a: not a number: ` + help},
		{"zeros in front", []edit{put("facts.yaml", "a: 007 EUR\n")}, `facts.yaml:1:4: a: not a number: ` + help},
		{"unknown unit", []edit{put("facts.yaml", "a: 2 fortnights\n")}, `facts.yaml:1:4: a: unknown unit "fortnights": ` + help},
		{"range backwards", []edit{put("facts.yaml", "a: 48-24 hours\n")}, `facts.yaml:1:4: a: the range ends before it begins: write the smaller number first`},
		{
			"unknown fact",
			factsTree("withdrawal-minimum: 20 EUR\n", "Вот {{withdrawal-minimun}}.", "Here {{withdrawal-minimum}}."),
			`ru/faq/withdrawals.md:14:5: unknown fact "withdrawal-minimun": did you mean "withdrawal-minimum"? Else add it to facts.yaml`,
		},
		{
			"reference where none is read",
			[]edit{put("facts.yaml", "f: 1 hours\n"), replace("en/categories.yaml", "summary: Times and limits.", "summary: \"Within {{f}}.\"")},
			`en/categories.yaml:3:20: reference in a list of categories: only articles and letters can refer to facts.yaml; say it without the number`,
		},
		{
			"no facts file",
			[]edit{replace(enFAQ, "Usually", "Here {{f}}. Usually")},
			`en/faq/withdrawals.md:14:6: unknown fact "f": write "f: 24 hours" into facts.yaml beside the folders of the languages`,
		},
		{
			"form of another language",
			factsTree("f: 1 hours\n", "Вот {{f}}.", "Here {{f:gen}}."),
			`en/faq/withdrawals.md:14:6: unknown form "gen": the forms here are number, adj`,
		},
		{
			"reference that does not end",
			factsTree("f: 1 hours\n", "Вот {{f}}.", "Here {{f}."),
			`en/faq/withdrawals.md:14:6: stray "{{": a reference is written {{name}} on one line`,
		},
		{
			"empty example",
			factsTree("f: 1 hours\n", "Вот {{f}}.", "Here {{example:}}."),
			`en/faq/withdrawals.md:14:6: example without a text: write {{example:€50}}`,
		},
		{
			"place behind a reference on the same line",
			factsTree("f: 1-5 business days\n", "Вот {{f}}.", "Here {{f}} and {{g}}."),
			`en/faq/withdrawals.md:14:16: unknown fact "g": add it to facts.yaml`,
		},
		{
			"place of a link behind a reference on the same line",
			factsTree("f: 1-5 business days\n", "Вот {{f}}.", "Here {{f}}, [there]()."),
			`en/faq/withdrawals.md:14:13: link without a usable address: write ../kind/slug.md#anchor`,
		},
	})
}
