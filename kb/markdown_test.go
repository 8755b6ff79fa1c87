package kb_test

import (
	"strings"
	"testing"
	"time"

	"otvet/kb"
)

func TestProblemsOfText(t *testing.T) {
	t.Parallel()
	checkDefects(t, []defect{
		{
			"invalid UTF-8",
			[]edit{replace(ruFAQ, "Обычно", "\xff")},
			`ru/faq/withdrawals.md:14:1: invalid UTF-8 (byte 0xff): save the file as UTF-8`,
		},
		{
			"NUL",
			[]edit{replace(ruFAQ, "Обычно", "\x00")},
			`ru/faq/withdrawals.md:14:1: control character U+0000: remove it`,
		},
		{
			"too large",
			[]edit{replace(ruFAQ, "Обычно", strings.Repeat("много \n\n", 40_000))},
			`ru/faq/withdrawals.md: file is larger than 256 KiB: split it into several articles`,
		},
		{
			"block too long",
			[]edit{replace(ruFAQ, "Обычно", strings.Repeat("много \n", 2_000))},
			`ru/faq/withdrawals.md:14:1: more than 16 KiB of text without an empty line: split it into paragraphs`,
		},
		{
			"nested quotes",
			[]edit{replace(ruFAQ, "Обычно", strings.Repeat("> ", 33)+"Обычно")},
			`ru/faq/withdrawals.md:14:1: quotes and lists are nested deeper than 32: use headings instead`,
		},
		{
			"nested lists",
			[]edit{replace(ruFAQ, "Обычно", strings.Repeat("- 1. ", 17)+"Обычно")},
			`ru/faq/withdrawals.md:14:1: quotes and lists are nested deeper than 32: use headings instead`,
		},
		{
			"lists nested line by line",
			[]edit{replace(ruFAQ, "Обычно", stairs(40)+"Обычно")},
			`ru/faq/withdrawals.md:46:1: quotes and lists are nested deeper than 32: use headings instead`,
		},
		{
			"lists nested by tabs",
			[]edit{replace(ruFAQ, "Обычно", strings.Repeat("\t", 17)+"Обычно")},
			`ru/faq/withdrawals.md:14:1: quotes and lists are nested deeper than 32: use headings instead`,
		},
		{
			"raw HTML block",
			[]edit{replace(ruFAQ, "Обычно", "<div>\nда\n</div>\n\nОбычно")},
			`ru/faq/withdrawals.md:14:1: raw HTML: write Markdown instead, or &lt; for the character itself`,
		},
		{
			"raw HTML comment",
			[]edit{replace(ruFAQ, "Обычно", "<!-- потом -->\n\nОбычно")},
			`ru/faq/withdrawals.md:14:1: raw HTML: write Markdown instead, or &lt; for the character itself`,
		},
		{
			"raw inline HTML",
			[]edit{replace(ruFAQ, "Обычно", "<b>Обычно</b>")},
			`ru/faq/withdrawals.md:14:1: raw HTML: write Markdown instead, or &lt; for the character itself`,
		},
		{
			"remote image",
			[]edit{replace(ruFAQ, "Обычно", "![кот](https://evil.example/1.png) Обычно")},
			`ru/faq/withdrawals.md:14:1: remote image: nothing is loaded from other sites; describe what it shows in words`,
		},
		{
			"remote image by reference",
			[]edit{replace(ruFAQ, "Обычно", "![кот]\n\n[кот]: //evil.example/1.png\n\nОбычно")},
			`ru/faq/withdrawals.md:14:1: remote image: nothing is loaded from other sites; describe what it shows in words`,
		},
		{
			"local image",
			[]edit{replace(ruFAQ, "Обычно", "![кот](cat.png) Обычно")},
			`ru/faq/withdrawals.md:14:1: image: articles are text only; describe what it shows in words`,
		},
	})
}

// TestHostileMarkdownLeavesNothingBehind renders what must never reach a reader. Each
// is reported, and the HTML is harmless all the same, because a library with problems
// can be looked at.
func TestHostileMarkdownLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	for _, markdown := range []string{
		"<script>alert(1)</script>",
		"a <script>alert(1)</script> b",
		"<img src=x onerror=alert(1)>",
		"<!-- --!><img src=x onerror=alert(1)>",
		"<div\nonclick=alert(1)>\n\nx",
		"[x](javascript:alert(1))",
		"[x](JaVaScRiPt:alert(1))",
		"[x](&#x6A;avascript:alert(1))",
		"[x](java&Tab;script:alert(1))",
		"[x](\\javascript:alert(1))",
		"[x](<javascript:alert(1)>)",
		"[x](vbscript:x)",
		"[x](data:text/html;base64,PHNjcmlwdD4=)",
		"[x]\n\n[x]: javascript:alert(1)",
		"<javascript:alert(1)>",
		"<data:text/html,x>",
		"![x](javascript:alert(1))",
		"![x](https://evil.example/pixel.png)",
		"[![x](https://evil.example/pixel.png)](https://demo.example)",
		"[![a [b](https://demo.example/b)](x)](https://demo.example/a)",
		"[x](//evil.example)",
		"[x](https:evil.example)",
		"[x](https:\\\\evil.example)",
		"[x](/\\evil.example)",
		"> ## H {style=position:fixed onclick=alert(1)}",
		"- ## H {#x .y onclick=alert(1)}",
	} {
		lib, problems := kb.Load(cleanTree(t, replace(ruFAQ, "Обычно", markdown+"\n\nОбычно")), today())
		a, ok := lib.Article(kb.RU, "faq/withdrawals")
		if !ok || len(problems) == 0 {
			t.Errorf("%q: %d problems, article read: %v; want problems and an article", markdown, len(problems), ok)
			continue
		}
		html := string(a.Sections[0].HTML)
		if err := checkHTML(html); err != nil || strings.Contains(html, "pixel") {
			t.Errorf("%q became %q: %v", markdown, html, err)
		}
	}
}

// TestEscapedMarkdownStaysText writes what looks dangerous and is not.
func TestEscapedMarkdownStaysText(t *testing.T) {
	t.Parallel()
	tests := []struct{ markdown, text string }{
		{`\<b>`, "<b>"},
		{"`<b>`", "<b>"},
		{"1 &lt; 2 &amp;&amp; 3 > 2", "1 < 2 && 3 > 2"},
		{"&copy; &#8364;", "© €"},
		{`\[x](javascript:alert)`, "[x](javascript:alert)"},
		{"a  \nb\nc", "a\nb c"},
		{"a\tb", "a\tb"},
		{"    <b>\n    c", "<b> c"},
		{"bell &#7; escape &#27;[31m", "bell escape [31m"},
	}
	for _, tt := range tests {
		lib := load(t, cleanTree(t, replace(ruFAQ, "Обычно", tt.markdown+"\n\nОбычно")), today())
		a, _ := lib.Article(kb.RU, "faq/withdrawals")
		got, _, _ := strings.Cut(a.Sections[0].Text, "\nОбычно")
		if got != tt.text {
			t.Errorf("%q has the text %q, want %q", tt.markdown, got, tt.text)
		}
		if err := checkHTML(string(a.Sections[0].HTML)); err != nil {
			t.Errorf("%q: %v", tt.markdown, err)
		}
	}
}

// TestBombsAreLoadedInTime loads what makes the Markdown parser slow, as large as the
// fences let it be. The limit is generous, for a busy machine under the race detector.
func TestBombsAreLoadedInTime(t *testing.T) {
	t.Parallel()
	for _, brick := range []string{"- ", "> ", "[a](", "![", "![a](", "*a **a ", "[", "<", "`a``", "|", "[a]((((", "\\", "a*b_", "&", "# {a="} {
		bomb := strings.Repeat(brick, (16<<10)/len(brick)-10)
		wall := strings.Repeat(bomb+"\n\n", 4)
		for name, body := range map[string]string{"one block": strings.Repeat(brick, (250<<10)/len(brick)), "many blocks": wall} {
			start := time.Now()
			kb.Load(cleanTree(t, replace(ruFAQ, "Обычно", body)), today())
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("%s of %q took %s", name, brick, took)
			}
		}
	}
}
