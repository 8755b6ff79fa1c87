package local

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// oldest is the first major version of PostgreSQL that otvet works with.
const oldest = 14

// binaries is a folder of server programs that work.
type binaries struct {
	dir   string
	major int
}

// binariesFor returns the first programs of dirs that fit the cluster in data: those of
// the version that made it, or for a new one any that are not too old.
func binariesFor(ctx context.Context, dirs []string, data string, who account) (binaries, error) {
	made, err := madeBy(data)
	if err != nil {
		return binaries{}, err
	}
	var found []binaries
	for _, dir := range dirs {
		b, ok := probe(ctx, dir, who)
		if ok && (b.major == made || made == 0 && b.major >= oldest) {
			return b, nil
		}
		if ok {
			found = append(found, b)
		}
	}
	switch {
	case len(found) == 0:
		return binaries{}, ErrNoServer
	case made == 0:
		return binaries{}, fmt.Errorf("PostgreSQL %d is too old, %d is needed: %w", found[0].major, oldest, ErrNoServer)
	}
	return binaries{}, fmt.Errorf("%s was made by PostgreSQL %d, and here is only version %d: install version %d, or move the data with pg_upgrade", data, made, found[0].major, made)
}

// madeBy returns the major version of the cluster in data, 0 for none.
func madeBy(data string) (int, error) {
	b, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(b)))
}

// candidates lists folders that may hold the programs: those behind PATH, then the
// usual places of Debian, Red Hat, Alpine, Homebrew and Postgres.app, newest first.
func candidates() []string {
	var dirs []string
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		// A wrapper or a link in PATH may stand without its siblings.
		if path, err := filepath.EvalSymlinks(filepath.Join(dir, "initdb")); err == nil {
			dirs = append(dirs, filepath.Dir(path))
		}
	}
	var usual []string
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*", "/usr/local/pgsql/bin",
		"/usr/local/opt/postgresql*/bin", "/opt/homebrew/opt/postgresql*/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	} {
		found, _ := filepath.Glob(pattern) // fails on a malformed pattern only
		usual = append(usual, found...)
	}
	slices.SortStableFunc(usual, func(a, b string) int { return versionIn(b) - versionIn(a) })
	return append(dirs, usual...)
}

var digits = regexp.MustCompile(`\d+`)

func versionIn(path string) int {
	n, _ := strconv.Atoi(digits.FindString(path)) // 0 without digits
	return n
}

var versionForm = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// probe reports whether the folder holds the programs together and the account can run
// them.
func probe(ctx context.Context, dir string, who account) (binaries, bool) {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return binaries{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	out, err := who.run(exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version")).Output()
	if err != nil {
		return binaries{}, false
	}
	m := versionForm.FindSubmatch(out)
	if m == nil {
		return binaries{}, false
	}
	major, err := strconv.Atoi(string(m[1]))
	return binaries{dir, major}, err == nil
}
