package attachments

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"otvet/tickets"
)

// Put reads a file to its end or its limit, checks what it is and keeps it. The name is
// what its sender calls it, and is cleaned; the ID and the time are not set. Errors:
// *RefusedError, ErrUnavailable, ctx's, and what r returned, wrapped.
func (s *Store) Put(ctx context.Context, r io.Reader, name string) (tickets.Attachment, error) {
	a, err := s.put(ctx, r, name)
	if err != nil {
		return tickets.Attachment{}, fmt.Errorf("keep a file: %w", err)
	}
	return a, nil
}

func (s *Store) put(ctx context.Context, r io.Reader, name string) (a tickets.Attachment, err error) {
	if err := s.prepare(); err != nil {
		return a, err
	}
	f, err := s.temporary()
	if err != nil {
		return a, err
	}
	defer func() { discard(f) }() // f may become the picture drawn anew
	if err := s.receive(f, r); err != nil {
		return a, err
	}
	k, err := sniff(f)
	if err != nil {
		return a, err
	}
	a = tickets.Attachment{Name: k.named(tickets.CleanFileName(name)), MIME: k.mime}
	var preview []byte
	switch {
	case k.decode != nil:
		drawn, p, err := s.redraw(ctx, f, k)
		if err != nil {
			return a, err
		}
		discard(f)
		f = drawn
		a.Width, a.Height, a.MIME, a.Name = p.width, p.height, p.kept.mime, p.kept.named(a.Name)
	case k.text:
		preview = previewOf(f)
	}
	if a.Hash, a.Size, err = hashOf(f); err != nil {
		return a, unavailable(err)
	}
	return a, s.keep(f, a, preview)
}

// receive copies what is sent into a file.
func (s *Store) receive(f *os.File, r io.Reader) error {
	sent := &source{Reader: io.LimitReader(r, s.limits.File+1)}
	n, err := io.Copy(f, sent)
	switch {
	case sent.err != nil:
		return fmt.Errorf("read what is sent: %w", sent.err)
	case err != nil:
		return unavailable(err)
	case n > s.limits.File:
		return refused(tickets.FileTooLarge, nil)
	case n == 0:
		return refused(tickets.Damaged, errors.New("empty"))
	}
	return nil
}

// source remembers the error of a reader, to tell a sender who went away from a disk
// that is full.
type source struct {
	io.Reader
	err error
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // io.Reader's own convention
		s.err = err
	}
	return n, err
}

// hashOf returns the SHA-256 and the size of a file.
func hashOf(f *os.File) (string, int64, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", 0, err
	}
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	return hex.EncodeToString(sum.Sum(nil)), n, err
}

// keep moves a file to its place. One that is there already is replaced by its equal,
// which makes it young again and mends it when it was damaged.
func (s *Store) keep(f *os.File, a tickets.Attachment, preview []byte) error {
	if err := f.Sync(); err != nil {
		return unavailable(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	path, more := s.path(a.Hash), a.Size+int64(len(preview))
	if _, err := os.Stat(path); err == nil {
		more = 0
	} else if s.used.Load()+more > s.limits.Total {
		return refused(tickets.QuotaReached, errors.New("the folder holds as much as it may"))
	}
	if err := s.move(f, path, preview); err != nil {
		return unavailable(err)
	}
	s.used.Add(more)
	return nil
}

// move puts the preview and then the file, so that a file whose preview is missing was
// never whole.
func (s *Store) move(f *os.File, path string, preview []byte) error {
	folder := filepath.Dir(path)
	if err := makeFolder(folder, s.dir); err != nil {
		return err
	}
	if preview != nil {
		if err := s.place(bytes.NewReader(preview), path+previewMark); err != nil {
			return err
		}
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	now := time.Now()
	if err := os.Chtimes(path, now, now); err != nil {
		return err
	}
	return syncFolder(folder)
}

// place writes a small file under its final name.
func (s *Store) place(r io.Reader, path string) error {
	f, err := os.CreateTemp(s.tmp(), "put-")
	if err != nil {
		return err
	}
	defer discard(f)
	if _, err = io.Copy(f, r); err == nil {
		err = f.Sync()
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// makeFolder makes a folder below root, and flushes the names of those it made.
func makeFolder(folder, root string) error {
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for up := filepath.Dir(folder); ; up = filepath.Dir(up) {
		if err := syncFolder(up); err != nil || up == root {
			return err
		}
	}
}

// syncFolder flushes the names in a folder.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
