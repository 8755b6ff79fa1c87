package attachments_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"otvet/tickets"
	"otvet/tickets/attachments"
)

func TestAChangedFileIsNeverServed(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t)
	a := put(t, s, []byte(pdf), "a.pdf")
	path := filepath.Join(dir, a.Hash[:2], a.Hash[2:4], a.Hash)
	if err := os.WriteFile(path, []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(a.Hash); !errors.Is(err, attachments.ErrCorrupt) {
		t.Errorf("changed: %v", err)
	}
	put(t, s, []byte(pdf), "b.pdf") // mends it
	read(t, s, a.Hash)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(a.Hash); !errors.Is(err, attachments.ErrMissing) {
		t.Errorf("removed: %v", err)
	}
	for _, hash := range []string{"", "../../key", strings.Repeat("a", 63), strings.Repeat("A", 64)} {
		if _, err := s.Get(hash); !errors.Is(err, attachments.ErrMissing) {
			t.Errorf("hash %q: %v", hash, err)
		}
	}
}

func TestSweepRemovesOrphansOnly(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t)
	known, orphan, young := put(t, s, []byte("known\n"), "a.txt"), put(t, s, []byte("orphan\n"), "b.txt"), put(t, s, []byte(pdf), "c.pdf")
	old := time.Now().Add(-attachments.Grace - time.Minute)
	for _, name := range kept(t, dir) {
		if !strings.HasSuffix(name, young.Hash) {
			if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	left := filepath.Join(dir, "tmp", "put-1")
	if err := errors.Join(os.WriteFile(left, []byte("half"), 0o600), os.Chtimes(left, old, old)); err != nil {
		t.Fatal(err)
	}
	n, err := s.Sweep(t.Context(), map[string]bool{known.Hash: true}, attachments.Grace)
	if err != nil || n != 2 {
		t.Errorf("%d removed, %v", n, err)
	}
	read(t, s, known.Hash)
	read(t, s, young.Hash)
	if _, err := s.Get(orphan.Hash); !errors.Is(err, attachments.ErrMissing) {
		t.Errorf("the orphan: %v", err)
	}
	if names := kept(t, dir); len(names) != 3 {
		t.Errorf("the folder holds %v", names)
	}
}

func TestReferencesAreGoodForTheirForm(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t)
	a := put(t, s, []byte(pdf), "a.pdf")
	sealed, err := s.Seal(a, "form-1")
	if err != nil {
		t.Fatal(err)
	}
	replica := attachments.Open(dir, attachments.Limits{})
	if got, err := replica.Unseal(sealed, "form-1"); err != nil || got != a {
		t.Errorf("on a replica: %+v, %v", got, err)
	}
	stranger, _ := newStore(t)
	put(t, stranger, []byte(pdf), "a.pdf")
	foreign, err := stranger.Seal(a, "form-1")
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct{ sealed, key string }{
		"another form": {sealed, "form-2"}, "another key": {foreign, "form-1"}, "nothing": {"", "form-1"}, "a hash": {a.Hash, "form-1"},
		"changed": {"A" + sealed, "form-1"}, "without its mark": {strings.Split(sealed, ".")[0] + ".", "form-1"},
	} {
		if _, err := s.Unseal(c.sealed, c.key); !errors.Is(err, tickets.ErrNotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := os.Remove(filepath.Join(dir, a.Hash[:2], a.Hash[2:4], a.Hash)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Unseal(sealed, "form-1"); !errors.Is(err, tickets.ErrNotFound) {
		t.Errorf("without its file: %v", err)
	}
}

func TestAFolderThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	blocked := filepath.Join(t.TempDir(), "files")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil { // root may write everywhere, but not below a file
		t.Fatal(err)
	}
	s := attachments.Open(blocked, attachments.Limits{})
	if err := s.Check(); !errors.Is(err, attachments.ErrUnavailable) {
		t.Errorf("check: %v", err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader(pdf), "a.pdf"); !errors.Is(err, attachments.ErrUnavailable) {
		t.Errorf("put: %v", err)
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(); err != nil {
		t.Errorf("with the folder again: %v", err)
	}
	put(t, s, []byte(pdf), "a.pdf")
}

func FuzzPut(f *testing.F) {
	m := drawing(8, 8)
	var t testing.T
	for _, seed := range [][]byte{
		pngOf(&t, m), jpegOf(&t, m), gifOf(&t, m), withSegment(jpegOf(&t, m), exif(6)), hugePNG(9, 9), hugePNG(9000, 9000),
		[]byte(pdf), []byte("text\n"), []byte("\xff\xfea\x00"), []byte("PK\x03\x04"), []byte("RIFF\x24\x00\x00\x00WEBPVP8L"),
	} {
		f.Add(seed)
	}
	s := attachments.Open(f.TempDir(), attachments.Limits{File: 1 << 20})
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		a, err := s.Put(t.Context(), bytes.NewReader(data), "name")
		if took := time.Since(start); took > 10*time.Second {
			t.Fatalf("took %s", took)
		}
		if err != nil {
			if codeOf(err) == "" {
				t.Fatal(err)
			}
			return
		}
		again, err := s.Put(t.Context(), bytes.NewReader(read(t, s, a.Hash)), a.Name)
		if err != nil || again.MIME != a.MIME || again.Width != a.Width || again.Name != a.Name {
			t.Fatalf("what was kept as %+v is %+v, %v", a, again, err)
		}
	})
}
