package kb_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"otvet/kb"
)

func TestProblemsOfLetters(t *testing.T) {
	t.Parallel()
	checkDefects(t, []defect{
		{
			"no subject",
			[]edit{replace(ruAck, "subject: \"Обращение {{number}}\"\n", "")},
			`ru/letters/ack.md:1:1: missing required key "subject": add "subject: ..."`,
		},
		{
			"unknown key",
			[]edit{replace(ruAck, "subject:", "from: support\nsubject:")},
			`ru/letters/ack.md:2:1: unknown key "from": the keys here are subject, button`,
		},
		{
			"unknown placeholder",
			[]edit{replace(ruAck, "{{link}}", "{{url}}")},
			`ru/letters/ack.md:6:1: unknown placeholder "{{url}}": the placeholders are {{number}}, {{link}}, {{category}}, {{operator}}, {{helpline}}, {{received}}, {{due-first}}, or a name in facts.yaml`,
		},
		{
			"unknown placeholder in the subject",
			[]edit{replace(ruAck, "Обращение {{number}}", "Обращение {{Number}}")},
			`ru/letters/ack.md:2:1: unknown placeholder "{{Number}}": the placeholders are {{number}}, {{link}}, {{category}}, {{operator}}, {{helpline}}, {{received}}, {{due-first}}, or a name in facts.yaml`,
		},
		{
			"template language",
			[]edit{replace(ruAck, "{{link}}", "{% if link %}")},
			`ru/letters/ack.md:6:1: brace outside a placeholder: the placeholders are {{number}}, {{link}}, {{category}}, {{operator}}, {{helpline}}, {{received}}, {{due-first}}`,
		},
		{
			"placeholder not closed",
			[]edit{replace(ruAck, "{{link}}", "{{link}")},
			`ru/letters/ack.md:6:1: brace outside a placeholder: the placeholders are {{number}}, {{link}}, {{category}}, {{operator}}, {{helpline}}, {{received}}, {{due-first}}`,
		},
		{
			"no text",
			[]edit{put(ruAck, "---\nsubject: Обращение\n---\n")},
			`ru/letters/ack.md: letter without text: write it below the front matter`,
		},
		{
			"no front matter",
			[]edit{put(ruAck, "Мы получили обращение.\n")},
			`ru/letters/ack.md:1:1: no front matter: begin the file with a line "---", then "title: ..." and the other keys, then "---"`,
		},
		{
			"bad file name",
			[]edit{put("ru/letters/Ack.md", "---\nsubject: Обращение\n---\nДа.\n"), put("en/letters/Ack.md", "---\nsubject: Request\n---\nYes.\n")},
			`
en/letters/Ack.md: bad file name: use a-z, 0-9 and inner hyphens
ru/letters/Ack.md: bad file name: use a-z, 0-9 and inner hyphens`,
		},
	})
}

func TestLetterRender(t *testing.T) {
	t.Parallel()
	all := kb.Fields{
		"number": "OT-7", "link": "https://demo.example/r/abc?a=1&b=2", "category": "Вывод",
		"operator": "Demo Bet", "helpline": "Линия помощи", "reply": "Проверили: всё в порядке.",
	}
	tests := []struct {
		name   string
		letter kb.Letter
		fields kb.Fields
		want   kb.Writing
	}{
		{
			"every field",
			kb.Letter{Subject: "{{number}}, {{category}}", Body: "{{reply}}\n\n{{operator}}, {{helpline}}\n"},
			all,
			kb.Writing{
				"OT-7, Вывод", "Проверили: всё в порядке.\n\nDemo Bet, Линия помощи\n",
				"<p>Проверили: всё в порядке.</p>\n<p>Demo Bet, Линия помощи</p>\n",
			},
		},
		{
			"the lines of a letter",
			kb.Letter{Subject: "s", Body: "Number {{number}}\nSubject: **{{category}}**\n\n1. One\n2. Two\n   lines\n\n- Dash\n\n## Head\n\n---\n"},
			all,
			kb.Writing{
				"s", "Number OT-7\nSubject: Вывод\n\n1. One\n2. Two\n   lines\n\n- Dash\n\nHead\n\n---\n",
				"<p>Number OT-7<br>\nSubject: <strong>Вывод</strong></p>\n<ol>\n<li>One</li>\n<li>Two<br>\nlines</li>\n</ol>\n" +
					"<ul>\n<li>Dash</li>\n</ul>\n<h2>Head</h2>\n<hr>\n",
			},
		},
		{
			"a link on a line of its own",
			kb.Letter{Subject: "s", Button: "Open {{number}}", Body: "Here:\n{{link}}\n\nEnd.\n"},
			all,
			kb.Writing{
				"s", "Here:\nhttps://demo.example/r/abc?a=1&b=2\n\nEnd.\n",
				`<p>Here:</p>` + "\n" + `<p class="button"><a href="https://demo.example/r/abc?a=1&amp;b=2">Open OT-7</a></p>` + "\n" +
					`<p class="address">https://demo.example/r/abc?a=1&amp;b=2</p>` + "\n<p>End.</p>\n",
			},
		},
		{
			"a link among words, and without a button",
			kb.Letter{Subject: "s", Body: "At {{link}}.\n\n{{link}}\n"},
			kb.Fields{"link": "https://demo.example/"},
			kb.Writing{
				"s", "At https://demo.example/.\n\nhttps://demo.example/\n",
				`<p>At <a href="https://demo.example/">https://demo.example/</a>.</p>` + "\n" +
					`<p class="address"><a href="https://demo.example/">https://demo.example/</a></p>` + "\n",
			},
		},
		{
			"an address that could run a script",
			kb.Letter{Subject: "s", Button: "Open", Body: "{{link}}\n"},
			kb.Fields{"link": "javascript:alert(1)"},
			kb.Writing{"s", "javascript:alert(1)\n", `<p class="address">javascript:alert(1)</p>` + "\n"},
		},
		{
			"a value of several paragraphs",
			kb.Letter{Subject: "s", Body: "A\n\n{{reply}}\n\n- {{reply}}\n"},
			kb.Fields{"reply": "one\r\ntwo\n\n# three *four* [x](y) <b>"},
			kb.Writing{
				"s", "A\n\none\ntwo\n\n# three *four* [x](y) <b>\n\n- one\ntwo\n\n# three *four* [x](y) <b>\n",
				"<p>A</p>\n<p>one<br>\ntwo</p>\n<p># three *four* [x](y) &lt;b&gt;</p>\n" +
					"<ul>\n<li>one<br>\ntwo<br>\n<br>\n# three *four* [x](y) &lt;b&gt;</li>\n</ul>\n",
			},
		},
		{
			"values that look like placeholders",
			kb.Letter{Subject: "{{category}}", Body: "{{reply}}{{helpline}} {{link}}\n"},
			kb.Fields{"category": "{{number}}", "reply": "{{li", "helpline": "nk}}\ue000\ue003", "link": "L"},
			kb.Writing{"{{number}}", "{{link}}\ue000\ue003 L\n", "<p>{{link}}\ue000\ue003 L</p>\n"},
		},
		{
			"a line end in the subject",
			kb.Letter{Subject: "Re: {{category}}", Body: "{{category}}\n"},
			kb.Fields{"category": "x\r\nBcc: a@b.example"},
			kb.Writing{"Re: x Bcc: a@b.example", "x\nBcc: a@b.example\n", "<p>x<br>\nBcc: a@b.example</p>\n"},
		},
		{
			"what a letter does not have",
			kb.Letter{Subject: "s", Body: "<div>\nx\n</div>\n\n[words](https://evil.example) ![image](https://evil.example/x.png) <i>y</i> <https://a.example>\n"},
			nil,
			kb.Writing{"s", "words image y https://a.example\n", "<p>words image y https://a.example</p>\n"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.letter.Render(tt.fields)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

// TestAnUnfilledLetterNamesItsGaps: the caller decides; what can be shown is there.
func TestAnUnfilledLetterNamesItsGaps(t *testing.T) {
	t.Parallel()
	l := kb.Letter{Name: "extension", Subject: "{{number}}", Button: "{{category}}", Body: "{{reason}} until {{due}}: {{number}}\n"}
	got, err := l.Render(kb.Fields{"number": "OT-7", "reason": " \n"})
	var unfilled *kb.UnfilledError
	if !errors.As(err, &unfilled) || !slices.Equal(unfilled.Fields, []string{"category", "due", "reason"}) || unfilled.Letter != "extension" {
		t.Errorf("error %v", err)
	}
	if got.Subject != "OT-7" || !strings.Contains(got.Text, "until : OT-7") {
		t.Errorf("%+v", got)
	}
}

// TestAnOptionalFieldWithoutAValueTakesItsParagraphAlong, but not in a letter where it is no such.
func TestAnOptionalFieldWithoutAValueTakesItsParagraphAlong(t *testing.T) {
	t.Parallel()
	l := kb.Letter{Name: "holding", Subject: "s", Body: "One.\n\nBy {{next}}.\n\nTwo.\n"}
	if w, err := l.Render(nil); err != nil || w.Text != "One.\n\nTwo.\n" {
		t.Errorf("%q, %v", w.Text, err)
	}
	if w, err := l.Render(kb.Fields{"next": "2 May 2027"}); err != nil || w.Text != "One.\n\nBy 2 May 2027.\n\nTwo.\n" {
		t.Errorf("%q, %v", w.Text, err)
	}
	l.Name = "progress"
	if _, err := l.Render(nil); err == nil {
		t.Error("a letter without its date is whole")
	}
}

// TestNothingThatPeopleWriteIsMarkup: whatever the values hold, the HTML has the elements of the
// letter and its own line breaks, and the text holds the values as they are.
func TestNothingThatPeopleWriteIsMarkup(t *testing.T) {
	t.Parallel()
	elements := regexp.MustCompile(`<[^<>]*>`)
	letter := kb.Letter{Name: "reply", Subject: "s", Body: "Hello **{{category}}**\n\n{{reply}}\n\n1. {{reason}}\n"}
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"<script>", "</p>", "<a href=\"", "&lt;", "**", "# ", "- ", "{{link}}", "\n", "\n\n", "[a](b)", "\ue000", "\ue045", "я", "\"", "'"})
		value := func(name string) string {
			return "x" + strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, name), "") + "x"
		}
		fields := kb.Fields{"category": value("category"), "reply": value("reply"), "reason": value("reason")}
		got, err := letter.Render(fields)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range elements.FindAllString(string(got.HTML), -1) {
			if !slices.Contains([]string{"<p>", "</p>", "<br>", "<strong>", "</strong>", "<ol>", "</ol>", "<li>", "</li>"}, e) {
				t.Errorf("element %s of %v in %s", e, fields, got.HTML)
			}
		}
		for name, v := range fields {
			if !strings.Contains(got.Text, v) {
				t.Errorf("%s is not in the text as it was written: %q", name, got.Text)
			}
		}
	})
}

func TestLetterIsLoadedAsWritten(t *testing.T) {
	t.Parallel()
	got, ok := load(t, cleanTree(t), today()).Letter(kb.EN, "ack")
	want := kb.Letter{
		Locale: kb.EN, Name: "ack", Subject: "Request {{number}}",
		Body: "We have received request {{number}}.\n\n{{link}}\n",
	}
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("Letter(ack) = %v (-want +got):\n%s", ok, diff)
	}
}
