package kb_test

import (
	"strings"
	"testing"

	"otvet/kb"
)

func TestProblemsOfLinks(t *testing.T) {
	t.Parallel()
	checkDefects(t, []defect{
		{
			"to an article that does not exist",
			[]edit{replace(ruFAQ, "../terms/payments.md#c1-1", "../terms/payment.md#c1-1")},
			`ru/faq/withdrawals.md:14:39: dead link: there is no ru/terms/payment.md`,
		},
		{
			"to an anchor that does not exist",
			[]edit{replace(ruFAQ, "help/first-withdrawal#steps", "../help/first-withdrawal.md#step")},
			`ru/faq/withdrawals.md:14:81: dead link: no heading in ru/help/first-withdrawal.md has {#step}`,
		},
		{
			"to an anchor of the file itself that does not exist",
			[]edit{replace(ruHelp, "(#steps)", "(#step)")},
			`ru/help/first-withdrawal.md:10:33: dead link: no heading in ru/help/first-withdrawal.md has {#step}`,
		},
		{
			"to a clause of the future",
			[]edit{replace(ruFAQ, "payments.md#c1-1", "payments.md#c1-3")},
			`ru/faq/withdrawals.md:14:39: dead link: no heading in ru/terms/payments@2026-06-01.md has {#c1-3}`,
		},
		{
			"to a clause of the past",
			[]edit{replace(ruFAQ, "payments.md#c1-1", "payments.md#c1-2")},
			`ru/faq/withdrawals.md:14:39: dead link: no heading in ru/terms/payments.md has {#c1-2}`,
		},
		{
			"to Terms not in force yet",
			[]edit{remove("ru/terms/payments@2025-11-01.md"), remove(ruOld), remove("en/terms/payments@2025-11-01.md"), remove("en/terms/payments@2026-06-01.md"), replace(enFAQ, "[terms](../terms/payments.md#c1-1)", "terms")},
			`ru/faq/withdrawals.md:14:39: dead link: ru/terms/payments.md takes effect on 2027-01-01 only`,
		},
		{
			"to a file that is no article",
			[]edit{replace(ruFAQ, "../terms/payments.md#c1-1", "../categories.yaml")},
			`ru/faq/withdrawals.md:14:39: dead link "../categories.yaml": write ../kind/slug.md#anchor for an article in the same language`,
		},
		{
			"to another language",
			[]edit{replace(ruFAQ, "../terms/payments.md#c1-1", "../../en/terms/payments.md#c1-1")},
			`ru/faq/withdrawals.md:14:39: dead link "../../en/terms/payments.md#c1-1": write ../kind/slug.md#anchor for an article in the same language`,
		},
		{
			"out of the content",
			[]edit{replace(ruFAQ, "../terms/payments.md#c1-1", "../../../secrets/faq/x.md")},
			`ru/faq/withdrawals.md:14:39: dead link "../../../secrets/faq/x.md": write ../kind/slug.md#anchor for an article in the same language`,
		},
		{
			"absolute path",
			[]edit{replace(ruFAQ, "(/contact)", "(/ru/contact)")},
			`ru/faq/withdrawals.md:18:28: dead link "/ru/contact": of absolute paths only /contact exists; for an article write ../kind/slug.md`,
		},
		{
			"empty",
			[]edit{replace(ruFAQ, "(/contact)", "()")},
			`ru/faq/withdrawals.md:18:28: link without a usable address: write ../kind/slug.md#anchor`,
		},
		{
			"bad anchor",
			[]edit{replace(ruFAQ, "first-withdrawal#steps", "first-withdrawal#Steps")},
			`ru/faq/withdrawals.md:14:81: dead link "help/first-withdrawal#Steps": write ../kind/slug.md#anchor for an article in the same language`,
		},
		{
			"http",
			[]edit{replace(ruFAQ, "(/contact)", "(http://demo.example)")},
			`ru/faq/withdrawals.md:18:28: link to "http://demo.example": of external addresses only https:, mailto: and tel: are allowed`,
		},
		{
			"protocol-relative",
			[]edit{replace(ruFAQ, "(/contact)", "(//evil.example)")},
			`ru/faq/withdrawals.md:18:28: link to "//evil.example": of external addresses only https:, mailto: and tel: are allowed`,
		},
		{
			"script",
			[]edit{replace(ruFAQ, "(/contact)", "(JavaScript:alert)")},
			`ru/faq/withdrawals.md:18:28: link to "JavaScript:alert": of external addresses only https:, mailto: and tel: are allowed`,
		},
		{
			"script in entities",
			[]edit{replace(ruFAQ, "(/contact)", "(&#106;avascript&colon;alert)")},
			`ru/faq/withdrawals.md:18:28: link to "javascript:alert": of external addresses only https:, mailto: and tel: are allowed`,
		},
		{
			"script in an autolink",
			[]edit{replace(ruFAQ, "[Напишите нам](/contact)", "<javascript:alert>")},
			`ru/faq/withdrawals.md:18:28: link to "javascript:alert": of external addresses only https:, mailto: and tel: are allowed`,
		},
		{
			"data",
			[]edit{replace(ruFAQ, "(/contact)", "(data:text/html,x)")},
			`ru/faq/withdrawals.md:18:28: link to "data:text/html,x": of external addresses only https:, mailto: and tel: are allowed`,
		},
		{
			"user and password",
			[]edit{replace(ruFAQ, "(/contact)", "(https://demo.example@evil.example)")},
			`ru/faq/withdrawals.md:18:28: link to "https://demo.example@evil.example": of external addresses only https:, mailto: and tel: are allowed`,
		},
	})
}

// TestLinksLeadToTheSite writes links into the Russian FAQ and looks at what becomes
// of them.
func TestLinksLeadToTheSite(t *testing.T) {
	t.Parallel()
	tests := []struct{ link, want string }{
		{"[x](../terms/payments.md)", `<a href="/ru/terms/payments">x</a>`},
		{"[x](../terms/payments.md#c1-1)", `<a href="/ru/terms/payments#c1-1">x</a>`},
		{"[x](../terms/payments@2025-11-01.md#c1-1)", `<a href="/ru/terms/payments@2025-11-01#c1-1">x</a>`},
		{"[x](withdrawals.md#how-long)", `<a href="/ru/faq/withdrawals#how-long">x</a>`},
		{"[x](./withdrawals.md)", `<a href="/ru/faq/withdrawals">x</a>`},
		{"[x](#how-long)", `<a href="/ru/faq/withdrawals#how-long">x</a>`},
		{"[x](terms/payments)", `<a href="/ru/terms/payments">x</a>`},
		{"[x](help/first-withdrawal#check)", `<a href="/ru/help/first-withdrawal#check">x</a>`},
		{"[x](/contact)", `<a href="/ru/contact">x</a>`},
		{"[x][y]\n\n[y]: #how-long", `<a href="/ru/faq/withdrawals#how-long">x</a>`},
		{`[x](#how-long "a title")`, `<a href="/ru/faq/withdrawals#how-long">x</a>`},
		{"[x](https://demo.example/a?b=1&c=2)", `<a href="https://demo.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">x</a>`},
		{`[x](https://demo.example/a\b)`, `<a href="https://demo.example/a%5Cb" rel="noopener noreferrer nofollow">x</a>`},
		{"<https://demo.example/>", `<a href="https://demo.example/" rel="noopener noreferrer nofollow">https://demo.example/</a>`},
		{"<support@demo.example>", `<a href="mailto:support@demo.example">support@demo.example</a>`},
		{"[x](tel:+10000000000)", `<a href="tel:+10000000000">x</a>`},
		{"[x <https://demo.example/>](/contact)", `<a href="/ru/contact">x https://demo.example/</a>`},
		{"[**x** и *y*](/contact)", `<a href="/ru/contact"><strong>x</strong> и <em>y</em></a>`},
	}
	for _, tt := range tests {
		lib := load(t, cleanTree(t, replace(ruFAQ, "Обычно", tt.link+"\n\nОбычно")), today())
		a, _ := lib.Article(kb.RU, "faq/withdrawals")
		if got := string(a.Sections[0].HTML); !strings.Contains(got, "<p>"+tt.want+"</p>") {
			t.Errorf("%s became\n%s, want\n%s", tt.link, got, tt.want)
		}
	}
}
