package kb_test

import "testing"

func TestProblemsOfTerms(t *testing.T) {
	t.Parallel()
	checkDefects(t, []defect{
		{
			"chapter without a number",
			[]edit{replace(ruTerms, "## 1. Вывод", "## Вывод")},
			`ru/terms/payments.md:9:1: clause without a number: write "## 1. Вывод {#s1}"`,
		},
		{
			"clause without a number",
			[]edit{replace(ruTerms, "### 1.3 Комиссия", "### Комиссия")},
			`ru/terms/payments.md:15:1: clause without a number: write "### 1.2 Комиссия {#c1-2}"`,
		},
		{
			"clause with a number only",
			[]edit{replace(ruTerms, "### 1.3 Комиссия", "### 1.3")},
			`ru/terms/payments.md:15:1: heading without words: write what the section is about`,
		},
		{
			"clause with a chapter's number",
			[]edit{replace(ruTerms, "### 1.3 Комиссия", "### 3. Комиссия")},
			`ru/terms/payments.md:15:1: clause without a number: write "### 1.2 Комиссия {#c1-2}"`,
		},
		{
			"clause out of order",
			[]edit{replace(ruTerms, "### 1.3 Комиссия", "### 1.1 Комиссия")},
			`ru/terms/payments.md:15:1: clause 1.1 is out of order here: number chapters 1., 2., ... and their clauses 1.1, 1.2, ...`,
		},
		{
			"clause of another chapter",
			[]edit{replace(ruTerms, "### 1.3 Комиссия", "### 2.1 Комиссия")},
			`ru/terms/payments.md:15:1: clause 2.1 is out of order here: number chapters 1., 2., ... and their clauses 1.1, 1.2, ...`,
		},
		{
			"clause before its chapter",
			[]edit{replace(ruTerms, "## 1. Вывод {#s1}\n\n### 1.1 Срок {#c1-1}", "### 1.1 Срок {#c1-1}\n\nСрок.\n\n## 1. Вывод {#s1}")},
			`
ru/terms/payments.md:9:1: clause 1.1 is out of order here: number chapters 1., 2., ... and their clauses 1.1, 1.2, ...
ru/terms/payments.md:13:1: clause 1 is out of order here: number chapters 1., 2., ... and their clauses 1.1, 1.2, ...`,
		},
		{
			"chapter without anything",
			[]edit{replace(ruTerms, "Комиссии нет.", "Нет.\n\n## 2. Прочее {#s2}"), replace("en/terms/payments.md", "There is no fee.", "No.\n\n## 2. Other {#s2}\n\nText.")},
			`ru/terms/payments.md:19:1: empty section: write a text below the heading or remove it`,
		},
		{
			"file name and day differ",
			[]edit{replace(ruOld, "effective: 2026-06-01", "effective: 2026-06-02")},
			`ru/terms/payments@2026-06-01.md:6:1: effective is 2026-06-02, but the file's name says 2026-06-01: make them equal`,
		},
		{
			"newest version is not the newest",
			[]edit{replace(ruTerms, "effective: 2027-01-01", "effective: 2026-06-01"), replace("en/terms/payments.md", "effective: 2027-01-01", "effective: 2026-06-01")},
			`
en/terms/payments@2026-06-01.md:6:1: effective is not before that of en/terms/payments.md, which must be the newest version
ru/terms/payments@2026-06-01.md:6:1: effective is not before that of ru/terms/payments.md, which must be the newest version`,
		},
		{
			"only dated versions",
			[]edit{remove(ruTerms), remove("en/terms/payments.md"), replace(ruFAQ, "payments.md", "payments@2026-06-01.md"), replace(enFAQ, "payments.md", "payments@2026-06-01.md")},
			`
en/terms/payments@2025-11-01.md: only a dated version: the newest version is named payments.md
en/terms/payments@2026-06-01.md: only a dated version: the newest version is named payments.md
ru/terms/payments@2025-11-01.md: only a dated version: the newest version is named payments.md
ru/terms/payments@2026-06-01.md: only a dated version: the newest version is named payments.md`,
		},
	})
}
