package attachments_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"otvet/tickets/attachments"
)

// smallDisk mounts a file system of 2 MB.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "otvet-disk-")
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", dir).CombinedOutput(); err != nil {
		_ = os.Remove(dir)
		if os.Geteuid() == 0 && os.Getenv("CI") != "" {
			t.Fatalf("mount a small file system: %s", out)
		}
		t.Skipf("mounting a small file system takes root: %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
		_ = os.Remove(dir)
	})
	return dir
}

func TestAFullDisk(t *testing.T) {
	t.Parallel()
	dir := smallDisk(t)
	s := attachments.Open(filepath.Join(dir, "files"), attachments.Limits{})
	log := func(i int) []byte {
		return bytes.Repeat([]byte{'a' + byte(i%20), 'b' + byte(i/20), '\n'}, 40<<10)
	}
	var hashes []string
	var err error
	for i := 0; err == nil && i < 100; i++ {
		a, failed := s.Put(t.Context(), bytes.NewReader(log(i)), "a.log")
		if err = failed; err == nil {
			hashes = append(hashes, a.Hash)
		}
	}
	if !errors.Is(err, attachments.ErrUnavailable) || len(hashes) == 0 {
		t.Fatalf("after %d files: %v", len(hashes), err)
	}
	for _, hash := range hashes {
		read(t, s, hash)
	}
	for _, name := range kept(t, filepath.Join(dir, "files")) {
		if filepath.Dir(name) == "tmp" {
			t.Errorf("half written: %s", name)
		}
	}
	t.Logf("full after %d files", len(hashes))
	if err := os.Truncate(filepath.Join(dir, "files", hashes[0][:2], hashes[0][2:4], hashes[0]), 0); err != nil {
		t.Fatal(err)
	}
	put(t, s, []byte("small again\n"), "a.log")
}
