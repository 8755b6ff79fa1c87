package desk_test

import (
	"strings"
	"testing"

	"otvet/cmd/otvet/internal/desk"
)

func TestEditURLLeadsToALineOfAFile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, file string
		line          int
		want          string
	}{
		{"https://git.example/kb/edit/main/{file}#L{line}", "en/faq/withdrawals.md", 12, "https://git.example/kb/edit/main/en/faq/withdrawals.md#L12"},
		{"https://git.example/kb/edit/main/{file}#L{line}", "en/categories.yaml", 0, "https://git.example/kb/edit/main/en/categories.yaml#L1"},
		{"http://localhost:3000/{file}", "en/terms/payments@2025-11-01.md", 3, "http://localhost:3000/en/terms/payments%402025-11-01.md"},
		{"https://dev.example/kb?path=/content/{file}&line={line}&x=1", "ru/a b&c=d?e#f%.md", 2, "https://dev.example/kb?path=/content/ru/a%20b%26c%3Dd%3Fe%23f%25.md&line=2&x=1"},
		{"https://git.example/{file}", "en/вопрос.md", 1, "https://git.example/en/%D0%B2%D0%BE%D0%BF%D1%80%D0%BE%D1%81.md"},
		{"https://git.example/{file}", "en/{line}.md", 1, "https://git.example/en/%7Bline%7D.md"},
		{"https://git.example/{file}", ".", 1, ""},
		{"", "en/faq/withdrawals.md", 12, ""},
	} {
		var e desk.EditURL
		if err := e.UnmarshalText([]byte(c.pattern)); err != nil {
			t.Errorf("%s: %v", c.pattern, err)
		}
		if got := e.For(c.file, c.line); got != c.want {
			t.Errorf("%s of %s:%d is %s, want %s", c.pattern, c.file, c.line, got, c.want)
		}
		if e.String() != c.pattern {
			t.Errorf("%q reads %q", c.pattern, e)
		}
	}
}

func TestEditURLRefusesWhatLeadsNowhere(t *testing.T) {
	t.Parallel()
	for pattern, says := range map[string]string{
		"https://git.example/kb":                   "lacks {file}",
		"https://git.example/{line}":               "lacks {file}",
		"https://git.example/{branch}/{file}":      "{branch} is no placeholder",
		"https://git.example/{file}/{":             "{ is no placeholder",
		"https://git.example/{{file}}":             "is no placeholder",
		"https://git.example/{FILE}":               "{FILE} is no placeholder",
		"javascript:alert(1)//{file}":              "https://HOST",
		"ftp://git.example/{file}":                 "https://HOST",
		"git.example/{file}":                       "https://HOST",
		"//git.example/{file}":                     "https://HOST",
		"https:///{file}":                          "https://HOST",
		"https://{file}/":                          "https://HOST",
		"https://git.{line}.example/{file}":        "https://HOST",
		"https://editor:s3cret@git.example/{file}": "user name or password",
		"https://git.example/\x00{file}":           "https://HOST",
		"https://git.example/%zz{file}":            "https://HOST",
	} {
		var e desk.EditURL
		if err := e.UnmarshalText([]byte(pattern)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", pattern, err, says)
		}
		if e.String() != "" {
			t.Errorf("%q was kept", pattern)
		}
	}
}
