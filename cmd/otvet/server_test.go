package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"

	"otvet/tickets/postgres/postgrestest"
)

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
//	                        unless there is an &; with ! it must end in another way
//	                        than by itself
//	sql STATEMENT           runs a statement on the database as an administrator can
//	postgres NAME           sends QUIT, STOP or CONT to the private PostgreSQL server
//	database [NAME]         sets DATABASE_URL to a fresh migrated database, or on its
//	                        server to one that is not there
//	forget                  takes the schema of DATABASE_URL away
//	read-only               makes it refuse writes
//
// $base is the server's address; $header, if set, is sent by http, "Name: value".
func serverCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"start": start, "output": awaitOutput, "log": awaitLog, "http": send, "until": until, "keep": keep,
		"signal": signalServer, "postgres": signalPostgres, "database": freshDatabase, "sql": runSQL, "forget": query("DROP SCHEMA public CASCADE; CREATE SCHEMA public"),
		"read-only": query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$`),
	}
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
	p, err := launch(ts.Getenv("WORK"), environ(ts), args...)
	ts.Check(err)
	stageOf(ts).server = p
	ts.Defer(func() { _ = p.end(syscall.SIGTERM) })
	m, err := p.find(helpSection, &p.stdout)
	ts.Check(err)
	ts.Setenv("base", m[1])
}

// environ passes on what scripts set.
func environ(ts *testscript.TestScript) []string {
	env := []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "TMPDIR=" + ts.Getenv("TMPDIR")}
	for _, name := range []string{"DATABASE_URL", "OTVET_CONTENT", "OTVET_DATA"} {
		if value := ts.Getenv(name); value != "" {
			env = append(env, name+"="+value)
		}
	}
	return env
}

func awaitOutput(ts *testscript.TestScript, _ bool, args []string) {
	p := serverOf(ts)
	await(ts, p, args[0], &p.stdout)
}

func awaitLog(ts *testscript.TestScript, neg bool, args []string) {
	p := serverOf(ts)
	if !neg {
		await(ts, p, args[0], &p.stderr)
		return
	}
	if regexp.MustCompile(args[0]).MatchString(p.stderr.String()) {
		ts.Fatalf("the log matches %s:\n%s", args[0], &p.stderr)
	}
}

func await(ts *testscript.TestScript, p *process, want string, stream *growing) {
	m, err := p.find(regexp.MustCompile(want), stream)
	ts.Check(err)
	ts.Setenv("1", m[len(m)-1])
}

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
	ts.Setenv(args[0], m[len(m)-1])
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

func signalServer(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "KILL": syscall.SIGKILL}
	p := serverOf(ts)
	if len(args) > 1 {
		ts.Check(p.command.Process.Signal(signals[args[0]]))
		return
	}
	if err := p.end(signals[args[0]]); (err != nil) != neg {
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

// query runs SQL on the database of DATABASE_URL.
func query(sql string) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, _ []string) { runSQL(ts, false, []string{sql}) }
}

func runSQL(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	connection, err := pgx.Connect(ctx, ts.Getenv("DATABASE_URL"))
	ts.Check(err)
	defer connection.Close(ctx)
	_, err = connection.Exec(ctx, args[0])
	ts.Check(err)
}
