package local_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"otvet/tickets/postgres/local"
)

const nobody = 65534

func onlyAsRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("about what root does")
	}
}

func TestAsRootTheServerRunsAsAnotherUser(t *testing.T) {
	onlyAsRoot(t)
	t.Parallel()
	c, _ := begin(t, folder(t))
	info, err := os.Stat(filepath.Join("/proc", strconv.Itoa(pid(t, c))))
	if errors.Is(err, fs.ErrNotExist) && runtime.GOOS != "linux" {
		t.Skip("who runs a process is read from /proc")
	}
	if err != nil {
		t.Fatal(err)
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); !ok || stat.Uid == 0 {
		t.Errorf("the server runs as user %d", stat.Uid)
	}
}

// Below root's home the server's user cannot go.
func TestAFolderThatTheServerCannotEnter(t *testing.T) {
	onlyAsRoot(t)
	t.Parallel()
	dir := folder(t)
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	pg := filepath.Join(dir, "pg")
	c, log := begin(t, pg)
	keep(t, c)
	moved, err := os.ReadFile(filepath.Join(pg, "moved-to.txt"))
	if err != nil {
		t.Fatal(err)
	}
	home := strings.TrimSpace(string(moved))
	defer os.RemoveAll(home)
	if !strings.Contains(log.String(), home) {
		t.Errorf("the log does not say where it is: %s", log)
	}
	stop(t, c)
	if err := os.Chmod(dir, 0o755); err != nil { // it can be entered now, but the data are where they are
		t.Fatal(err)
	}
	again, _ := begin(t, pg)
	kept(t, again)
	stop(t, again)
}

func TestAServerOfAnotherUserIsNotTaken(t *testing.T) {
	onlyAsRoot(t)
	t.Parallel()
	dir := folder(t)
	address, err := local.URLFor(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, sockets, _ := strings.Cut(strings.ReplaceAll(address, "%2F", "/"), "host=")
	if err := os.Mkdir(sockets, 0o700); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(sockets)
	if err := os.Chown(sockets, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	if _, err := local.URLFor(dir); err == nil || !strings.Contains(err.Error(), sockets) {
		t.Error(err)
	}
}

// All the other tests, as an ordinary user.
func TestAsAnOrdinaryUser(t *testing.T) {
	onlyAsRoot(t)
	dir := folder(t)
	program := filepath.Join(dir, "local.test") // that user cannot enter go's own folder
	if err := copied(os.Args[0], program); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-test.timeout=5m", "-test.skip=AsAnOrdinaryUser")
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "CI=true"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v:\n%s", err, out)
	}
}

func copied(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}
