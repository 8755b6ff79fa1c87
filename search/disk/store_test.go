package disk_test

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"otvet/search/disk"
)

const (
	first  = "00000000000000000001-20260101"
	second = "00000000000000000002-20260101"
	third  = "00000000000000000003-20260101"
)

func newStore(t *testing.T) (*disk.Store, *strings.Builder) {
	t.Helper()
	var said strings.Builder
	return disk.NewStore(filepath.Join(t.TempDir(), "data", "index"), slog.New(slog.NewTextHandler(&said, nil))), &said
}

// put writes a folder with a file a and a folder b of two files.
func put(d disk.Draft) error {
	return errors.Join(d.WriteFile("a", []byte("some words")), os.Mkdir(d.Path("b"), 0o700),
		d.WriteFile("b/one", []byte("1")), d.WriteFile("b/two", nil))
}

func mustWrite(t *testing.T, s *disk.Store, name string) {
	t.Helper()
	if err := s.Write(name, put); err != nil {
		t.Fatal(err)
	}
}

// read opens a folder and reads all that put has written.
func read(s *disk.Store, name string) (string, error) {
	f, err := s.Open(name)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	return b.String(), errors.Join(f.Copy(&b, "a"), f.Check("b"))
}

func TestWhatWasWrittenIsRead(t *testing.T) {
	t.Parallel()
	s, said := newStore(t)
	if _, err := s.Open(first); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing was written, yet %v", err)
	}
	mustWrite(t, s, first)
	f, err := s.Open(first)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := errors.Join(f.Copy(&b, "a"), f.Check("b")); err != nil || b.String() != "some words" {
		t.Errorf("read %q, %v", b.String(), err)
	}
	for what, err := range map[string]error{"file": f.Copy(&b, "c"), "folder": f.Check("c")} {
		if !errors.Is(err, disk.ErrDamaged) {
			t.Errorf("a %s that was not written: %v", what, err)
		}
	}
	if said.Len() > 0 {
		t.Errorf("logged %s", said)
	}
}

// TestRemovedWhileItIsRead: that is no damage, also when the same was written anew.
func TestRemovedWhileItIsRead(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t)
	for _, anew := range []bool{false, true} {
		mustWrite(t, s, first)
		f, err := s.Open(first)
		if err != nil || f.Gone() {
			t.Fatal(f.Gone(), err)
		}
		if err := os.Rename(filepath.Join(s.Dir(), first), filepath.Join(s.Dir(), "elsewhere")); err != nil { // as Discard begins
			t.Fatal(err)
		}
		if anew {
			other := func(d disk.Draft) error { return d.WriteFile("a", []byte("other words")) }
			if err := s.Write(first, other); err != nil {
				t.Fatal(err)
			}
		}
		var b strings.Builder
		for what, err := range map[string]error{"file": f.Copy(&b, "a"), "folder": f.Check("b")} {
			if !f.Gone() || !errors.Is(err, fs.ErrNotExist) || errors.Is(err, disk.ErrDamaged) {
				t.Errorf("%s, written anew %t: gone %t, %v", what, anew, f.Gone(), err)
			}
		}
		if err := os.RemoveAll(filepath.Join(s.Dir(), "elsewhere")); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEveryDamageIsFound flips each bit of each file, the manifest's too, cuts each at each
// byte, and lengthens and removes it.
func TestEveryDamageIsFound(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t)
	mustWrite(t, s, first)
	for _, file := range []string{"a", "b/one", "b/two", "manifest"} {
		path := filepath.Join(s.Dir(), first, file)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for what, damaged := range damages(whole) {
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := read(s, first); err == nil || errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s %s: %v", file, what, err)
			}
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if _, err := read(s, first); !errors.Is(err, disk.ErrDamaged) {
			t.Errorf("%s is missing: %v", file, err)
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := read(s, first); err != nil {
		t.Errorf("mended, yet %v", err)
	}
}

// damages returns what may become of a file, by what was done to it.
func damages(whole []byte) map[string][]byte {
	all := map[string][]byte{"lengthened": append(slices.Clone(whole), 'x'), "foreign": []byte("#!/bin/sh\n")}
	for i := range whole {
		all[fmt.Sprint("cut at ", i)] = whole[:i]
		for bit := range 8 {
			flipped := slices.Clone(whole)
			flipped[i] ^= 1 << bit
			all[fmt.Sprint("flipped at ", i, " bit ", bit)] = flipped
		}
	}
	return all
}

// TestACrashLeavesTheStoreAsItWas: what was not finished is not there, and goes when it is old.
func TestACrashLeavesTheStoreAsItWas(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t)
	mustWrite(t, s, first)
	failure := errors.New("disk full")
	if err := s.Write(second, func(d disk.Draft) error { return errors.Join(put(d), failure) }); !errors.Is(err, failure) {
		t.Errorf("write: %v", err)
	}
	if got := names(t, s); !slices.Equal(got, []string{first}) {
		t.Errorf("after a failure there is %q", got)
	}
	func() {
		defer func() { _ = recover() }()
		_ = s.Write(second, func(d disk.Draft) error { _ = put(d); panic("killed") })
	}()
	remnant := names(t, s)[0]
	if got := s.Names(); !slices.Equal(got, []string{first}) {
		t.Errorf("half a folder is offered: %q", got)
	}
	mustWrite(t, s, second)
	if !slices.Contains(names(t, s), remnant) {
		t.Error("what another process may still be writing was removed")
	}
	old := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(filepath.Join(s.Dir(), remnant), old, old); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, s, third)
	if slices.Contains(names(t, s), remnant) {
		t.Error("the remnant of a crash stays for ever")
	}
}

// names returns everything in the store's folder.
func names(t *testing.T, s *disk.Store) []string {
	t.Helper()
	entries, err := os.ReadDir(s.Dir())
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		found = append(found, e.Name())
	}
	return found
}

// TestTheLastTwoUsedStay: and nothing that is not the store's is touched.
func TestTheLastTwoUsedStay(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t)
	mustWrite(t, s, first)
	mustWrite(t, s, second)
	if err := os.Mkdir(filepath.Join(s.Dir(), "photos"), 0o700); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Minute)
	if err := os.Chtimes(filepath.Join(s.Dir(), second), old, old); err != nil {
		t.Fatal(err)
	}
	s.Used(first)
	mustWrite(t, s, third)
	if got := names(t, s); !slices.Equal(got, []string{first, third, "photos"}) {
		t.Errorf("there is %q", got)
	}
}

// TestManyWriteAndReadAtOnce: every reader sees a whole folder or none.
func TestManyWriteAndReadAtOnce(t *testing.T) {
	t.Parallel()
	s, said := newStore(t)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 20 {
				name := []string{first, second, third}[(i+j)%3]
				if err := s.Write(name, put); err != nil {
					t.Error(err)
				}
				if _, err := read(s, name); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, disk.ErrDamaged) {
					t.Error(err) // damaged: removed while it was read
				}
				if j%5 == 0 {
					s.Discard(name)
				}
			}
		})
	}
	all.Wait()
	if said.Len() > 0 {
		t.Errorf("logged %s", said)
	}
	for _, name := range s.Names() {
		if _, err := read(s, name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhereNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := disk.NewStore(filepath.Join(file, "index"), slog.New(slog.DiscardHandler))
	if err := s.Write(first, put); err == nil {
		t.Error("written below a file")
	}
	if s.Discard(first); len(s.Names()) > 0 {
		t.Error("found below a file")
	}
}
