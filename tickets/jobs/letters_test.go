package jobs_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/jobs"
)

var update = flag.Bool("update", false, "write the golden files anew")

// shipped loads the content that ships.
func shipped(t *testing.T) *kb.Library {
	t.Helper()
	library, problems := kb.Load(os.DirFS("../../content"), time.Now())
	for _, p := range problems {
		t.Errorf("content/%s", p)
	}
	return library
}

// TestLettersRead shows every letter with a full set of values, as text and as HTML: a change of
// the words, the layout or the rendering is seen in the diff.
func TestLettersRead(t *testing.T) {
	t.Parallel()
	library := shipped(t)
	for _, kind := range tickets.LetterKinds() {
		for _, l := range kb.Locales() {
			letter, ok := library.Letter(l, string(kind))
			if !ok {
				t.Errorf("%s: no letter %s", l, kind)
				continue
			}
			writing, err := letter.Render(kb.SampleFields(l))
			if err != nil {
				t.Errorf("%s: %v", l, err)
			}
			page, err := jobs.Page(l, "Demo Bet", writing)
			if err != nil {
				t.Error(err)
			}
			golden(t, filepath.Join("testdata", "letters", string(l), string(kind)+".txt"), "Subject: "+writing.Subject+"\n\n"+writing.Text)
			golden(t, filepath.Join("testdata", "letters", string(l), string(kind)+".html"), page)
			harmless(t, l, page)
		}
	}
}

// TestTheLastAnswersTellTheRemedy, when there is one.
func TestTheLastAnswersTellTheRemedy(t *testing.T) {
	t.Parallel()
	library := shipped(t)
	for _, kind := range []tickets.LetterKind{tickets.LetterReviewResult, tickets.LetterFinal, tickets.LetterDeadlock} {
		for l, titles := range map[kb.Locale][]string{kb.EN: {"What we put right:", "What we have done:"}, kb.RU: {"Что мы исправляем:", "Что мы сделали:"}} {
			letter, _ := library.Letter(l, string(kind))
			fields := kb.SampleFields(l)
			for i, name := range []string{"remedy", "measures"} {
				if w, err := letter.Render(fields); err != nil || !strings.Contains(w.Text, titles[i]+" "+fields[name]) {
					t.Errorf("%s %s does not tell %s: %v", l, kind, name, err)
				}
				delete(fields, name)
				if w, err := letter.Render(fields); err != nil || strings.Contains(w.Text, titles[i]) {
					t.Errorf("%s %s without %s: %v\n%s", l, kind, name, err, w.Text)
				}
			}
		}
	}
}

var (
	loads = regexp.MustCompile(`(?i)src=|url\(|@import|<(?:img|script|link|iframe|form|object|video|audio)\b|https?://`)
	ours  = regexp.MustCompile(`https://(?:help|disputes)\.demo\.example[a-z/]*`)
)

// harmless holds that a letter loads nothing and names its language.
func harmless(t *testing.T, l kb.Locale, page string) {
	t.Helper()
	if found := loads.FindString(ours.ReplaceAllString(page, "")); found != "" {
		t.Errorf("a letter loads or runs something: %q", found)
	}
	if !strings.Contains(page, `<html lang="`+string(l)+`"`) || strings.Contains(page, "{{") {
		t.Errorf("%s: %s", l, page)
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); go test -update writes it anew:\n%s", file, diff)
	}
}

// TestHeadersByKind sends every letter through SMTP.
func TestHeadersByKind(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t)
	n := server.notifier()
	replied := []tickets.LetterKind{
		tickets.LetterAck, tickets.LetterAckComplaint, tickets.LetterLate, tickets.LetterObjectionAck, tickets.LetterOutOfHours,
		tickets.LetterSafety, tickets.LetterAppealAck, tickets.LetterDataAck,
	}
	bulk := append([]tickets.LetterKind{
		tickets.LetterVerify, tickets.LetterInfoReminder, tickets.LetterProgress, tickets.LetterHolding, tickets.LetterClosed, tickets.LetterSatisfaction,
	}, replied...)
	for i, kind := range tickets.LetterKinds() {
		l := kb.Locales()[i%2]
		m := jobs.Mail{
			Kind: kind, To: "p@player.example", Subject: "s", Body: "Текст\n", HTML: "<p>Текст</p>", Locale: l,
			MessageID: string(kind) + "@help.demo.example", InReplyTo: "first@help.demo.example",
		}
		if err := n.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		h := server.wait(i + 1)[i].header
		want := map[string]string{
			"Auto-Submitted": "auto-generated", "Precedence": "", "Content-Language": string(l), "X-Auto-Response-Suppress": "All",
			"Message-Id": "<" + string(kind) + "@help.demo.example>", "In-Reply-To": "<first@help.demo.example>", "References": "<first@help.demo.example>",
		}
		if slices.Contains(replied, kind) {
			want["Auto-Submitted"] = "auto-replied"
		}
		if slices.Contains(bulk, kind) {
			want["Precedence"] = "bulk"
		}
		for name, value := range want {
			if h.Get(name) != value {
				t.Errorf("%s: %s is %q, want %q", kind, name, h.Get(name), value)
			}
		}
	}
}
