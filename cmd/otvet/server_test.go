package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"

	"otvet/tickets/postgres/postgrestest"
)

// patience is how long a script waits for what must happen soon.
const patience = 60 * time.Second

// serverCommands are the verbs of scripts with a server:
//
//	start ARGS…             starts "otvet serve ARGS…" and waits until it serves
//	output REGEXP           waits until the server has printed this; sets $1
//	log REGEXP              the same for its log
//	http METHOD PATH [FILE] sends a request; FILE is the body, JSON or, named *.form, a
//	                        form; the response is stdout
//	until REGEXP PATH       repeats GET PATH until the response matches
//	keep NAME REGEXP        sets $NAME from the last response
//	signal NAME [&]         sends INT, TERM or KILL to the server and waits for its end,
//	                        unless there is an &
//	postgres NAME           sends QUIT, STOP or CONT to the private PostgreSQL server
//	database [NAME]         sets DATABASE_URL to a fresh migrated database, or on its
//	                        server to one that is not there
//	forget                  takes the schema of DATABASE_URL away
//
// $base is the server's address; $header, if set, is sent by http, "Name: value".
func serverCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"start": start, "output": awaitOutput, "log": awaitLog, "http": send, "until": until, "keep": keep,
		"signal": signalServer, "postgres": signalPostgres, "database": freshDatabase, "forget": forget,
	}
}

// process is a server that a script has started.
type process struct {
	command *exec.Cmd
	stdout  growing
	stderr  growing
	ended   chan error
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

// stage is what the verbs of one script share.
type stage struct {
	t        testing.TB
	server   *process
	response string
}

type stageKey struct{}

func stageOf(ts *testscript.TestScript) *stage { return ts.Value(stageKey{}).(*stage) }

func serverOf(ts *testscript.TestScript) *process {
	p := stageOf(ts).server
	if p == nil {
		ts.Fatalf("no server has been started")
	}
	return p
}

func start(ts *testscript.TestScript, _ bool, args []string) {
	program := filepath.Join(filepath.SplitList(ts.Getenv("PATH"))[0], "otvet")
	p := &process{ended: make(chan error, 1)}
	p.command = exec.Command(program, append([]string{"serve", "--addr=127.0.0.1:0"}, args...)...)
	p.command.Dir = ts.Getenv("WORK")
	p.command.Env = environ(ts)
	p.command.Stdout, p.command.Stderr = &p.stdout, &p.stderr
	ts.Check(p.command.Start())
	go func() { p.ended <- p.command.Wait() }()
	stageOf(ts).server = p
	ts.Defer(func() { p.end(syscall.SIGTERM) })
	address := regexp.MustCompile(`help section +(http://\S+)/\n`)
	ts.Setenv("base", p.await(ts, address, &p.stdout)[1])
}

// environ passes on what scripts set.
func environ(ts *testscript.TestScript) []string {
	env := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "TMPDIR=" + ts.Getenv("TMPDIR")}
	for _, name := range []string{"DATABASE_URL", "OTVET_CONTENT", "OTVET_DATA"} {
		if value := ts.Getenv(name); value != "" {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// await waits until a stream holds what matches.
func (p *process) await(ts *testscript.TestScript, want *regexp.Regexp, stream *growing) []string {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if m := want.FindStringSubmatch(stream.String()); m != nil {
			return m
		}
		select {
		case err := <-p.ended:
			p.ended <- err
			ts.Fatalf("the server has ended (%v):\n%s%s", err, p.stdout.String(), p.stderr.String())
		default:
		}
	}
	ts.Fatalf("nothing matches %s in:\n%s%s", want, p.stdout.String(), p.stderr.String())
	return nil
}

// end sends a signal and waits; a server that has ended is fine.
func (p *process) end(s os.Signal) error {
	_ = p.command.Process.Signal(s)
	err := <-p.ended
	p.ended <- err
	return err
}

func awaitOutput(ts *testscript.TestScript, _ bool, args []string) {
	p := serverOf(ts)
	ts.Setenv("1", lastOf(p.await(ts, regexp.MustCompile(args[0]), &p.stdout)))
}

func awaitLog(ts *testscript.TestScript, neg bool, args []string) {
	p, want := serverOf(ts), regexp.MustCompile(args[0])
	if neg {
		if want.MatchString(p.stderr.String()) {
			ts.Fatalf("the log matches %s:\n%s", want, p.stderr.String())
		}
		return
	}
	ts.Setenv("1", lastOf(p.await(ts, want, &p.stderr)))
}

func lastOf(match []string) string { return match[len(match)-1] }

func send(ts *testscript.TestScript, _ bool, args []string) {
	request, err := newRequest(ts, args)
	ts.Check(err)
	response, err := exchange(request)
	ts.Check(err)
	stageOf(ts).response = response
	fmt.Fprint(ts.Stdout(), response)
}

func newRequest(ts *testscript.TestScript, args []string) (*http.Request, error) {
	var body io.Reader
	media := "application/json"
	if len(args) > 2 {
		body = strings.NewReader(strings.TrimSpace(ts.ReadFile(args[2])))
		if strings.HasSuffix(args[2], ".form") {
			media = "application/x-www-form-urlencoded"
		}
	}
	request, err := http.NewRequest(args[0], ts.Getenv("base")+args[1], body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", media)
	if name, value, ok := strings.Cut(ts.Getenv("header"), ": "); ok {
		request.Header.Set(name, value)
	}
	return request, nil
}

// exchange returns a response as text: status, headers, body.
func exchange(request *http.Request) (string, error) {
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var text bytes.Buffer
	fmt.Fprintf(&text, "%d\n", response.StatusCode)
	_ = response.Header.Write(&text)
	_, err = io.Copy(&text, response.Body)
	return strings.ReplaceAll(text.String(), "\r\n", "\n"), err
}

func keep(ts *testscript.TestScript, _ bool, args []string) {
	m := regexp.MustCompile(args[1]).FindStringSubmatch(stageOf(ts).response)
	if m == nil {
		ts.Fatalf("nothing matches %s in:\n%s", args[1], stageOf(ts).response)
	}
	ts.Setenv(args[0], lastOf(m))
}

func until(ts *testscript.TestScript, _ bool, args []string) {
	want, got := regexp.MustCompile(args[0]), ""
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		request, err := newRequest(ts, []string{http.MethodGet, args[1]})
		ts.Check(err)
		if got, err = exchange(request); err == nil && want.MatchString(got) {
			stageOf(ts).response = got
			fmt.Fprint(ts.Stdout(), got)
			return
		}
	}
	ts.Fatalf("%s does not come to match %s:\n%s", args[1], want, got)
}

func signalServer(ts *testscript.TestScript, _ bool, args []string) {
	signals := map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "KILL": syscall.SIGKILL}
	p := serverOf(ts)
	if len(args) > 1 {
		ts.Check(p.command.Process.Signal(signals[args[0]]))
		return
	}
	err := p.end(signals[args[0]])
	if args[0] != "KILL" && err != nil {
		ts.Fatalf("the server ended with %v:\n%s", err, p.stderr.String())
	}
}

// signalPostgres signals the postmaster and each of its processes: a frozen server is
// one of which nothing moves.
func signalPostgres(ts *testscript.TestScript, _ bool, args []string) {
	signals := map[string]syscall.Signal{"QUIT": syscall.SIGQUIT, "STOP": syscall.SIGSTOP, "CONT": syscall.SIGCONT}
	master, _, _ := strings.Cut(ts.ReadFile(".otvet/pg/data/postmaster.pid"), "\n")
	pids := []string{master}
	if args[0] != "QUIT" {
		pids = append(pids, strings.Fields(ts.ReadFile("/proc/"+master+"/task/"+master+"/children"))...)
	}
	for _, pid := range pids {
		n, err := strconv.Atoi(pid)
		ts.Check(err)
		_ = syscall.Kill(n, signals[args[0]]) // a backend may have ended meanwhile
	}
}

func freshDatabase(ts *testscript.TestScript, _ bool, args []string) {
	address, err := url.Parse(postgrestest.URL(stageOf(ts).t))
	ts.Check(err)
	if len(args) > 0 {
		address.Path = "/" + args[0]
	}
	ts.Setenv("DATABASE_URL", address.String())
}

func forget(ts *testscript.TestScript, _ bool, _ []string) {
	ctx := context.Background()
	connection, err := pgx.Connect(ctx, ts.Getenv("DATABASE_URL"))
	ts.Check(err)
	defer connection.Close(ctx)
	_, err = connection.Exec(ctx, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
	ts.Check(err)
}
