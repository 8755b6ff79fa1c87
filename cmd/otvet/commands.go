package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"
)

// world is what the program sees of the outside.
type world struct {
	args   []string // without the program's name
	env    func(string) (string, bool)
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

// commands is the grammar of the command line.
type commands struct {
	Serve    serveCommand    `cmd:"" help:"Serve the help section, the desk and the API."`
	Ask      askCommand      `cmd:"" help:"Answer one question in the terminal."`
	Check    checkCommand    `cmd:"" help:"Check the content and list every problem as file:line:column: message."`
	New      newCommand      `cmd:"" help:"Begin an article: a skeleton in both languages."`
	Preview  previewCommand  `cmd:"" help:"Show the content as players will see it, while you write."`
	Import   importCommand   `cmd:"" help:"Bring articles of another help section into the content."`
	Eval     evalCommands    `cmd:"" help:"Measure search and answers."`
	Tune     tuneCommand     `cmd:"" help:"Choose how sure search must be to answer, by judged questions."`
	Synonyms synonymsCommand `cmd:"" name:"suggest-synonyms" help:"Name words that the content's questions use for the same thing."`
	Migrate  migrateCommand  `cmd:"" help:"Bring the database's schema up to date."`
	Agent    agentCommands   `cmd:"" help:"Give people access to the desk."`
	Audit    auditCommands   `cmd:"" help:"Prove, export and clear the record of what happened."`
	Report   reportCommand   `cmd:"" help:"Say how requests were handled in a time."`
	Config   configCommand   `cmd:"" help:"Show every setting, where it comes from, and no secrets."`
	Version  versionCommand  `cmd:"" help:"Show the program's version."`
}

const about = `A self-service help desk for the players of a betting operator: it answers from a knowledge base first, and what stays open becomes a ticket.

Settings are flags or environment variables; a flag wins. Without DATABASE_URL, otvet keeps its data on a private PostgreSQL server below --data.

Exit status: 0 done, 1 a negative result (check found problems, ask has no answer), 2 wrong usage, 3 a fault.`

// exitError is an error with the status that the program ends with.
type exitError struct {
	status int
	err    error
}

// The statuses; 0 means done.
const (
	statusNegative = 1
	statusUsage    = 2
	statusFault    = 3
)

// Error returns the cause, empty when everything has been said on standard output.
func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

// Unwrap returns the cause.
func (e *exitError) Unwrap() error { return e.err }

// run is the program: it returns the exit status.
func run(ctx context.Context, w world) int {
	err := dispatch(ctx, w)
	if err == nil {
		return 0
	}
	status := statusFault
	var e *exitError
	if errors.As(err, &e) {
		status = e.status
	}
	if text := err.Error(); text != "" {
		fmt.Fprintf(w.stderr, "otvet: %s\n", text)
	}
	return status
}

// dispatch parses the command line and runs the command.
func dispatch(ctx context.Context, w world) error {
	helped := false
	parser, err := kong.New(&commands{},
		kong.Name("otvet"), kong.Description(about),
		kong.Writers(w.stdout, w.stderr),
		kong.Exit(func(int) { helped = true }), // --help has been printed
		kong.Resolvers(environment(w.env)), kong.ValueFormatter(describeSetting),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(w),
	)
	if err != nil {
		return fmt.Errorf("read the grammar: %w", err)
	}
	parsed, err := parser.Parse(w.args)
	if helped {
		return nil
	}
	if err != nil {
		return &exitError{statusUsage, fmt.Errorf(`%w; see "otvet --help"`, err)}
	}
	return parsed.Run()
}
