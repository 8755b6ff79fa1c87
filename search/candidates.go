package search

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/searcher"
)

// maxClauses bounds what one query may cost, however many readings its words have.
const maxClauses = 1024

// limitClauses sets bleve's process-wide limit, a second fence behind [MaxTokens].
var limitClauses = sync.OnceFunc(func() { searcher.DisjunctionMaxClauseCount = maxClauses })

// everything is the index's one field.
const everything = "everything"

// inMemory indexes the entries' stems in one batch, which makes one segment.
func (x *index) inMemory() error {
	m, err := stemMapping()
	if err != nil {
		return err
	}
	b, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return fmt.Errorf("create index: %w", err)
	}
	batch := b.NewBatch()
	for i := range x.entries {
		if err = batch.Index(documentID(i), x.document(&x.entries[i])); err != nil {
			break
		}
	}
	if err == nil {
		err = b.Batch(batch)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("fill index: %w", err), b.Close())
	}
	return x.use(b)
}

// onDisk indexes the entries' stems into a new folder, one segment.
func (x *index) onDisk(dir string) error {
	m, err := stemMapping()
	if err != nil {
		return err
	}
	b, err := bleve.NewBuilder(dir, m, map[string]any{"buildPathPrefix": dir})
	if err != nil {
		return fmt.Errorf("create index: %w", err)
	}
	for i := range x.entries {
		if err := b.Index(documentID(i), x.document(&x.entries[i])); err != nil {
			return errors.Join(fmt.Errorf("fill index: %w", err), b.Close())
		}
	}
	if err := b.Close(); err != nil {
		return fmt.Errorf("merge index: %w", err)
	}
	return nil
}

// open uses what onDisk has made. It is opened for reading, so that other processes can do so
// at the same time, and whoever has it locked for writing makes this fail instead of wait.
func (x *index) open(dir string) error {
	b, err := bleve.OpenUsing(dir, map[string]any{"read_only": true, "bolt_timeout": "100ms"})
	if err != nil {
		return err
	}
	return x.use(b)
}

// use makes an index of the entries' stems the one that serves.
func (x *index) use(b bleve.Index) (err error) {
	if x.finder, err = newFinder(b, x.vocabulary.stems, len(x.entries)); err != nil {
		return errors.Join(err, b.Close())
	}
	x.bleve = b
	return nil
}

// close closes what is open.
func (x *index) close() error {
	if x.bleve == nil {
		return nil
	}
	return errors.Join(x.finder.close(), x.bleve.Close())
}

// stemMapping describes the documents: a field of stems, nothing stored. The texts
// were analysed before, so that index, evidence and explanations see the same words.
func stemMapping() (mapping.IndexMapping, error) {
	const stems = "stems"
	m := bleve.NewIndexMapping()
	err := m.AddCustomAnalyzer(stems, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name})
	if err != nil {
		return nil, err
	}
	doc := bleve.NewDocumentStaticMapping()
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.Store, text.DocValues, text.IncludeInAll, text.IncludeTermVectors = stems, false, false, false, false
	doc.AddFieldMappingsAt(everything, text)
	m.DefaultMapping = doc
	m.DefaultAnalyzer = stems
	return m, nil
}

// document is a passage as one field: it only has to be among the candidates, and a field costs
// as much as a word of the question. The heading stands twice, as what it weighs in ranking.
func (x *index) document(e *entry) map[string]any {
	var b strings.Builder
	for _, terms := range [][]termID{e.phrases[0].terms, e.phrases[0].terms, e.aliases(), e.title, e.body()} {
		for _, id := range terms {
			b.WriteString(x.vocabulary.stems[id])
			b.WriteByte(' ')
		}
	}
	return map[string]any{everything: b.String()}
}

// documentID makes the place in the library the order among equal scores.
func documentID(i int) string { return fmt.Sprintf("%08d", i) }

// find returns up to n passages for the weighted stems, in a stable order; of those at accepted
// places, unless accept is nil.
func (x *index) find(ctx context.Context, terms []weightedTerm, n int, accept func(place int32) bool) ([]*entry, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	places, err := x.finder.find(terms[:min(len(terms), maxClauses)], n, accept)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	found := make([]*entry, len(places))
	for i, place := range places {
		found[i] = &x.entries[place]
	}
	return found, nil
}
