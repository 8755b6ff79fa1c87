package api

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"otvet/cmd/otvet/internal/web"
)

func TestOnlyOneReadingOfABodyIsPossible(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body string
		want       int // 0: accepted
	}{
		{"object", `{"question":"Где деньги?","locale":"ru"}`, 0},
		{"white space", " \n{ \"a\" : [ 1 , {\"a\":2} ] } \n", 0},
		{"escapes", `{"a":"\"\\\/\b\f\n\r\t\u00e9"}`, 0},
		{"surrogate pair", `{"a":"\ud83d\ude00\uD83D\uDE00"}`, 0},
		{"escaped backslash before u", `{"a":"\\u0000"}`, 0},
		{"same key in two objects", `{"a":{"b":1},"c":{"b":1}}`, 0},
		{"key as value", `{"a":"a","b":["a","a"]}`, 0},
		{"empty", ``, 400},
		{"no JSON", `question=x`, 400},
		{"cut off", `{"question":"x"`, 400},
		{"trailing data", `{"a":1}{"a":1}`, 400},
		{"trailing comma", `{"a":1,}`, 400},
		{"comment", `{"a":1}//`, 400},
		{"byte order mark", "\ufeff{}", 400},
		{"invalid UTF-8", "{\"a\":\"\xff\"}", 400},
		{"overlong", "{\"a\":\"\xc0\x80\"}", 400},
		{"CESU surrogate", "{\"a\":\"\xed\xa0\x80\"}", 400},
		{"raw NUL", "{\"a\":\"\x00\"}", 400},
		{"escaped NUL", `{"a":"x\u0000"}`, 400},
		{"escaped NUL in a key", `{"\u0000":1}`, 400},
		{"high surrogate alone", `{"a":"\ud83d"}`, 400},
		{"high surrogate before text", `{"a":"\ud83dabcdef"}`, 400},
		{"low surrogate alone", `{"a":"\uDE00"}`, 400},
		{"high surrogate twice", `{"a":"\ud83d\ud83d"}`, 400},
		{"key twice", `{"a":1,"a":1}`, 400},
		{"key twice by escape", `{"a":1,"\u0061":1}`, 400},
		{"key twice below", `{"a":[{"b":1,"b":2}]}`, 400},
		{"other case", `{"Question":"x"}`, 422},
		{"long s", `{"queſtion":"x"}`, 422},
		{"depth", strings.Repeat("[", 20000) + strings.Repeat("]", 20000), 400},
	} {
		err := send(c.body, "application/json")
		if got := statusOf(err); got != c.want {
			t.Errorf("%s: got %d (%v), want %d", c.name, got, err, c.want)
		}
	}
}

func TestOnlyPlainJSONIsRead(t *testing.T) {
	t.Parallel()
	for media, want := range map[string]int{
		"application/json":                     0,
		"Application/JSON; charset=UTF-8":      0,
		"":                                     415,
		"text/plain":                           415,
		"application/x-www-form-urlencoded":    415,
		"application/json; charset=iso-8859-1": 415,
		"application/vnd.api+json":             415,
		"application/json; charset":            415,
	} {
		if got := statusOf(send(`{}`, media)); got != want {
			t.Errorf("%q: got %d, want %d", media, got, want)
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("{}"))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Content-Encoding", "gzip")
	if _, err := readJSON(r); statusOf(err) != http.StatusUnsupportedMediaType {
		t.Errorf("gzip: got %v", err)
	}
}

func send(body, media string) error {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Content-Type", media)
	_, err := readJSON(r)
	return err
}

// statusOf returns the status that an error leads to, 0 for none.
func statusOf(err error) int {
	var e *web.Error
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e):
		return e.Kind.Status()
	}
	return http.StatusInternalServerError
}

// FuzzBody looks for a body that passes the checks and must not.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":"\ud83d\ude00"}`, `[{"a":1},"\\u0000"]`, `"\u0000"`, `{"a":{"b":[]},"a":1}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if send(string(body), "application/json") != nil {
			return
		}
		if again := send(string(body)+" ", "application/json"); again != nil {
			t.Errorf("white space at the end changes the verdict on %q: %v", body, again)
		}
		if strings.ContainsRune(string(body), 0) {
			t.Errorf("accepted NUL in %q", body)
		}
	})
}
