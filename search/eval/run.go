package eval

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// maxRun is how many lines a run file may have.
const maxRun = 5_000_000

// Scored is a document found, with what the system thinks of it.
type Scored struct {
	ID    string
	Score float64
}

// Run is what a system found for each query, best first.
type Run map[string][]Scored

// tag names this system in run files.
const tag = "otvet"

// Write writes a run file of TREC, lines of "query Q0 document rank score otvet", by query
// and rank. Scorers order by the score alone, which they keep in 32 bits: where it does not
// fall from one rank to the next, the next number below is written.
func (r Run) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	for _, query := range slices.Sorted(maps.Keys(r)) {
		last := float32(math.Inf(1))
		for i, found := range r[query] {
			score := float32(found.Score)
			if score >= last {
				score = math.Nextafter32(last, float32(math.Inf(-1)))
			}
			last = score
			// The writer keeps its first error, and Flush returns it.
			fmt.Fprintf(out, "%s Q0 %s %d %s %s\n", query, found.ID, i+1, strconv.FormatFloat(float64(score), 'g', -1, 32), tag)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write a run: %w", err)
	}
	return nil
}

// ReadRun reads a run file of any system, ordered as trec_eval does: by score, equals by ID,
// both descending; the rank column means nothing. Errors name the file and the line.
func ReadRun(r io.Reader, name string) (Run, error) {
	run, seen := Run{}, map[[2]string]bool{}
	err := eachLine(r, name, maxRun, func(line string) error {
		query, found, err := runLine(strings.Fields(line))
		if err != nil {
			return err
		}
		if pair := [2]string{query, found.ID}; seen[pair] {
			return fmt.Errorf("%s twice for %s", found.ID, query)
		} else {
			seen[pair] = true
		}
		run[query] = append(run[query], found)
		return nil
	})
	for _, found := range run {
		slices.SortFunc(found, func(a, b Scored) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.ID, a.ID))
		})
	}
	if err == nil && len(run) == 0 {
		err = fmt.Errorf("%s: no results", name)
	}
	return run, err
}

func runLine(columns []string) (query string, found Scored, err error) {
	if len(columns) != 6 || columns[1] != "Q0" {
		return "", Scored{}, errors.New(`not of the form "query Q0 document rank score tag"`)
	}
	if _, err := strconv.Atoi(columns[3]); err != nil {
		return "", Scored{}, fmt.Errorf("rank %q is not a whole number", columns[3])
	}
	score, err := strconv.ParseFloat(columns[4], 64)
	if err != nil || math.IsNaN(score) || math.IsInf(score, 0) {
		return "", Scored{}, fmt.Errorf("score %q is not a number", columns[4])
	}
	return columns[0], Scored{columns[2], score}, nil
}

// ranking returns what a run found for a query, as judged.
func (q Qrels) ranking(query string, found []Scored) Ranking {
	r := Ranking{Ideal: q.ideal(query)}
	for _, f := range found {
		r.Grades = append(r.Grades, q[query][f.ID])
	}
	return r
}
