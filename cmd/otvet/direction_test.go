package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is which of our packages each package may import: the shape of the house.
// What is missing here has no place yet.
var allowed = map[string][]string{
	"content":                       {},
	"kb":                            {},
	"kb/ingest":                     {"kb"},
	"search":                        {"kb", "search/disk"},
	"search/classify":               {"search"},
	"search/eval":                   {"kb", "search", "search/classify", "search/eval/plain"},
	"search/eval/plain":             {"kb"},
	"search/disk":                   {},
	"tickets":                       {"kb", "tickets/policy"},
	"tickets/policy":                {},
	"tickets/attachments":           {"tickets"},
	"assistant":                     {"kb", "search", "tickets"},
	"assistant/openai":              {"assistant"},
	"tickets/postgres":              {"kb", "tickets", "tickets/policy"},
	"tickets/postgres/local":        {},
	"tickets/postgres/postgrestest": {"tickets/postgres", "tickets/postgres/local"},
	"tickets/jobs":                  {"kb", "tickets", "tickets/policy", "tickets/postgres"},
	"cmd/otvet/internal/web":        {},
	"cmd/otvet/internal/webtest":    {},
	"cmd/otvet/internal/casefile":   {"cmd/otvet/internal/web", "tickets"},
	"cmd/otvet/internal/site":       {"cmd/otvet/internal/web", "kb", "search", "assistant", "tickets", "tickets/policy", "tickets/postgres", "cmd/otvet/internal/upload", "cmd/otvet/internal/identity", "cmd/otvet/internal/casefile"},
	"cmd/otvet/internal/desk":       {"cmd/otvet/internal/web", "kb", "search", "assistant", "tickets", "tickets/policy", "tickets/postgres", "cmd/otvet/internal/upload", "cmd/otvet/internal/casefile"},
	"cmd/otvet/internal/upload":     {"cmd/otvet/internal/web", "tickets", "tickets/attachments", "tickets/postgres"},
	"cmd/otvet/internal/identity":   {},
	"cmd/otvet/internal/preview":    {"cmd/otvet/internal/web", "kb", "search"},
	"cmd/otvet/internal/api":        {"cmd/otvet/internal/web", "kb", "search", "assistant", "tickets", "tickets/policy", "tickets/postgres"},
}

// only is which packages may import a technology.
var only = map[string][]string{
	"github.com/blevesearch/":      {"search", "search/eval/plain"},
	"github.com/yuin/goldmark":     {"kb", "kb/ingest"},
	"github.com/JohannesKaufmann/": {"kb/ingest"},
	"github.com/jackc/pgx/":        {"tickets/postgres", "tickets/postgres/local", "tickets/postgres/postgrestest", "tickets/jobs"},
	"github.com/riverqueue/":       {"tickets/postgres", "tickets/jobs"},
	"github.com/pressly/goose/":    {"tickets/postgres"},
	"github.com/wneessen/":         {"tickets/jobs"},
	"github.com/danielgtaylor/":    {"cmd/otvet/internal/api"},
	"github.com/golang-jwt/":       {"cmd/otvet/internal/identity"},
	"github.com/alecthomas/":       {"cmd/otvet"},
	"sashabaranov/go-openai":       {"assistant/openai"},
	"database/sql":                 {"tickets/postgres"},
	"gabriel-vasile/mimetype":      {"tickets/attachments"},
	"golang.org/x/image":           {"tickets/attachments"},
}

// The longest chain of imports, and how many of our packages one may import.
const (
	maxChain     = 6
	maxFanOut    = 12
	maxFanOutCmd = 17
	module       = "otvet/"
	binary       = "cmd/otvet"
)

// ours are the imports of each of our packages, by path within the module.
type ours map[string][]string

func TestDirectionOfImports(t *testing.T) {
	t.Parallel()
	packages, foreign := listPackages(t)
	for name, imports := range packages {
		may, known := allowed[name]
		if name == binary {
			continue
		}
		if !known {
			t.Errorf("package %s has no place in the table of this test", name)
		}
		for _, i := range imports {
			if !slices.Contains(may, i) {
				t.Errorf("%s imports %s", name, i)
			}
		}
		if len(imports) > maxFanOut {
			t.Errorf("%s imports %d of our packages, at most %d may be", name, len(imports), maxFanOut)
		}
	}
	if n := len(packages[binary]); n > maxFanOutCmd {
		t.Errorf("%s imports %d of our packages, at most %d may be", binary, n, maxFanOutCmd)
	}
	if n := packages.chain(binary); n > maxChain {
		t.Errorf("the longest chain of imports has %d packages, at most %d may be", n, maxChain)
	}
	for name, imports := range foreign {
		checkTechnologies(t, name, imports)
	}
}

// TestDirectionOfTheDomain holds that the domain knows no technology.
func TestDirectionOfTheDomain(t *testing.T) {
	t.Parallel()
	_, foreign := listPackages(t)
	for _, name := range []string{"kb", "search", "search/classify", "search/eval", "tickets", "tickets/policy", "assistant"} {
		for _, i := range foreign[name] {
			if i == "net/http" || i == "database/sql" || i == "os" || i == "os/exec" {
				t.Errorf("%s imports %s", name, i)
			}
		}
	}
}

func checkTechnologies(t *testing.T, name string, imports []string) {
	t.Helper()
	for _, i := range imports {
		for technology, users := range only {
			if strings.Contains(i, technology) && !slices.Contains(users, name) {
				t.Errorf("%s imports %s, which only %v may", name, i, users)
			}
		}
	}
}

// chain returns the number of packages on the longest way down from one.
func (o ours) chain(name string) int {
	longest := 0
	for _, i := range o[name] {
		longest = max(longest, o.chain(i))
	}
	return longest + 1
}

// listPackages returns what each package imports, tests left out: of ours, and of others.
func listPackages(t *testing.T) (own ours, foreign map[string][]string) {
	t.Helper()
	command := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	command.Dir = "../.."
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	own, foreign = ours{}, map[string][]string{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return own, foreign
		} else if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(p.ImportPath, module)
		own[name] = nil
		for _, i := range p.Imports {
			if inner, ok := strings.CutPrefix(i, module); ok {
				own[name] = append(own[name], inner)
			} else {
				foreign[name] = append(foreign[name], i)
			}
		}
	}
}
