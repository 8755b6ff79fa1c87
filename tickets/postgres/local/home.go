package local

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const pointer = "moved-to.txt"

// homeOf returns the folder that holds the cluster of dir: dir itself, or another place
// when the server's account cannot enter dir.
func homeOf(dir string, who account, log *slog.Logger) (string, error) {
	dir, err := realPath(dir)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	moved, err := os.ReadFile(filepath.Join(dir, pointer))
	switch {
	case err == nil:
		return strings.TrimSpace(string(moved)), nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	case who.canEnter(dir):
		return dir, nil
	}
	home, err := elsewhere(dir)
	if err != nil {
		return "", err
	}
	log.Warn("the database server's user cannot enter the data folder: its cluster is kept elsewhere", "folder", dir, "cluster", home)
	return home, os.WriteFile(filepath.Join(dir, pointer), []byte(home+"\n"), 0o644)
}

// realPath returns the one absolute name of a folder, which need not exist yet.
func realPath(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(dir)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(dir) != dir {
		parent, err := realPath(filepath.Dir(dir))
		return filepath.Join(parent, filepath.Base(dir)), err
	}
	return real, err
}

// elsewhere makes the folder that stands in for dir. Neither place is emptied at a
// restart of the machine.
func elsewhere(dir string) (string, error) {
	var errs []error
	for _, parent := range []string{"/var/lib", "/var/tmp"} {
		home := filepath.Join(parent, "otvet-"+hash(dir))
		err := os.Mkdir(home, 0o755)
		if errors.Is(err, fs.ErrExist) {
			err = owned(home, os.Geteuid())
		}
		if err == nil {
			return home, os.Chmod(home, 0o755) // whatever the umask
		}
		errs = append(errs, err)
	}
	return "", fmt.Errorf("no place for the cluster that the server's user can enter: %w", errors.Join(errs...))
}

// owned refuses a folder that someone else has made, or may write to.
func owned(dir string, uid int) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || !ok || int(stat.Uid) != uid || info.Mode().Perm()&0o022 != 0 {
		return fmt.Errorf("%s is not a folder that only user %d can write to: remove it", dir, uid)
	}
	return nil
}

// hash shortens the name of a folder.
func hash(dir string) string {
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:6])
}
