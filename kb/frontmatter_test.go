package kb_test

import "testing"

func TestProblemsOfFrontMatter(t *testing.T) {
	t.Parallel()
	checkDefects(t, []defect{
		{
			"broken YAML",
			[]edit{replace(ruFAQ, "title: Вывод средств", "title: Вывод: средств")},
			`ru/faq/withdrawals.md:2: broken YAML: mapping values are not allowed in this context; put texts with ": " or a special first character in quotes`,
		},
		{
			"none",
			[]edit{put(ruHelp, "Текст.\n## Шаги {#steps}\nТекст.\n### Проверка {#check}\nТекст.\n")},
			`ru/help/first-withdrawal.md:1:1: no front matter: begin the file with a line "---", then "title: ..." and the other keys, then "---"`,
		},
		{
			"not closed",
			[]edit{put(ruHelp, "---\ntitle: Первый вывод\n")},
			`ru/help/first-withdrawal.md:1:1: front matter has no end: close it with a line "---"`,
		},
		{
			"not a mapping",
			[]edit{put(ruHelp, "---\n- title\n---\nТекст.\n## Шаги {#steps}\nТекст.\n### Проверка {#check}\nТекст.\n")},
			`ru/help/first-withdrawal.md:2:1: wrong type: write "key: value" lines with the keys title, category, summary, questions, updated, review, effective`,
		},
		{
			"unknown key",
			[]edit{replace(ruFAQ, "summary:", "sumary:")},
			`
ru/faq/withdrawals.md:2:1: missing required key "summary": add "summary: ..."
ru/faq/withdrawals.md:4:1: unknown key "sumary": the keys here are title, category, summary, questions, updated, review, effective`,
		},
		{
			"key given twice",
			[]edit{replace(ruFAQ, "title: Вывод средств", "title: Вывод средств\ntitle: Вывод")},
			`ru/faq/withdrawals.md:3:1: key "title" is given twice: remove one`,
		},
		{
			"missing key",
			[]edit{replace(ruFAQ, "title: Вывод средств\n", "")},
			`ru/faq/withdrawals.md:2:1: missing required key "title": add "title: ..."`,
		},
		{
			"key without value",
			[]edit{replace(ruFAQ, "title: Вывод средств", "title:")},
			`ru/faq/withdrawals.md:2:1: missing required key "title": add "title: ..."`,
		},
		{
			"wrong type of a text",
			[]edit{replace(ruFAQ, "title: Вывод средств", "title: 2026")},
			`ru/faq/withdrawals.md:2:8: title: wrong type (int): write a text, in quotes if it looks like something else`,
		},
		{
			"list for a text",
			[]edit{replace(ruFAQ, "title: Вывод средств", "title: [Вывод, средств]")},
			`ru/faq/withdrawals.md:2:8: title: wrong type (a list): write a text, in quotes if it looks like something else`,
		},
		{
			"alias for a text",
			[]edit{replace(ruFAQ, "title: Вывод средств\ncategory: withdrawals", "category: &a withdrawals\ntitle: *a")},
			`ru/faq/withdrawals.md:3:8: title: wrong type (an alias): write a text, in quotes if it looks like something else`,
		},
		{
			"alias for nothing",
			[]edit{replace(ruFAQ, "title: Вывод средств", "title: *a")},
			`ru/faq/withdrawals.md:1: broken YAML: unknown anchor 'a' referenced; put texts with ": " or a special first character in quotes`,
		},
		{
			"wrong type of questions",
			[]edit{replace(ruHelp, "questions:\n  - как вывести первый раз", "questions: как вывести первый раз")},
			`ru/help/first-withdrawal.md:5:12: questions: wrong type (str): write a list, one "- text" a line`,
		},
		{
			"wrong type of a question",
			[]edit{replace(ruHelp, "- как вывести первый раз", "- {как: вывести}")},
			`ru/help/first-withdrawal.md:6:5: questions: wrong type (a mapping): write a text, in quotes if it looks like something else`,
		},
		{
			"question without words",
			[]edit{replace(ruHelp, "- как вывести первый раз", "- \"?\"")},
			`ru/help/first-withdrawal.md:6:5: questions: empty text: write words or remove the line`,
		},
		{
			"bad date",
			[]edit{replace(ruFAQ, "2026-10-12", "12.10.2026")},
			`ru/faq/withdrawals.md:9:10: updated: bad date "12.10.2026": write year-month-day, such as 2026-10-12`,
		},
		{
			"date that does not exist",
			[]edit{replace(ruFAQ, "2026-10-12", "2026-02-30")},
			`ru/faq/withdrawals.md:9:10: updated: bad date "2026-02-30": write year-month-day, such as 2026-10-12`,
		},
		{
			"effective where there are no versions",
			[]edit{replace(ruFAQ, "updated: 2026-10-12", "updated: 2026-10-12\neffective: 2026-10-12")},
			`ru/faq/withdrawals.md:10:1: effective is for Terms only: remove the line, or move the file to the folder terms`,
		},
		{
			"effective missing in Terms",
			[]edit{replace(ruTerms, "effective: 2027-01-01\n", "")},
			`ru/terms/payments.md:2:1: missing required key "effective": add "effective: ..."`,
		},
		{
			"unknown category",
			[]edit{replace(ruFAQ, "category: withdrawals", "category: withdrawal")},
			`ru/faq/withdrawals.md:3:1: unknown category "withdrawal": write one of withdrawals, account`,
		},
		{
			"questions for an anchor that does not exist",
			[]edit{replace(ruFAQ, "  how-long:", "  how-fast:")},
			`ru/faq/withdrawals.md:6:3: questions for "how-fast", but no heading has {#how-fast}: correct the anchor or remove the lines`,
		},
		{
			"questions for an anchor twice",
			[]edit{replace(ruFAQ, "updated:", "  how-long:\n    - где деньги\nupdated:")},
			`ru/faq/withdrawals.md:9:3: questions: anchor "how-long" is given twice: join the two lists`,
		},
	})
}
