package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// strict reads JSON into v and refuses an object whose keys are given twice, which two
// readers would understand in two ways. Keys count as equal whatever
// their case, because encoding/json takes them so.
func strict(raw []byte, v any) error {
	if err := onlyOnce(json.NewDecoder(bytes.NewReader(raw))); err != nil {
		return err
	}
	err := json.Unmarshal(raw, v)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return fmt.Errorf("wrong type: %q is %s, not %s: export it again", wrong.Field, wrong.Value, wrong.Type)
	case err != nil:
		return fmt.Errorf("broken JSON: %w: export it again", err)
	}
	return nil
}

// onlyOnce checks the keys of the value that the decoder stands before.
func onlyOnce(d *json.Decoder) error {
	open, err := d.Token()
	switch {
	case err != nil:
		return brokenAt(d, err)
	case open != json.Delim('{'):
		return errors.New("it is not a JSON object")
	}
	seen := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return brokenAt(d, err)
		}
		name := strings.ToLower(fmt.Sprint(key))
		if seen[name] {
			return fmt.Errorf("the key %q is given twice: export it again", shorten(fmt.Sprint(key), 60))
		}
		seen[name] = true
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return brokenAt(d, err)
		}
	}
	if _, err := d.Token(); err != nil {
		return brokenAt(d, err)
	}
	return nil
}

// brokenAt says where JSON is broken or ends.
func brokenAt(d *json.Decoder, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("it ends in the middle, at byte %d: export it again", d.InputOffset())
	}
	return fmt.Errorf("broken JSON near byte %d: %w: export it again", d.InputOffset(), err)
}
