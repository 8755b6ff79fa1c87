// Command otvet is a self-service help desk: it answers players' questions from a
// knowledge base, keeps what it cannot answer as tickets in PostgreSQL, and gives agents
// a desk to answer them.
//
// # Commands
//
// "otvet serve" is the whole product. The others look at content (ask, check), at the
// database (migrate, agent) and at the program itself (config, version). Each is a type
// of its own file with a Run method; the grammar is in commands.go, the settings with
// their environment variables are in settings.go.
//
// # Exit status
//
// 0 done; 1 a negative result, such as problems found by check or a question without an
// answer; 2 wrong usage; 3 a fault.
//
// # Wiring
//
// This is the only package that knows all others. [run] takes its world as arguments, so
// that tests run the same program; newHandler (handler.go) puts the packages together,
// and classify (errors.go) is the one table from their errors to what a person is told.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // --time-zone works on a machine without time zone files
)

// oneStop is how long further signals count as the first one: supervisors send several
// at a time, and ending at once would leave the private PostgreSQL server running.
const oneStop = time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, func() {
		signal.Ignore(syscall.SIGHUP) // a terminal that closes after Ctrl-C must not cut the shutdown off
		time.AfterFunc(oneStop, stop) // from then on a signal ends the program at once
	})
	os.Exit(run(ctx, world{os.Args[1:], os.LookupEnv, os.Stdin, os.Stdout, os.Stderr}))
}
