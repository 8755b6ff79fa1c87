package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"otvet/kb"
)

// How many of each a collection may have.
const (
	maxDocuments = 200_000
	maxQueries   = 50_000
	maxJudged    = 2_000_000
)

// Query is a question of a collection.
type Query struct {
	ID   string
	Text string
}

// Qrels are the judgments of a collection: by query and document, how relevant that is. What
// is not judged is not relevant.
type Qrels map[string]map[string]int

// Set is a collection in BEIR's layout: documents, questions, and which answer which.
type Set struct {
	Documents []kb.Document
	Queries   []Query
	Qrels     Qrels
}

// ReadDocuments reads corpus.jsonl: lines of {_id, title, text, metadata}, of which title and
// metadata may be missing. A string "category" in the metadata becomes the category.
// Errors name the file and the line.
func ReadDocuments(r io.Reader, name string) ([]kb.Document, error) {
	var docs []kb.Document
	seen := map[string]bool{}
	err := eachLine(r, name, maxDocuments, func(line string) error {
		d, err := document(line)
		if err != nil {
			return err
		}
		docs = append(docs, d)
		return once(seen, d.ID)
	})
	if err == nil && len(docs) == 0 {
		err = fmt.Errorf("%s: no documents", name)
	}
	return docs, err
}

func document(line string) (kb.Document, error) {
	fields, err := record(line, "_id", "title", "text", "metadata")
	if err != nil {
		return kb.Document{}, err
	}
	id, errID := text(fields, "_id", true)
	title, errTitle := text(fields, "title", false)
	body, errText := text(fields, "text", true)
	category, errMeta := category(fields["metadata"])
	return kb.Document{ID: id, Title: title, Text: body, Category: category}, errors.Join(errID, errTitle, errText, errMeta)
}

// category returns the string of that name in the metadata, empty when there is none.
func category(metadata json.RawMessage) (string, error) {
	if metadata == nil {
		return "", nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(metadata, &fields); err != nil {
		return "", errors.New(`"metadata" is not an object`)
	}
	return text(fields, "category", false)
}

// ReadQueries reads queries.jsonl: lines of {_id, text, metadata}, of which metadata may be
// missing. Errors name the file and the line.
func ReadQueries(r io.Reader, name string) ([]Query, error) {
	var queries []Query
	seen := map[string]bool{}
	err := eachLine(r, name, maxQueries, func(line string) error {
		fields, err := record(line, "_id", "text", "metadata")
		if err != nil {
			return err
		}
		id, errID := text(fields, "_id", true)
		question, errText := text(fields, "text", true)
		queries = append(queries, Query{id, question})
		return errors.Join(errID, errText, once(seen, id))
	})
	if err == nil && len(queries) == 0 {
		err = fmt.Errorf("%s: no queries", name)
	}
	return queries, err
}

// once returns an error for an ID that is not one, or has been seen.
func once(seen map[string]bool, id string) error {
	if err := checkID(id); err != nil {
		return err
	}
	if seen[id] {
		return fmt.Errorf("ID %q twice", id)
	}
	seen[id] = true
	return nil
}

// header is the first line of a file of judgments.
const header = "query-id\tcorpus-id\tscore"

// ReadQrels reads a file of qrels/: a header, then query, document and a whole number, parted
// by tabs; above 0 is relevant. Errors name the file and the line.
func ReadQrels(r io.Reader, name string) (Qrels, error) {
	qrels, headed := Qrels{}, false
	err := eachLine(r, name, maxJudged, func(line string) error {
		if !headed {
			headed = true
			if line != header {
				return fmt.Errorf("header is %q, not %q", line, header)
			}
			return nil
		}
		return qrels.add(strings.Split(line, "\t"))
	})
	if err == nil && len(qrels) == 0 {
		err = fmt.Errorf("%s: no judgments", name)
	}
	return qrels, err
}

func (q Qrels) add(columns []string) error {
	if len(columns) != 3 {
		return fmt.Errorf("%d columns, not 3", len(columns))
	}
	query, document := columns[0], columns[1]
	grade, err := strconv.Atoi(columns[2])
	if err != nil {
		return fmt.Errorf("score %q is not a whole number", columns[2])
	}
	if err := errors.Join(checkID(query), checkID(document)); err != nil {
		return err
	}
	if _, twice := q[query][document]; twice {
		return fmt.Errorf("%s and %s are judged twice", query, document)
	}
	if q[query] == nil {
		q[query] = map[string]int{}
	}
	q[query][document] = grade
	return nil
}

// ReadIDs reads a list of documents, one ID a line, such as those to delete. Errors name the
// file and the line.
func ReadIDs(r io.Reader, name string) ([]string, error) {
	var ids []string
	seen := map[string]bool{}
	err := eachLine(r, name, maxDocuments, func(line string) error {
		ids = append(ids, line)
		return once(seen, line)
	})
	if err == nil && len(ids) == 0 {
		err = fmt.Errorf("%s: no IDs", name)
	}
	return ids, err
}

// ideal returns the grades of what is relevant for a query, highest first.
func (q Qrels) ideal(query string) []int {
	var grades []int
	for _, grade := range q[query] {
		if grade > 0 {
			grades = append(grades, grade)
		}
	}
	slices.Sort(grades)
	slices.Reverse(grades)
	return grades
}

// without returns the set with some documents and their judgments deleted. Naming a document
// that is not there is an error.
func (s Set) without(ids []string) (Set, error) {
	deleted := map[string]bool{}
	for _, id := range ids {
		deleted[id] = true
	}
	left := Set{Queries: s.Queries, Qrels: Qrels{}}
	for _, d := range s.Documents {
		if !deleted[d.ID] {
			left.Documents = append(left.Documents, d)
		}
	}
	if found := len(s.Documents) - len(left.Documents); found != len(deleted) {
		return Set{}, fmt.Errorf("%d of %d documents to delete are not in the corpus", len(deleted)-found, len(deleted))
	}
	for query, grades := range s.Qrels {
		left.Qrels[query] = map[string]int{}
		for id, grade := range grades {
			if !deleted[id] {
				left.Qrels[query][id] = grade
			}
		}
	}
	return left, nil
}

// absent returns how many judgments name a document that the corpus lacks.
func (s Set) absent() int {
	known := map[string]bool{}
	for _, d := range s.Documents {
		known[d.ID] = true
	}
	n := 0
	for _, grades := range s.Qrels {
		for id := range grades {
			if !known[id] {
				n++
			}
		}
	}
	return n
}

// GuessLocale tells the language of documents by their letters: Russian when most are Cyrillic.
func GuessLocale(docs []kb.Document) kb.Locale {
	balance := 0
	for _, d := range docs {
		balance += leaning(d.Title) + leaning(d.Text)
	}
	return leaningLocale(balance)
}
