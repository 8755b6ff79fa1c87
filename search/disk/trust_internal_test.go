//go:build unix

package disk

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
)

// TestOnlyOurOwnFoldersAreTrusted: nothing is read or written where others may write.
func TestOnlyOurOwnFoldersAreTrusted(t *testing.T) {
	t.Parallel()
	const first, second = "00000000000000000001-20260101", "00000000000000000002-20260101"
	dir := filepath.Join(t.TempDir(), "index")
	s := NewStore(dir, slog.New(slog.DiscardHandler))
	fill := func(d Draft) error { return d.WriteFile("a", []byte("<p>")) }
	if err := s.Write(first, fill); err != nil {
		t.Fatal(err)
	}
	for mode, refused := range map[os.FileMode]bool{0o700: false, 0o755: false, 0o500: false, 0o770: true, 0o702: true, 0o1777: true} {
		for _, path := range []string{dir, filepath.Join(dir, first)} {
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Open(first); errors.Is(err, ErrUntrusted) != refused || err != nil && !refused {
				t.Errorf("open with %s %v: %v", filepath.Base(path), mode, err)
			}
			if err := s.prepare(); errors.Is(err, ErrUntrusted) != (refused && path == dir) {
				t.Errorf("prepare with %s %v: %v", filepath.Base(path), mode, err)
			}
			if err := os.Chmod(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.Chmod(dir, 0o770); err != nil {
		t.Fatal(err)
	}
	if err := s.Write(second, fill); !errors.Is(err, ErrUntrusted) || len(s.Names()) != 1 {
		t.Errorf("write: %v, %q", err, s.Names())
	}
}

// TestOwners: our own folders and root's are as safe as the program is.
func TestOwners(t *testing.T) {
	t.Parallel()
	const us, root, other = 1000, 0, 1001
	for owner, want := range map[int]bool{us: true, root: true, other: false} {
		if got := trusted(owner, us); got != want {
			t.Errorf("user %d: trusted %t", owner, got)
		}
	}
	if trusted(other, root) {
		t.Error("root trusts anyone")
	}
}

// TestAnotherUsersFolder needs the right to give a folder away.
func TestAnotherUsersFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, 12345, -1); err != nil {
		t.Skip("only root can give a folder away:", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := trust(dir, info); !errors.Is(err, ErrUntrusted) {
		t.Errorf("error %v", err)
	}
}
