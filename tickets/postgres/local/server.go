package local

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"
)

// errGone says that the server's process has ended.
var errGone = errors.New("the server has ended")

// server is the postmaster of one cluster.
type server struct {
	who      account
	data     string
	logFile  string
	sockets  string
	volatile bool
	child    atomic.Int64 // the process that we started, if we did
}

// settings of the server. Nothing that people wrote may get into its log: terse leaves
// out the values that a failed statement held.
func (s *server) settings() []string {
	list := []string{
		"listen_addresses=", `unix_socket_directories="` + s.sockets + `"`, "unix_socket_permissions=0700",
		"log_error_verbosity=terse", "log_min_error_statement=panic", "log_parameter_max_length_on_error=0",
		"log_timezone=UTC", "timezone=UTC", "logging_collector=off", "log_destination=stderr",
		"max_connections=100", "max_parallel_workers_per_gather=0", "jit=off",
	}
	if s.volatile {
		return append(list, "cluster_name="+VolatileName, "fsync=off", "synchronous_commit=on",
			"full_page_writes=off", "shared_buffers=32MB", "autovacuum=off", "max_wal_size=256MB")
	}
	return append(list, "cluster_name=otvet", "fsync=on", "synchronous_commit=on", "full_page_writes=on")
}

// start starts the server and waits until it accepts connections.
func (s *server) start(ctx context.Context, bin binaries) error {
	ctx, cancel := context.WithTimeout(ctx, startBudget)
	defer cancel()
	if err := makePrivate(s.sockets, s.who); err != nil {
		return err
	}
	// After a kill, the old server's children may still be leaving.
	var err error
	for range 3 {
		if err = s.launch(bin); err != nil {
			return err
		}
		err = s.await(ctx, int(s.child.Load()), startBudget)
		if !errors.Is(err, errGone) {
			break
		}
		select {
		case <-ctx.Done():
		case <-time.After(300 * time.Millisecond):
		}
	}
	if err != nil {
		said := s.lastWords()
		gone := s.end(context.WithoutCancel(ctx), int(s.child.Load()), syscall.SIGQUIT, 5*time.Second)
		_ = os.Remove(s.sockets) // empty by now
		return fmt.Errorf("start the server: %w; the end of %s:\n%s", errors.Join(err, gone), s.logFile, said)
	}
	return nil
}

func (s *server) launch(bin binaries) error {
	_ = os.Rename(s.logFile, s.logFile+".old") // there may be none
	log, err := os.OpenFile(s.logFile, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close() // the server has its own copy
	args := []string{"-D", s.data}
	for _, set := range s.settings() {
		args = append(args, "-c", set)
	}
	cmd := s.who.run(exec.Command(filepath.Join(bin.dir, "postgres"), args...))
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return err
	}
	s.child.Store(int64(cmd.Process.Pid))
	return cmd.Process.Release() // holds waits for it
}

// stop ends the server if it runs.
func (s *server) stop(ctx context.Context) error {
	pid, err := s.pid()
	if pid == 0 || err != nil {
		return err
	}
	if s.end(ctx, pid, syscall.SIGINT, stopBudget) == nil {
		_ = os.Remove(s.sockets) // empty by now
		return nil
	}
	return s.end(context.WithoutCancel(ctx), pid, syscall.SIGQUIT, 5*time.Second)
}

func (s *server) end(ctx context.Context, pid int, how syscall.Signal, budget time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	if err := syscall.Kill(pid, how); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("signal process %d: %w", pid, err)
	}
	for s.holds(pid) {
		select {
		case <-ctx.Done():
			return fmt.Errorf("process %d: %w", pid, ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
	return nil
}

// lastWords returns the end of the server's log.
func (s *server) lastWords() []byte {
	b, err := os.ReadFile(s.logFile)
	if err != nil {
		return []byte(err.Error())
	}
	lines := bytes.Split(bytes.TrimSpace(b), []byte("\n"))
	return bytes.Join(lines[max(0, len(lines)-10):], []byte("\n"))
}
