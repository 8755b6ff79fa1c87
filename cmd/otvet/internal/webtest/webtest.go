// Package webtest runs text scripts against an http.Handler: specifications of pages and
// of the API that read as such.
//
// # A script
//
// A script is a list of cases, separated by blank lines; "#" begins a comment. A case is
// a request line, then lines that shape the request, then checks:
//
//	POST /en/contact
//	header Origin http://127.0.0.1
//	field subject=Hello there
//	code == 303
//	header Location contains /en/requests/
//	set ticket from header Location
//
//	GET ${ticket}
//	body contains Hello there
//
// Shaping: "header NAME VALUE", "field NAME=VALUE" (a posted form), "json TEXT" (a JSON
// body), "send TEXT" (a raw body), "follow" (follow redirects, as GET). Cookies are kept
// through a script. ${name} stands for a value set before, in every line.
//
// Checks: "code == 200", "body contains TEXT", "body lacks TEXT", "body matches REGEXP",
// the same for "header NAME". "set NAME from body REGEXP" and "set NAME from header NAME"
// keep a value (the first group of the expression). White space in bodies is folded.
package webtest

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Run runs each script that matches the pattern as a subtest, each against a server of
// its own that serves the handler that newHandler returns.
func Run(t *testing.T, pattern string, newHandler func(t *testing.T) http.Handler) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts match %s (%v)", pattern, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			Script(t, file, string(source), newHandler(t))
		})
	}
}

// Script runs one script. The name is for messages.
func Script(t *testing.T, name, source string, h http.Handler) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &script{t: t, name: name, base: server.URL, vars: map[string]string{"base": server.URL}}
	s.client = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for i, line := range strings.Split(source, "\n") {
		s.line = i + 1
		s.run(strings.TrimSpace(line))
	}
	s.send()
}

type script struct {
	t      *testing.T
	name   string
	line   int
	base   string
	client *http.Client
	vars   map[string]string

	request  *request
	response *http.Response
	body     string
}

// request is a case before its first check sends it.
type request struct {
	method, path string
	header       http.Header
	form         url.Values
	raw          *string
	follow       bool
}

func (s *script) failf(format string, args ...any) {
	s.t.Helper()
	s.t.Errorf("%s:%d: %s", s.name, s.line, fmt.Sprintf(format, args...))
}

var variable = regexp.MustCompile(`\$\{(\w+)\}`)

func (s *script) run(line string) {
	if line == "" || strings.HasPrefix(line, "#") {
		return
	}
	line = variable.ReplaceAllStringFunc(line, func(v string) string { return s.vars[v[2:len(v)-1]] })
	verb, rest, _ := strings.Cut(line, " ")
	switch verb {
	case "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH":
		s.send()
		s.request = &request{method: verb, path: rest, header: http.Header{}}
		s.response = nil
	case "field", "json", "send", "follow":
		s.shape(verb, rest)
	case "header":
		s.headerLine(rest)
	case "code", "body", "set":
		s.send()
		s.check(verb, rest)
	default:
		s.failf("unknown verb %q", verb)
	}
}

func (s *script) shape(verb, rest string) {
	if s.request == nil {
		s.failf("%s after the request was sent", verb)
		return
	}
	switch verb {
	case "field":
		name, value, _ := strings.Cut(rest, "=")
		if s.request.form == nil {
			s.request.form = url.Values{}
		}
		s.request.form.Add(name, value)
	case "json":
		s.request.header.Set("Content-Type", "application/json")
		s.request.raw = &rest
	case "send":
		s.request.raw = &rest
	case "follow":
		s.request.follow = true
	}
}

// headerLine is a request's header before the request is sent, and a check after; a
// check has an operator behind the name.
func (s *script) headerLine(rest string) {
	name, value, _ := strings.Cut(rest, " ")
	op, want, _ := strings.Cut(value, " ")
	if s.request != nil && op != "contains" && op != "lacks" && op != "matches" && op != "==" {
		s.request.header.Set(name, value)
		return
	}
	s.send()
	if s.response == nil {
		s.failf("no response to check")
		return
	}
	s.compare("header "+name, s.response.Header.Get(name), op, want)
}

func (s *script) send() {
	if s.request == nil {
		return
	}
	r := s.request
	s.request = nil
	var body io.Reader
	switch {
	case r.raw != nil:
		body = strings.NewReader(*r.raw)
	case r.form != nil:
		body = strings.NewReader(r.form.Encode())
		r.header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	s.do(r.method, r.path, r.header, body)
	for hops := 0; r.follow && hops < 5 && s.response != nil && s.response.StatusCode/100 == 3; hops++ {
		s.do(http.MethodGet, s.response.Header.Get("Location"), http.Header{}, nil)
	}
}

func (s *script) do(method, path string, header http.Header, body io.Reader) {
	if !strings.HasPrefix(path, "http") {
		path = s.base + path
	}
	req, err := http.NewRequest(method, path, body)
	if err != nil {
		s.failf("make request: %v", err)
		return
	}
	req.Header = header
	resp, err := s.client.Do(req)
	if err != nil {
		s.failf("send request: %v", err)
		return
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		s.failf("read response: %v", err)
	}
	s.response, s.body = resp, string(bytes.Join(bytes.Fields(data), []byte(" ")))
}

func (s *script) check(verb, rest string) {
	if s.response == nil {
		s.failf("no response to check")
		return
	}
	switch verb {
	case "code":
		op, want, _ := strings.Cut(rest, " ")
		s.compare("code", fmt.Sprint(s.response.StatusCode), op, want)
	case "body":
		op, want, _ := strings.Cut(rest, " ")
		s.compare("body", s.body, op, want)
	case "set":
		s.set(rest)
	}
}

func (s *script) compare(what, got, op, want string) {
	ok := false
	switch op {
	case "==":
		ok = got == want
	case "contains":
		ok = strings.Contains(got, want)
	case "lacks":
		ok = !strings.Contains(got, want)
	case "matches":
		ok = regexp.MustCompile(want).MatchString(got)
	default:
		s.failf("unknown operator %q", op)
		return
	}
	if !ok {
		s.failf("%s %s %q does not hold; code %d, got %.1500q", what, op, want, s.response.StatusCode, got)
	}
}

// set keeps "NAME from header HEADER" or "NAME from body REGEXP".
func (s *script) set(rest string) {
	name, source, _ := strings.Cut(rest, " from ")
	if header, ok := strings.CutPrefix(source, "header "); ok {
		s.vars[name] = s.response.Header.Get(header)
		return
	}
	m := regexp.MustCompile(strings.TrimPrefix(source, "body ")).FindStringSubmatch(s.body)
	if len(m) < 2 {
		s.failf("nothing in the body matches %q", source)
		return
	}
	s.vars[name] = html.UnescapeString(m[1])
}
