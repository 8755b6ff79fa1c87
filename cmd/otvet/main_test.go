package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"otvet/content"
)

var update = flag.Bool("update", false, "write the goldens in the scripts anew")

// TestMain lets scripts run this program as "otvet", in a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"otvet": main})
}

// TestScripts runs the specifications of the command line. Those whose names begin with
// "serve" have a server: see serverCommands. Two more verbs:
//
//	exits STATUS COMMAND…  runs a command that must end with this status
//	articles DIR           writes the shipped content to a folder
//	edit FILE OLD NEW      replaces a text in a file
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *update, RequireUniqueNames: true,
		Setup: prepare, Cmds: verbs(),
	})
}

// prepare lets the database server's user into the script's folder when the tests run as
// root, so that its data go away with the folder.
func prepare(e *testscript.Env) error {
	e.Setenv("COLUMNS", "80")
	e.Values[stageKey{}] = &stage{t: e.T().(testing.TB)}
	for _, dir := range []string{filepath.Dir(e.WorkDir), e.WorkDir} {
		if err := os.Chmod(dir, 0o755); err != nil {
			return err
		}
	}
	return nil
}

func verbs() map[string]func(*testscript.TestScript, bool, []string) {
	all := serverCommands()
	all["exits"], all["articles"], all["edit"] = exits, articles, edit
	return all
}

func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	status := 0
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		status = ended.ExitCode()
	}
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("exit status %d, not %s", status, args[0])
	}
}

func articles(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), content.Content()))
}

func edit(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o644))
}
