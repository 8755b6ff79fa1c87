package local

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// pid returns the process that serves the data folder, 0 for none. The postmaster.pid
// of a killed server is cleared by the next server itself, unless its number now belongs
// to some other program of the same user: then it is cleared here.
func (s *server) pid() (int, error) {
	file := filepath.Join(s.data, "postmaster.pid")
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(b), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 0 {
		return 0, nil // the server judges it
	}
	if s.holds(pid) {
		return pid, nil
	}
	if s.stranger(pid) {
		return 0, os.Remove(file)
	}
	return 0, nil
}

// servesAt returns the folder of the socket that the running server says it listens on.
func (s *server) servesAt() string {
	b, err := os.ReadFile(filepath.Join(s.data, "postmaster.pid"))
	lines := strings.Split(string(b), "\n")
	if err != nil || len(lines) < 5 { // it is only starting
		return ""
	}
	return lines[4]
}

// holds reports whether the process is a living server of our data folder. One that we
// started is collected when it has ended: its zombie would keep the next from starting.
func (s *server) holds(pid int) bool {
	if int64(pid) == s.child.Load() {
		// The command line would not do: it is empty for a moment while a program starts.
		n, err := syscall.Wait4(pid, nil, syscall.WNOHANG, nil)
		return n == 0 && err == nil
	}
	args := arguments(pid)
	if len(args) == 0 || !strings.Contains(args[0], "postgres") {
		return false
	}
	whole := len(args) == 1 && strings.Contains(args[0]+" ", "-D "+s.data+" ")
	return whole || slices.Contains(args, s.data) || workingFolder(pid) == s.data
}

// stranger reports whether a living process surely has nothing to do with our data: not
// a PostgreSQL program, one of a server's own children, or one seen in another folder.
func (s *server) stranger(pid int) bool {
	args := arguments(pid)
	if len(args) == 0 {
		return false // dead, or hidden from us
	}
	name := args[0]
	if !strings.Contains(name, "postgres") && !strings.Contains(name, "postmaster") || strings.HasPrefix(name, "postgres: ") {
		return true
	}
	dir := workingFolder(pid)
	return dir != "" && dir != s.data
}

// arguments returns a process's command line, nil when it is dead or unknown; other
// systems than Linux tell it in one piece.
func arguments(pid int) []string {
	if runtime.GOOS != "linux" {
		out, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
		if err != nil {
			return nil
		}
		return []string{strings.TrimSpace(string(out))}
	}
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cmdline")
	if err != nil || len(b) == 0 { // a zombie has no command line
		return nil
	}
	return strings.Split(string(bytes.TrimRight(b, "\x00")), "\x00")
}

// workingFolder returns where a process works, or "" when we may not know.
func workingFolder(pid int) string {
	if syscall.Kill(pid, 0) != nil {
		return ""
	}
	dir, _ := os.Readlink("/proc/" + strconv.Itoa(pid) + "/cwd")
	return dir
}
