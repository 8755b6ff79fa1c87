package attachments

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// abandoned is after what time a temporary file has nobody who still writes it.
const abandoned = time.Hour

// Sweep removes what is older than grace and not among the known hashes, and temporary
// files that were left behind. known must have been read before the call, and hold every hash that
// a row names. It returns how many files went.
func (s *Store) Sweep(ctx context.Context, known map[string]bool, grace time.Duration) (int, error) {
	if err := s.prepare(); err != nil {
		return 0, fmt.Errorf("sweep attachments: %w", err)
	}
	removed := 0
	err := s.each(func(path string, info fs.FileInfo) error {
		hash := strings.TrimSuffix(filepath.Base(path), previewMark)
		if known[hash] || time.Since(info.ModTime()) < grace {
			return ctx.Err()
		}
		gone, err := s.remove(path, grace)
		if gone {
			removed++
		}
		return errors.Join(err, ctx.Err())
	})
	err = errors.Join(err, s.sweepTemporary())
	if used, cause := s.measure(); cause == nil {
		s.used.Store(used) // other processes write here too
	}
	if err != nil {
		return removed, fmt.Errorf("sweep attachments: %w", err)
	}
	return removed, nil
}

// remove takes a file aside and looks again, since another process may have kept it anew
// in this moment; then it goes back.
func (s *Store) remove(path string, grace time.Duration) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	aside := filepath.Join(s.tmp(), "gone-"+filepath.Base(path))
	if err := os.Rename(path, aside); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	info, err := os.Stat(aside)
	if err == nil && time.Since(info.ModTime()) < grace {
		return false, os.Rename(aside, path)
	}
	return true, os.Remove(aside)
}

// sweepTemporary removes what a process left that was killed. A file that one was taking
// aside goes back to its place: the next sweep judges it.
func (s *Store) sweepTemporary() error {
	entries, err := os.ReadDir(s.tmp())
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		info, err := e.Info()
		path := filepath.Join(s.tmp(), e.Name())
		name, aside := strings.CutPrefix(e.Name(), "gone-")
		switch {
		case err != nil: // gone meanwhile
		case aside && hashForm.MatchString(strings.TrimSuffix(name, previewMark)):
			errs = append(errs, os.Rename(path, s.path(name)))
		case time.Since(info.ModTime()) > abandoned:
			errs = append(errs, os.Remove(path))
		}
	}
	return errors.Join(errs...)
}
