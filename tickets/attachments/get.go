package attachments

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
)

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Get opens the file of a hash for reading, after reading it to the end once: what it
// returns is what was kept, never a part of it or another file. Errors: ErrMissing,
// ErrCorrupt, ErrUnavailable.
func (s *Store) Get(hash string) (io.ReadSeekCloser, error) {
	f, err := s.open(hash, "")
	if err != nil {
		return nil, err
	}
	got, _, err := hashOf(f)
	if err == nil && got != hash {
		err = ErrCorrupt
	} else if err != nil {
		err = unavailable(err)
	}
	if err == nil {
		if _, err = f.Seek(0, io.SeekStart); err != nil {
			err = unavailable(err)
		}
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("read file %s: %w", hash, err)
	}
	return f, nil
}

// Preview returns the beginning of a kept text, without what opens an account or a purse.
// Errors as Get, without ErrCorrupt.
func (s *Store) Preview(hash string) (string, error) {
	f, err := s.open(hash, previewMark)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		return "", fmt.Errorf("read the preview of file %s: %w", hash, unavailable(err))
	}
	return string(text), nil
}

// open opens what is kept of a hash.
func (s *Store) open(hash, mark string) (*os.File, error) {
	if !hashForm.MatchString(hash) {
		return nil, ErrMissing
	}
	f, err := os.Open(s.path(hash) + mark)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("open file %s: %w", hash, ErrMissing)
	case err != nil:
		return nil, fmt.Errorf("open file %s: %w", hash, unavailable(err))
	}
	return f, nil
}
