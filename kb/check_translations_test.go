package kb_test

import "testing"

func TestProblemsOfTranslations(t *testing.T) {
	t.Parallel()
	checkDefects(t, []defect{
		{
			"article",
			[]edit{remove("en/help"), replace(enFAQ, "(help/first-withdrawal#steps)", "(#limits)")},
			`ru/help/first-withdrawal.md: missing translation: write en/help/first-withdrawal.md`,
		},
		{
			"section",
			[]edit{replace("en/help/first-withdrawal.md", "### Check {#check}\n", "")},
			`ru/help/first-withdrawal.md:26:1: missing translation of the section: write it with {#check} in en/help/first-withdrawal.md`,
		},
		{
			"section in Terms of one version",
			[]edit{replace("en/terms/payments@2026-06-01.md", "### 1.2 Amount {#c1-2}\n", "")},
			`ru/terms/payments@2026-06-01.md:17:1: missing translation of the section: write it with {#c1-2} in en/terms/payments@2026-06-01.md`,
		},
		{
			"categories that differ",
			[]edit{replace(enFAQ, "category: withdrawals", "category: account")},
			`en/faq/withdrawals.md:3:1: category is "account", and ru/faq/withdrawals.md says "withdrawals": write the same in every language`,
		},
		{
			"category",
			[]edit{replace("en/categories.yaml", "id: account", "id: accounts")},
			`
en/categories.yaml:4:3: missing translation of the category: list "accounts" in ru/categories.yaml
ru/categories.yaml:4:3: missing translation of the category: list "account" in en/categories.yaml`,
		},
		{
			"letter",
			[]edit{remove("en/letters/ack.md")},
			`ru/letters/ack.md: missing translation: write en/letters/ack.md`,
		},
		{
			"whole language",
			[]edit{remove("en")},
			`
en: folder cannot be read: open en: file does not exist
en: no articles in this language: write them in the folders faq, help, terms`,
		},
		{
			"language without articles",
			[]edit{remove("en/faq"), remove("en/help"), remove("en/terms")},
			`en: no articles in this language: write them in the folders faq, help, terms`,
		},
	})
}
