package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for what must happen soon.
const patience = 60 * time.Second

// process is an otvet of its own, on a port that the system chose.
type process struct {
	began   time.Time
	command *exec.Cmd
	stdout  growing
	stderr  growing
	ended   chan error // holds the end's error once it has ended
}

// growing is a buffer that one goroutine fills while others read.
type growing struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write appends.
func (g *growing) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.b.Write(p)
}

// String returns what has been written so far.
func (g *growing) String() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.b.String()
}

// launch starts the server in a folder with an environment.
func launch(dir string, env []string, args ...string) (*process, error) {
	return launchCommand(dir, env, append([]string{"serve", "--addr=127.0.0.1:0"}, args...)...)
}

// launchCommand starts the program with any command.
func launchCommand(dir string, env []string, args ...string) (*process, error) {
	p := &process{began: time.Now(), ended: make(chan error, 1)}
	p.command = exec.Command("otvet", args...)
	p.command.Dir, p.command.Env = dir, env
	p.command.Stdout, p.command.Stderr = &p.stdout, &p.stderr
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	go func() { p.ended <- p.command.Wait() }()
	return p, nil
}

// serveOn starts the program on a database for a test, and ends it with the test.
func serveOn(t *testing.T, database string, args ...string) *process {
	t.Helper()
	p, err := launch(t.TempDir(), []string{"DATABASE_URL=" + database}, args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.end(os.Interrupt) })
	p.mustFind(t, ready)
	return p
}

var (
	helpSection = regexp.MustCompile(`help section +(http://\S+)/\n`)
	ready       = regexp.MustCompile(`Ready: tickets are taken\.`)
)

// find waits until a stream holds what matches, and returns the match.
func (p *process) find(want *regexp.Regexp, stream *growing) ([]string, error) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if m := want.FindStringSubmatch(stream.String()); m != nil {
			return m, nil
		}
		select {
		case err := <-p.ended:
			p.ended <- err
			return nil, fmt.Errorf("the server has ended (%w):\n%s%s", err, &p.stdout, &p.stderr)
		default:
		}
	}
	return nil, fmt.Errorf("nothing matches %s in:\n%s%s", want, &p.stdout, &p.stderr)
}

// mustFind waits for what the server must print, and returns the last group.
func (p *process) mustFind(t *testing.T, want *regexp.Regexp) string {
	t.Helper()
	m, err := p.find(want, &p.stdout)
	if err != nil {
		t.Fatal(err)
	}
	return m[len(m)-1]
}

// end sends a signal and waits; a server that has ended is fine.
func (p *process) end(s os.Signal) error {
	_ = p.command.Process.Signal(s)
	err := <-p.ended
	p.ended <- err
	return err
}
