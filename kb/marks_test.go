package kb_test

import (
	"html"
	"html/template"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"otvet/kb"
)

func TestMarked(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, html, sentence, want string
	}{
		{
			"whole paragraph", "<p>Ждите 24 часа.</p>\n", "Ждите 24 часа.",
			"<p><mark>Ждите 24 часа.</mark></p>\n",
		},
		{
			"part of a paragraph", "<p>Да. Ждите 24 часа. Потом пишите.</p>", "Ждите 24 часа.",
			"<p>Да. <mark>Ждите 24 часа.</mark> Потом пишите.</p>",
		},
		{
			"across inline markup", "<p>Wait <strong>24 hours</strong>, then <a href=\"/en/contact\">write</a>. Bye.</p>", "Wait 24 hours, then write.",
			"<p><mark>Wait </mark><strong><mark>24 hours</mark></strong><mark>, then </mark><a href=\"/en/contact\"><mark>write</mark></a><mark>.</mark> Bye.</p>",
		},
		{
			"beginning inside an element", "<p><em>No. Wait</em> here.</p>", "Wait here.",
			"<p><em>No. <mark>Wait</mark></em><mark> here.</mark></p>",
		},
		{
			"blank between two elements", "<p><em>Wait</em> <em>here</em>.</p>", "Wait here.",
			"<p><em><mark>Wait</mark></em><mark> </mark><em><mark>here</mark></em><mark>.</mark></p>",
		},
		{
			"entities", "<p>Stake &lt; €5 &amp; odds &gt; 2 &quot;ok&quot;.</p>", `Stake < €5 & odds > 2 "ok".`,
			"<p><mark>Stake &lt; €5 &amp; odds &gt; 2 &quot;ok&quot;.</mark></p>",
		},
		{
			"no-break space and line end", "<p>Не меньше 20\u00a0€\nв день.</p>", "Не меньше 20 € в день.",
			"<p><mark>Не меньше 20\u00a0€\nв день.</mark></p>",
		},
		{
			"across list items", "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>", "One Two",
			"<ul>\n<li><mark>One</mark></li>\n<li><mark>Two</mark></li>\n</ul>",
		},
		{
			"across table cells", "<tr>\n<td>Card</td>\n<td>5 days</td>\n</tr>", "Card\t5 days",
			"<tr>\n<td><mark>Card</mark></td>\n<td><mark>5 days</mark></td>\n</tr>",
		},
		{
			"across a line break", "<p>One<br>\nTwo</p>", "One Two",
			"<p><mark>One</mark><br>\n<mark>Two</mark></p>",
		},
		{"first of two", "<p>Да. Да.</p>", "Да.", "<p><mark>Да.</mark> Да.</p>"},
		{"not there", "<p>Wait.</p>", "Go.", "<p>Wait.</p>"},
		{"in a tag only", "<p><a href=\"/en/contact\">x</a></p>", "contact", "<p><a href=\"/en/contact\">x</a></p>"},
		{"across blocks without a blank", "<p>ab</p><p>cd</p>", "abcd", "<p>ab</p><p>cd</p>"},
		{"empty", "<p>Wait.</p>", " ", "<p>Wait.</p>"},
		{"no HTML", "", "Wait.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := kb.Passage{HTML: template.HTML(tt.html)}
			if got := string(p.Marked(tt.sentence)); got != tt.want {
				t.Errorf("Marked(%q):\ngot  %s\nwant %s", tt.sentence, got, tt.want)
			}
		})
	}
}

// TestEveryStretchOfTheContentCanBeMarked marks each sentence of the shipped content,
// and from each sentence's middle to the next one's, across whatever markup and block
// stands between.
func TestEveryStretchOfTheContentCanBeMarked(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(os.DirFS("../content"), today())
	clean := load(t, cleanTree(t), today())
	for _, loc := range kb.Locales() {
		for _, p := range slices.Concat(lib.Passages(loc), clean.Passages(loc)) {
			sentences := kb.Sentences(p.Text)
			for i, sentence := range sentences {
				checkMark(t, p, sentence)
				if i > 0 {
					checkMark(t, p, secondHalf(sentences[i-1])+" "+firstHalf(sentence))
				}
			}
		}
	}
}

// checkMark marks a stretch of a passage's text: all of it must be marked, nothing
// else changed, and the HTML still sound.
func checkMark(t *testing.T, p kb.Passage, stretch string) {
	t.Helper()
	marked := string(p.Marked(stretch))
	var words strings.Builder
	for _, m := range regexp.MustCompile(`(?s)<mark>(.*?)</mark>`).FindAllStringSubmatch(marked, -1) {
		words.WriteString(m[1])
	}
	if got, want := bare(html.UnescapeString(words.String())), bare(stretch); got != want {
		t.Errorf("%s: marked %q, want %q in\n%s", p.Ref, got, want, marked)
	}
	if strings.NewReplacer("<mark>", "", "</mark>", "").Replace(marked) != string(p.HTML) {
		t.Errorf("%s: marking %q changed the HTML to\n%s", p.Ref, stretch, marked)
	}
	if err := checkHTML(marked); err != nil {
		t.Errorf("%s: marking %q: %v in\n%s", p.Ref, stretch, err, marked)
	}
}

// bare drops every blank.
func bare(text string) string { return strings.Join(strings.Fields(text), "") }

// firstHalf returns the first half of a sentence's words, at least one.
func firstHalf(sentence string) string {
	words := strings.Fields(sentence)
	return strings.Join(words[:(len(words)+1)/2], " ")
}

// secondHalf returns the second half of a sentence's words, at least one.
func secondHalf(sentence string) string {
	words := strings.Fields(sentence)
	return strings.Join(words[len(words)/2:], " ")
}
