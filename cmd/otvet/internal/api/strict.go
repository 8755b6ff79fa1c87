package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"otvet/cmd/otvet/internal/web"
)

// strict reads the body of a POST and lets through only JSON that every reader
// understands alike: encoding/json takes "Body" for "body", keeps the last of two equal
// keys, and turns a lone surrogate into U+FFFD.
func strict(server *web.Web) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return server.Handle(func(w http.ResponseWriter, r *http.Request) error {
			if r.Method == http.MethodPost {
				body, err := readJSON(r)
				if err != nil {
					return err
				}
				r.Body = io.NopCloser(bytes.NewReader(body))
			}
			next.ServeHTTP(w, r)
			return nil
		})
	}
}

// readJSON returns a body that passed every check. Errors: Unsupported, TooLarge,
// BadRequest, and Invalid for a key that is no field of ours.
func readJSON(r *http.Request) ([]byte, error) {
	if err := checkFormat(r.Header); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, err
	case err != nil:
		return nil, web.Unread("body", err)
	case !utf8.Valid(body):
		return nil, web.Failf(web.BadRequest, "body is not UTF-8")
	case !json.Valid(body):
		return nil, web.Failf(web.BadRequest, "body is not one JSON value")
	case !goodEscapes(body):
		return nil, web.Failf(web.BadRequest, "body holds NUL or a lone surrogate")
	}
	return body, checkKeys(body)
}

// checkFormat accepts application/json in UTF-8, not compressed.
func checkFormat(h http.Header) error {
	if e := h.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return web.Failf(web.Unsupported, "body is compressed")
	}
	media, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	charset := params["charset"]
	if err != nil || media != "application/json" || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return web.Failf(web.Unsupported, "body is not application/json in UTF-8")
	}
	return nil
}

// goodEscapes reports whether no string of a valid JSON text holds \u0000 or half of a
// surrogate pair, which PostgreSQL cannot keep.
func goodEscapes(body []byte) bool {
	for {
		i := bytes.IndexByte(body, '\\')
		if i < 0 {
			return true
		}
		body = body[i:]
		if body[1] != 'u' {
			body = body[2:]
			continue
		}
		high := body[2:6]
		body = body[6:]
		switch {
		case string(high) == "0000" || isSurrogate(high, "cdef"):
			return false
		case isSurrogate(high, "89ab"):
			if len(body) < 6 || body[0] != '\\' || body[1] != 'u' || !isSurrogate(body[2:6], "cdef") {
				return false
			}
			body = body[6:]
		}
	}
}

// isSurrogate reports whether four hexadecimal digits begin with d and one of second.
func isSurrogate(hex []byte, second string) bool {
	digits := bytes.ToLower(hex)
	return digits[0] == 'd' && strings.IndexByte(second, digits[1]) >= 0
}

// checkKeys refuses a key given twice in one object, and every key that is not made of
// small letters and underscores: none of our fields is.
func checkKeys(body []byte) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var open []map[string]bool // the keys of each object around; nil for an array
	isKey := false
	for {
		token, err := d.Token()
		if err != nil {
			return nil // the end: the text was valid before
		}
		if delim, ok := token.(json.Delim); ok {
			open = nest(open, delim)
		} else if key, ok := token.(string); ok && isKey {
			if err := checkKey(open[len(open)-1], key); err != nil {
				return err
			}
			isKey = false
			continue
		}
		isKey = len(open) > 0 && open[len(open)-1] != nil && d.More()
	}
}

// nest follows an opening or closing bracket.
func nest(open []map[string]bool, delim json.Delim) []map[string]bool {
	switch delim {
	case '{':
		return append(open, map[string]bool{})
	case '[':
		return append(open, nil)
	}
	return open[:len(open)-1]
}

func checkKey(seen map[string]bool, key string) error {
	if seen[key] {
		return &web.Error{
			Kind: web.BadRequest, Err: errors.New("body has a key twice"),
			Details: []web.Detail{{Location: location("body", key), Code: "duplicate"}},
		}
	}
	seen[key] = true
	if strings.Trim(key, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return &web.Error{
			Kind: web.Invalid, Err: errors.New("body has an unknown key"),
			Details: []web.Detail{{Location: location("body", key), Code: "unexpected"}},
		}
	}
	return nil
}

// location joins a place and a name that the client may have made up.
func location(place, name string) string {
	const most = 64
	if r := []rune(name); len(r) > most {
		name = string(r[:most]) + "…"
	}
	return place + "." + name
}
