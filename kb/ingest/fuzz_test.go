package ingest_test

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzHTML holds that no body of an export stops the import or gets past kb.Load.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"<p>a<b>b</b>c</p>", "<table><tr><td rowspan=3>a<td>b<tr><td>c</table>", "<ul><li>a<ul><li>b</ul></ul>",
		"<h2>a</h2><h4>b</h4>text", "<a href='#x'><h1 id=x>y</h1></a>", "<pre>```\n{{x}}</pre>", "<dl><dt>a<dd>b</dl>",
		"{{a}} | b |<br>---|---<br>1. x<br># y", "<blockquote><ol start=9><li><table><tr><td>x", "<em><strong>*a*</strong></em>_b_",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if !utf8.ValidString(body) || len(body) > 4<<10 {
			t.Skip()
		}
		report, written := importFile(t, "a.json", export(t, "<p>Text.</p>"+body))
		if strings.Contains(written, "{{") {
			t.Errorf("a reference was imported:\n%s", written)
		}
		if strings.Contains(report, "error:") || strings.Contains(report, "cannot be read back") {
			t.Errorf("the import failed:\n%s", report)
		}
	})
}

// FuzzMarkdown holds the same for Markdown files.
func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{
		"---\ntitle: x\n---\n# a\n\nb", "a\n===\n\n- b\n  1. c\n\n> d", "| a | b |\n|---|---|\n| c |", "[a](b.md#c) ![d](e)",
		"+++\ntitle = \"x\"\n+++\n<div>\n\n## a {#b}\n\n</div>", "~~~\n{{x}}\n~~~", "## a\n### b\n#### c\n\nd",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 4<<10 {
			t.Skip()
		}
		report, written := importFile(t, "a.md", body)
		if strings.Contains(written, "{{") || strings.Contains(report, "error:") || strings.Contains(report, "cannot be read back") {
			t.Errorf("the import failed:\n%s%s", report, written)
		}
	})
}
