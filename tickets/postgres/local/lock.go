package local

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
)

// BusyError says that another living process owns the cluster.
type BusyError struct{ PID string }

// Error tells what to do.
func (e *BusyError) Error() string {
	return fmt.Sprintf("another otvet (process %s) is running on this folder: stop it, or choose another folder", e.PID)
}

// lock takes the file's lock, which the system frees when we die, however we die.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		pid, _ := io.ReadAll(io.LimitReader(f, 20)) // only for the message
		return nil, errors.Join(&BusyError{strings.TrimSpace(string(pid))}, f.Close())
	}
	if err == nil {
		err = f.Truncate(0)
	}
	if err == nil {
		_, err = fmt.Fprintln(f, os.Getpid())
	}
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, errors.Join(err, f.Close()))
	}
	return f, nil
}
