package tickets_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	. "otvet/tickets"
)

func TestCleanFileName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"чек 12.pdf": "чек 12.pdf", "../../etc/passwd": "passwd", `C:\temp\a.log`: "a.log", "": "file", "..": "file", "???": "file",
		"a\u202egnp.exe": "agnp.exe", "\u200b.htaccess": "htaccess", "a\x00b.txt": "ab.txt", "a\r\nb.txt": "a b.txt", "x\xff.png": "x.png",
		`a"b<c>.txt`: "a_b_c_.txt", " a  b . ": "a b", strings.Repeat("я", 300) + ".jpeg": strings.Repeat("я", 115) + ".jpeg",
		strings.Repeat("a", 300): strings.Repeat("a", 120), "a." + strings.Repeat("b", 200): "a." + strings.Repeat("b", 118),
	} {
		if got := CleanFileName(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestCleanFileNamesAreClean(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "name")
		got := CleanFileName(in)
		switch {
		case got != CleanFileName(got):
			t.Fatalf("%q becomes %q and then %q", in, got, CleanFileName(got))
		case strings.ContainsAny(got, "/\\\x00\n\r\"") || !utf8.ValidString(got) || utf8.RuneCountInString(got) > MaxFileName || strings.Trim(got, ". ") == "":
			t.Fatalf("%q becomes %q", in, got)
		}
	})
}

func TestScrub(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"card 4111 1111 1111 1111 declined":        "card 411111•••••1111 declined",
		"card 4111-1111-1111-1112 is none":         "card 4111-1111-1111-1112 is none",
		"at 2026-11-22 10:00:01.123 id 1234567890": "at 2026-11-22 10:00:01.123 id 1234567890",
		"t=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0. x": "t=••••• x",
		"Cookie: a=b; session=c\nnext":             "Cookie: •••••\nnext",
		"authorization: Bearer abcdefgh12345":      "authorization: •••••",
		`{"password":"a b","user":"x"}`:            `{"password":•••••,"user":"x"}`,
		"GET /?access_token=abc&lang=ru":           "GET /?access_token=•••••&lang=ru",
		"пароль: Секрет1, логин: anna":             "пароль: •••••, логин: anna",
		"-----BEGIN RSA PRIVATE KEY-----\nMII\n":   "•••••",
		"the password is wrong":                    "the password is wrong",
	} {
		if got := Scrub(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestFilesOfAMessageAreChecked(t *testing.T) {
	t.Parallel()
	file := Attachment{Hash: strings.Repeat("a", 64), Name: "a.png", MIME: "image/png", Size: 1, Width: 1, Height: 1}
	but := func(change func(*Attachment)) []Attachment {
		f := file
		change(&f)
		return []Attachment{f}
	}
	many := make([]Attachment, MaxFiles+1)
	for i := range many {
		many[i] = file
	}
	for what, c := range map[string]struct {
		files []Attachment
		want  Code
	}{
		"none": {nil, ""}, "ten": {many[:MaxFiles], ""}, "eleven": {many, TooManyFiles},
		"too large": {but(func(f *Attachment) { f.Size = MaxMessageSize + 1 }), TooManyFiles},
		"path":      {but(func(f *Attachment) { f.Name = "../a.png" }), Unknown},
		"no hash":   {but(func(f *Attachment) { f.Hash = "../../key" }), Unknown},
		"no kind":   {but(func(f *Attachment) { f.MIME = "" }), Unknown},
		"empty":     {but(func(f *Attachment) { f.Size = 0 }), Unknown},
	} {
		open := Ticket{Status: StatusOpen, Version: 1}
		_, err := open.Apply(Event{Actor: Actor{Kind: ByPlayer}, Change: PlayerReplied{Body: "hi", Files: c.files}})
		var invalid *InvalidError
		var got Code
		if errors.As(err, &invalid) {
			got = invalid.Code("files")
		}
		if got != c.want || (err != nil) != (c.want != "") {
			t.Errorf("%s: %v, want %q", what, err, c.want)
		}
	}
}
