package kb_test

import "testing"

func TestProblemsOfLists(t *testing.T) {
	t.Parallel()
	checkDefects(t, []defect{
		{
			"no categories",
			[]edit{remove("ru/categories.yaml")},
			`ru/categories.yaml: no categories: list them, each with id, title and summary`,
		},
		{
			"empty categories",
			[]edit{put("ru/categories.yaml", "# later\n")},
			`ru/categories.yaml:1:1: wrong type: write a list, each item beginning with "- id: ..."`,
		},
		{
			"broken categories",
			[]edit{put("ru/categories.yaml", "- id: withdrawals\n  title: \"Вывод\n")},
			`ru/categories.yaml:2: broken YAML: found unexpected end of stream; put texts with ": " or a special first character in quotes`,
		},
		{
			"category with an unknown key",
			[]edit{replace("ru/categories.yaml", "summary: Вход и данные.", "summary: Вход и данные.\n  icon: key")},
			`ru/categories.yaml:7:3: unknown key "icon": the keys here are id, title, summary, department, kind, asks, needs`,
		},
		{
			"category without a title",
			[]edit{replace("ru/categories.yaml", "  title: Аккаунт\n", "")},
			`ru/categories.yaml:4:3: missing required key "title": add "title: ..."`,
		},
		{
			"category listed twice",
			[]edit{replace("ru/categories.yaml", "- id: account", "- id: withdrawals\n  title: Вывод\n  summary: Вывод.\n- id: account")},
			`ru/categories.yaml:4:3: category "withdrawals" is listed twice: remove one`,
		},
		{
			"category with a bad id",
			[]edit{replace("ru/categories.yaml", "id: account", "id: Account"), replace("en/categories.yaml", "id: account", "id: Account")},
			`
en/categories.yaml:4:3: bad id "Account": use a-z, 0-9 and inner hyphens
ru/categories.yaml:4:3: bad id "Account": use a-z, 0-9 and inner hyphens`,
		},
		{
			"category that is no mapping",
			[]edit{replace("ru/categories.yaml", "- id: account", "- account\n- id: account")},
			`ru/categories.yaml:4:3: wrong type: write "key: value" lines with the keys id, title, summary, department, kind, asks, needs`,
		},
		{
			"category with an unknown department",
			[]edit{
				replace("ru/categories.yaml", "summary: Вход и данные.", "summary: Вход и данные.\n  department: cashier"),
				replace("en/categories.yaml", "id: account", "id: account\n  department: cashier"),
			},
			`
en/categories.yaml:5:3: unknown department "cashier": list it with id and title in en/departments.yaml
ru/categories.yaml:7:3: unknown department "cashier": list it with id and title in ru/departments.yaml`,
		},
		{
			"department that nothing leads to",
			[]edit{put("ru/departments.yaml", "- id: cashier\n  title: Касса\n")},
			`ru/departments.yaml:1:3: no category has the department "cashier": give it one in ru/categories.yaml, or remove it`,
		},
		{
			"category that goes another way in another language",
			[]edit{replace("ru/categories.yaml", "summary: Вход и данные.", "summary: Вход и данные.\n  asks: [device]")},
			`en/categories.yaml:4:3: asks of "account" differs from ru/categories.yaml: write the same in every language`,
		},
		{
			"category that asks for too much",
			[]edit{
				replace("ru/categories.yaml", "summary: Вход и данные.", "summary: Вход и данные.\n  asks: [device, shoes, device, app, error, system, amount]\n  needs: [bets]\n  kind: quarrel"),
				replace("en/categories.yaml", "id: account", "id: account\n  kind: quarrel\n  asks: [device, app, error, system, amount]"),
			},
			`
en/categories.yaml:4:3: needs of "account" differs from ru/categories.yaml: write the same in every language
en/categories.yaml:5:9: unknown kind "quarrel": write one of question, problem, complaint, feedback, data-request
en/categories.yaml:6:3: asks: 5 facts: ask for at most 4, never for more than the answer needs
ru/categories.yaml:7:3: asks: 5 facts: ask for at most 4, never for more than the answer needs
ru/categories.yaml:7:18: asks: unknown fact "shoes": write some of occurred_at, decision_at, decision_ref, terms, bets, transactions, amount, method, platform, device, system, app, expected, error, remedy
ru/categories.yaml:7:25: asks: "device" is written twice: remove one
ru/categories.yaml:8:11: needs: "bets" is not asked for: write it under asks too
ru/categories.yaml:9:9: unknown kind "quarrel": write one of question, problem, complaint, feedback, data-request`,
		},
		{
			"synonyms that are no list of lists",
			[]edit{put("ru/synonyms.yaml", "- [вывод, вывести]\n- аккаунт\n")},
			`ru/synonyms.yaml:2:3: synonyms: wrong type (str): write a list, one "- text" a line`,
		},
		{
			"set of one word",
			[]edit{put("ru/synonyms.yaml", "- [вывод, вывести]\n- [аккаунт]\n")},
			`ru/synonyms.yaml:2:3: synonyms: a set of fewer than two words joins nothing: add a word or remove the set`,
		},
		{
			"word in two sets",
			[]edit{put("ru/synonyms.yaml", "- [расчёт, рассчитать]\n- [итог, Расчет]\n")},
			`ru/synonyms.yaml:2:10: synonyms: "Расчет" is also on line 1: a word belongs to one set, once`,
		},
		{
			"word twice in a set",
			[]edit{put("ru/synonyms.yaml", "- [вывод, вывести, вывод]\n")},
			`ru/synonyms.yaml:1:20: synonyms: "вывод" is also on line 1: a word belongs to one set, once`,
		},
		{
			"empty word",
			[]edit{put("ru/synonyms.yaml", "- [вывод, вывести, \"\"]\n")},
			`ru/synonyms.yaml:1:20: synonyms: empty text: write words or remove the line`,
		},
		{
			"broken synonyms",
			[]edit{put("ru/synonyms.yaml", "- [вывод\n")},
			`ru/synonyms.yaml:1: broken YAML: did not find expected ',' or ']'; put texts with ": " or a special first character in quotes`,
		},
	})
}
