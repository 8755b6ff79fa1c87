package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what is read: an evaluation fits into memory.
const (
	maxLine = 1 << 20   // bytes of a line
	maxFile = 256 << 20 // bytes of a file
)

// eachLine passes every line to use, without its end, and puts the file's name and the line's
// number before an error. At most limit lines are read, each of them UTF-8.
func eachLine(r io.Reader, name string, limit int, use func(line string) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	n, size := 0, 0
	for lines.Scan() {
		line := lines.Text()
		size += len(line) + 1
		if n++; n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		err := checkLine(line, n, limit, size)
		if err == nil {
			err = use(line)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("%s:%d: line has more than %d bytes", name, n+1, maxLine)
	} else if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

func checkLine(line string, n, limit, size int) error {
	switch {
	case n > limit:
		return fmt.Errorf("more than %d lines", limit)
	case size > maxFile:
		return fmt.Errorf("file has more than %d bytes", maxFile)
	case !utf8.ValidString(line):
		return errors.New("not UTF-8")
	}
	return nil
}

// record decodes a line that is one JSON object with no keys but these, each at most once
// and in exactly this spelling: encoding/json is more generous than a file format may be.
func record(line string, keys ...string) (map[string]json.RawMessage, error) {
	d := json.NewDecoder(strings.NewReader(line))
	if begin, err := d.Token(); err != nil || begin != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	fields := map[string]json.RawMessage{}
	for d.More() {
		key, value, err := field(d)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(keys, key) {
			return nil, fmt.Errorf("unknown key %q: there are %s", key, strings.Join(keys, ", "))
		}
		if _, twice := fields[key]; twice {
			return nil, fmt.Errorf("key %q twice", key)
		}
		fields[key] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("read a JSON object: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON object on a line")
	}
	return fields, nil
}

// field reads the next key and its value.
func field(d *json.Decoder) (string, json.RawMessage, error) {
	key, err := d.Token()
	if err != nil {
		return "", nil, fmt.Errorf("read a key: %w", err)
	}
	name, _ := key.(string) // JSON has no other keys
	var value json.RawMessage
	if err := d.Decode(&value); err != nil {
		return "", nil, fmt.Errorf("read %q: %w", name, err)
	}
	return name, value, nil
}

// text returns a field that must be a string, empty when it may be missing and is.
func text(fields map[string]json.RawMessage, key string, required bool) (string, error) {
	value, ok := fields[key]
	if !ok && !required {
		return "", nil
	}
	var s *string
	if err := json.Unmarshal(value, &s); err != nil || s == nil {
		return "", fmt.Errorf("%q is not a string", key)
	}
	return *s, nil
}

// checkID returns an error for an ID that a run file could not hold.
func checkID(id string) error {
	if id == "" || strings.ContainsFunc(id, unicode.IsSpace) {
		return fmt.Errorf("ID %q is empty or has a space in it", id)
	}
	return nil
}
