//go:build unix

package disk

import (
	"fmt"
	"os"
	"syscall"
)

// othersWrite is the permission of a group or of everybody to write.
const othersWrite = 0o022

// trust returns an error when somebody else may have written into a folder.
func trust(path string, dir os.FileInfo) error {
	if mode := dir.Mode().Perm(); mode&othersWrite != 0 {
		return fmt.Errorf("%s: %w: its mode is %v; \"chmod go-w\" it when what is in it is yours, or use another folder", path, ErrUntrusted, mode)
	}
	if owner, ok := dir.Sys().(*syscall.Stat_t); ok && !trusted(int(owner.Uid), os.Geteuid()) {
		return fmt.Errorf("%s: %w: it belongs to user %d", path, ErrUntrusted, owner.Uid)
	}
	return nil
}

// trusted reports whether a folder's owner is us, or the administrator, who can do anything anyway.
func trusted(owner, us int) bool { return owner == us || owner == 0 }
