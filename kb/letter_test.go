package kb_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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
			`ru/letters/ack.md:2:1: unknown key "from": the keys here are subject`,
		},
		{
			"unknown placeholder",
			[]edit{replace(ruAck, "{{link}}", "{{url}}")},
			`ru/letters/ack.md:6:1: unknown placeholder "{{url}}": the placeholders are {{number}}, {{link}}, {{category}}, {{operator}}, {{helpline}}, {{reply}}, or a name in facts.yaml`,
		},
		{
			"unknown placeholder in the subject",
			[]edit{replace(ruAck, "Обращение {{number}}", "Обращение {{Number}}")},
			`ru/letters/ack.md:2:1: unknown placeholder "{{Number}}": the placeholders are {{number}}, {{link}}, {{category}}, {{operator}}, {{helpline}}, {{reply}}, or a name in facts.yaml`,
		},
		{
			"template language",
			[]edit{replace(ruAck, "{{link}}", "{% if link %}")},
			`ru/letters/ack.md:6:1: brace outside a placeholder: the placeholders are {{number}}, {{link}}, {{category}}, {{operator}}, {{helpline}}, {{reply}}`,
		},
		{
			"placeholder not closed",
			[]edit{replace(ruAck, "{{link}}", "{{link}")},
			`ru/letters/ack.md:6:1: brace outside a placeholder: the placeholders are {{number}}, {{link}}, {{category}}, {{operator}}, {{helpline}}, {{reply}}`,
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
		"number": "OT-7", "link": "https://demo.example/r/abc", "category": "Вывод",
		"operator": "Demo Bet", "helpline": "Линия помощи", "reply": "Проверили: всё в порядке.",
	}
	tests := []struct {
		name                  string
		letter                kb.Letter
		fields                kb.Fields
		wantSubject, wantBody string
	}{
		{
			"every field",
			kb.Letter{Subject: "{{number}}, {{category}}", Body: "{{reply}}\n{{link}}\n{{helpline}}\n{{operator}}\n"},
			all,
			"OT-7, Вывод", "Проверили: всё в порядке.\nhttps://demo.example/r/abc\nЛиния помощи\nDemo Bet\n",
		},
		{
			"a field twice",
			kb.Letter{Subject: "{{number}}", Body: "{{number}} {{number}}"},
			all,
			"OT-7", "OT-7 OT-7",
		},
		{
			"a field without a value",
			kb.Letter{Subject: "Обращение {{number}}", Body: "[{{link}}]"},
			nil,
			"Обращение", "[]",
		},
		{
			"a value that looks like a placeholder",
			kb.Letter{Subject: "{{category}}", Body: "{{reply}} {{link}}"},
			kb.Fields{"category": "{{number}}", "reply": "{{link}} {{{{reply}}}}", "link": "L"},
			"{{number}}", "{{link}} {{{{reply}}}} L",
		},
		{
			"values that join into a placeholder",
			kb.Letter{Subject: "s", Body: "{{reply}}{{helpline}}"},
			kb.Fields{"reply": "{{li", "helpline": "nk}}", "link": "L"},
			"s", "{{link}}",
		},
		{
			"a line end in the subject",
			kb.Letter{Subject: "Re: {{category}}", Body: "{{category}}"},
			kb.Fields{"category": "x\r\nBcc: a@b.example"},
			"Re: x Bcc: a@b.example", "x\r\nBcc: a@b.example",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			subject, body := tt.letter.Render(tt.fields)
			if subject != tt.wantSubject || body != tt.wantBody {
				t.Errorf("got  %q, %q\nwant %q, %q", subject, body, tt.wantSubject, tt.wantBody)
			}
		})
	}
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
