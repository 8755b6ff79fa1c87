package postgrestest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"syscall"
)

// watchdog reads the pipe until every writer has gone. Then it takes the pipe away, so
// that nobody can join any more, and reads once again for those who had just joined.
// Then it stops the server and removes what is not needed again. Arguments: pipe, data
// folder, folders to remove.
const watchdog = `
pipe=$1 data=$2; shift 2
exec 3<"$pipe"
cat <&3 >/dev/null
rm -f "$pipe"
cat <&3 >/dev/null
pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ] && kill -INT "$pid" 2>/dev/null; then
	rounds=0
	while kill -0 "$pid" 2>/dev/null && [ $rounds -lt 100 ]; do
		[ $rounds -eq 50 ] && kill -KILL "$pid"
		rounds=$((rounds+1))
		sleep 0.1
	done
fi
for dir; do rm -rf "$dir"; done
`

// guard starts a watchdog over the server of a data folder and returns our end of its
// pipe. The pipe's file is gone when the watchdog no longer listens.
func guard(pipe, data string, remove []string) (*os.File, error) {
	if err := os.Remove(pipe); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		return nil, fmt.Errorf("make pipe %s: %w", pipe, err)
	}
	cmd := exec.Command("/bin/sh", append([]string{"-c", watchdog, "watchdog", pipe, data}, remove...)...)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // Ctrl-C is for us alone
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits for the reader
	if err != nil {
		return nil, err
	}
	return f, cmd.Process.Release()
}

// take opens a pipe whose watchdog listens.
func take(pipe string) (*os.File, error) {
	fd, err := syscall.Open(pipe, syscall.O_WRONLY|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), pipe), nil
}
