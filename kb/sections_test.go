package kb_test

import (
	"testing"

	"otvet/kb"
)

// TestIntroductionWithoutTextIsNone puts before the first heading what no reader sees.
func TestIntroductionWithoutTextIsNone(t *testing.T) {
	t.Parallel()
	lib := load(t, cleanTree(t, replace(ruFAQ, "## Сколько", "[y]: /contact\n\n***\n\n## Сколько")), today())
	a, _ := lib.Article(kb.RU, "faq/withdrawals")
	if got := a.Sections[0].Anchor; got != "how-long" {
		t.Errorf("the first section is %q, want how-long", got)
	}
}

func TestProblemsOfHeadings(t *testing.T) {
	t.Parallel()
	checkDefects(t, []defect{
		{
			"no anchor",
			[]edit{replace(ruHelp, "## Шаги {#steps}", "## Шаги {#steps}\n\nРаз.\n\n## Ещё")},
			`ru/help/first-withdrawal.md:16:1: heading without an anchor: end the line with {#anchor}, the same in every language`,
		},
		{
			"bad anchor",
			[]edit{replace(ruHelp, "## Шаги {#steps}", "## Шаги {#steps}\n\nРаз.\n\n## Ещё {#Ещё}")},
			`
ru/help/first-withdrawal.md:16:1: bad anchor "Ещё": use a-z, 0-9 and inner hyphens
ru/help/first-withdrawal.md:16:1: missing translation of the section: write it with {#Ещё} in en/help/first-withdrawal.md`,
		},
		{
			"more than an anchor",
			[]edit{replace(ruHelp, "{#steps}", "{#steps onclick=alert}")},
			`ru/help/first-withdrawal.md:12:1: heading with more in braces than {#steps}: remove the rest`,
		},
		{
			"anchor given twice",
			[]edit{replace(ruHelp, "## Шаги {#steps}", "## Шаги {#steps}\n\nРаз.\n\n## Ещё {#steps}")},
			`ru/help/first-withdrawal.md:16:1: anchor "steps" is already on line 12: give each heading its own`,
		},
		{
			"level 1",
			[]edit{replace(ruHelp, "## Шаги {#steps}", "# Шаги {#steps}")},
			`ru/help/first-withdrawal.md:12:1: level-1 heading: the title stands in the front matter; begin the line with ##`,
		},
		{
			"level 4",
			[]edit{replace(ruHelp, "### Проверка", "#### Проверка")},
			`ru/help/first-withdrawal.md:26:1: level-4 heading: only ## and ### exist`,
		},
		{
			"level 3 in an FAQ",
			[]edit{replace(ruFAQ, "## Какие", "### Какие")},
			`ru/faq/withdrawals.md:16:1: ### in an FAQ: each question is a ## of its own`,
		},
		{
			"heading without words",
			[]edit{replace(ruHelp, "## Шаги {#steps}", "## {#steps}")},
			`ru/help/first-withdrawal.md:12:1: heading without words: write what the section is about`,
		},
		{
			"heading in a quote",
			[]edit{replace(ruHelp, "> Не торопитесь.", "> ## Не торопитесь {#no-hurry}")},
			`ru/help/first-withdrawal.md:24:3: heading inside a list or a quote: move it to the left margin`,
		},
		{
			"empty section",
			[]edit{replace(ruFAQ, "От 20 € до 2 000 € в день. [Напишите нам](/contact), если сумма больше.\n", "")},
			`ru/faq/withdrawals.md:16:1: empty section: write a text below the heading or remove it`,
		},
		{
			"section with a line only",
			[]edit{replace(ruFAQ, "От 20 € до 2 000 € в день. [Напишите нам](/contact), если сумма больше.\n", "***\n")},
			`ru/faq/withdrawals.md:16:1: empty section: write a text below the heading or remove it`,
		},
		{
			"empty article",
			[]edit{remove("ru/help"), put(ruHelp, "---\ntitle: Первый вывод\ncategory: withdrawals\nsummary: Как.\nupdated: 2026-10-12\n---\n"), replace(ruFAQ, "#steps", "")},
			`
en/help/first-withdrawal.md:12:1: missing translation of the section: write it with {#steps} in ru/help/first-withdrawal.md
en/help/first-withdrawal.md:26:1: missing translation of the section: write it with {#check} in ru/help/first-withdrawal.md
ru/help/first-withdrawal.md: article without text: write it below the front matter`,
		},
		{
			"FAQ text before the first heading",
			[]edit{replace(ruFAQ, "## Сколько", "Здравствуйте!\n\n## Сколько")},
			`ru/faq/withdrawals.md:12:1: text before the first heading: in an FAQ each text answers the question in its ## heading`,
		},
		{
			"question asked in two headings",
			[]edit{replace(ruFAQ, "## Какие есть лимиты?", "## СКОЛЬКО идёт вывод")},
			`ru/faq/withdrawals.md:16:1: question "СКОЛЬКО идёт вывод" is already at ru/faq/withdrawals.md:12: keep it at one place`,
		},
		{
			"phrasing given twice",
			[]edit{replace(ruFAQ, "- когда придут деньги", "- Сколько ждать вывод?!")},
			`ru/faq/withdrawals.md:8:7: question "Сколько ждать вывод?!" is already at ru/faq/withdrawals.md:7: keep it at one place`,
		},
		{
			"phrasing of another article",
			[]edit{replace(ruHelp, "- как вывести первый раз", "- сколько идет, вывод")},
			`ru/help/first-withdrawal.md:6:5: question "сколько идет, вывод" is already at ru/faq/withdrawals.md:12: keep it at one place`,
		},
	})
}
