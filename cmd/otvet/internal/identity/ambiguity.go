package identity

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"
)

var (
	errForm      = errors.New("not three parts of base64url")
	errJSON      = errors.New("not JSON objects in UTF-8")
	errAmbiguous = errors.New("a key stands twice")
)

// unambiguous refuses a token whose header or claims two readers could understand
// differently: encoding/json keeps the last of two equal keys, others the first.
func unambiguous(token string) error {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return errForm
	}
	for _, part := range parts[:2] {
		text, err := base64.RawURLEncoding.Strict().DecodeString(part)
		if err != nil {
			return errForm
		}
		if !utf8.Valid(text) || !json.Valid(text) || text[0] != '{' {
			return errJSON
		}
		if repeats(text) {
			return errAmbiguous
		}
	}
	return nil
}

// repeats reports whether an object of a valid JSON text has a key twice, letters' case
// left aside.
func repeats(text []byte) bool {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var open []map[string]bool // the keys of each object around; nil for an array
	for isKey := false; ; {
		token, err := d.Token()
		if err != nil {
			return false // the end: the text is valid
		}
		key, isText := token.(string)
		switch {
		case isKey && isText:
			key = strings.ToLower(key)
			if open[len(open)-1][key] {
				return true
			}
			open[len(open)-1][key] = true
			isKey = false
			continue
		case token == json.Delim('{'):
			open = append(open, map[string]bool{})
		case token == json.Delim('['):
			open = append(open, nil)
		case token == json.Delim('}'), token == json.Delim(']'):
			open = open[:len(open)-1]
		}
		isKey = len(open) > 0 && open[len(open)-1] != nil && d.More()
	}
}
