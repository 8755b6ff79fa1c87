package tickets_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"otvet/kb"
	. "otvet/tickets"
)

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Number{
		"K7M2-Q9XT": "K7M2-Q9XT", "k7m2q9xt": "K7M2-Q9XT", " K7M2 Q9XT ": "K7M2-Q9XT", "K7M2–Q9XT": "",
		"oil0-0000": "0110-0000", "K7M2-Q9X": "", "K7M2-Q9XTT": "", "": "", "U7M2-Q9XT": "", "К7М2-Q9XT": "",
		"K7M2-Q9XT'; DROP TABLE tickets": "", "K7M2-Q9\x00T": "",
	} {
		got, err := ParseNumber(in)
		if got != want || (want == "") != errors.Is(err, ErrNotFound) {
			t.Errorf("ParseNumber(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestNumbersAndTokensReadBack(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		n, k := NewNumber(), NewToken()
		if got, err := ParseNumber(strings.ToLower(string(n))); got != n || err != nil {
			t.Fatalf("ParseNumber(%q) = %q, %v", n, got, err)
		}
		if got, err := ParseToken(string(k)); got != k || err != nil {
			t.Fatalf("ParseToken(%q) = %q, %v", k, got, err)
		}
		if seen[string(n)] || seen[string(k)] || len(k) != 22 || len(k.Hash()) != 32 || bytes.Contains(k.Hash(), []byte(k)) {
			t.Fatalf("number %q, token %q", n, k)
		}
		seen[string(n)], seen[string(k)] = true, true
	}
}

func TestParseToken(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"", "short", strings.Repeat("A", 21), strings.Repeat("A", 23), strings.Repeat("A", 22) + "==",
		strings.Repeat("A", 21) + "B", // the same 16 bytes as another token: one spelling only
		strings.Repeat("A", 21) + "+", strings.Repeat("A", 21) + "\n", strings.Repeat("A", 21) + "\x00",
	} {
		if got, err := ParseToken(in); !errors.Is(err, ErrNotFound) {
			t.Errorf("ParseToken(%q) = %q, %v", in, got, err)
		}
	}
}

func TestLogsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	token := NewToken()
	slog.New(slog.NewTextHandler(&b, nil)).Info("m", "token", token,
		"event", Event{Actor: player, Change: PlayerReplied{Body: "my card is 4111"}})
	if s := b.String(); strings.Contains(s, string(token)) || strings.Contains(s, "4111") || !strings.Contains(s, "player_replied") {
		t.Error(s)
	}
}

func TestParseRequester(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", MaxContact-len("@b.example"))
	for _, c := range []struct {
		in   string
		want Requester
		code Code
	}{
		{"lucky777", Requester{Login: "lucky777"}, ""},
		{" Игрок 1 ", Requester{Login: "Игрок 1"}, ""},
		{"a@b.example", Requester{Email: "a@b.example"}, ""},
		{" A.b+c@B.example\r\n", Requester{Email: "A.b+c@B.example"}, ""},
		{"", Requester{}, Required},
		{"\u200b", Requester{}, Required},
		{strings.Repeat("x", MaxContact), Requester{Login: strings.Repeat("x", MaxContact)}, ""},
		{strings.Repeat("x", MaxContact+1), Requester{}, TooLong},
		{long + "@b.example", Requester{Email: long + "@b.example"}, ""},
		{long + "a@b.example", Requester{}, TooLong},
		{"a\x00b", Requester{}, BadText},
		{"a\xff@b.example", Requester{}, BadText},
		{"a@b", Requester{}, BadEmail},
		{"@b.example", Requester{}, BadEmail},
		{"a@b@c.example", Requester{}, BadEmail},
		{"a@b.example\nBcc: x@y.example", Requester{}, BadEmail},
		{"a@b.example\r\nSubject: hi", Requester{}, BadEmail},
		{"a@b.example,x@y.example", Requester{}, BadEmail},
		{"a@b.example x@y.example", Requester{}, BadEmail},
		{`"RCPT TO:<x>"@b.example`, Requester{}, BadEmail},
		{"Name <a@b.example>", Requester{}, BadEmail},
		{"<a@b.example>", Requester{}, BadEmail},
		{"a(comment)@b.example", Requester{}, BadEmail},
		{"a@[127.0.0.1]", Requester{}, BadEmail},
		{"a..b@b.example", Requester{}, BadEmail},
		{"иван@пример.example", Requester{}, BadEmail},
		{"a@b.example;", Requester{}, BadEmail},
	} {
		got, code := ParseRequester(c.in)
		if got != c.want || code != c.code {
			t.Errorf("ParseRequester(%.40q) = %+v, %q; want %+v, %q", c.in, got, code, c.want, c.code)
		}
	}
}

// What ParseRequester accepts goes into mail headers, the database and pages.
func TestRequesterIsHarmless(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z"<>(),;:\\\r\n ]{0,8}@[a-z.\[\]\r\n]{0,8}`)).Draw(t, "contact")
		r, code := ParseRequester(in)
		if code != "" {
			return
		}
		if (r.Login == "") == (r.Email == "") || strings.ContainsAny(r.Contact(), "\x00\r") || strings.ContainsAny(r.Email, "\n <>\",;") {
			t.Fatalf("%q gives %+v", in, r)
		}
		if again, code := ParseRequester(r.Contact()); again != r || code != "" {
			t.Fatalf("%q gives %+v, and that %+v, %q", in, r, again, code)
		}
	})
}

func TestMailbox(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"A@B.Example": "a@b.example", "a+1@b.example": "a@b.example", "a+b+c@b.example": "a@b.example", "+x@b.example": "@b.example",
	} {
		if got := Mailbox(in); got != want {
			t.Errorf("Mailbox(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAgent(t *testing.T) {
	t.Parallel()
	got, err := Agent{Email: " Anna@Desk.Example ", Name: " Анна\u200b ", Locale: kb.RU}.Validate()
	if err != nil || got.Email != "anna@desk.example" || got.Name != "Анна" {
		t.Errorf("%+v, %v", got, err)
	}
	for want, a := range map[string]Agent{
		"invalid: email required, name required, locale unknown": {},
		"invalid: email bad_email":                               {Email: "anna", Name: "A", Locale: kb.EN},
		"invalid: name too_long":                                 {Email: "a@b.example", Name: strings.Repeat("я", MaxName+1), Locale: kb.EN},
	} {
		if _, err := a.Validate(); fmt.Sprint(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestAskAndFeedback(t *testing.T) {
	t.Parallel()
	ask := Ask{Key: strings.Repeat("a", 32), Channel: "search", Question: " вывод ", Locale: kb.RU, Verdict: "answered"}
	if got, err := ask.Validate(); err != nil || got.Question != "вывод" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := (Ask{Key: "A", Visit: "\x00", Channel: "fax", Question: "\x00", Confidence: math.NaN(), Outcome: "lost"}).Validate(); fmt.Sprint(err) !=
		"invalid: key unknown, visit bad_text, channel unknown, question bad_text, locale unknown, verdict unknown, confidence unknown, outcome unknown" {
		t.Error(err)
	}
	word := Feedback{Ref: kb.Ref{Locale: kb.RU, Article: "faq/x", Revision: "r"}, Reason: " \u200b "}
	if got, err := word.Validate(); err != nil || got.Reason != "" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := (Feedback{Reason: strings.Repeat("a", MaxBody+1), Visitor: "a b"}).Validate(); fmt.Sprint(err) !=
		"invalid: ref unknown, visitor bad_text, reason too_long" {
		t.Error(err)
	}
}
