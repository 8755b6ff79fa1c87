// Package plain is the base that search is measured against: bleve as its tutorial uses it,
// one field under the stock analyzer of the language and one match query.
package plain

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en" // analyzer "en"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/ru" // analyzer "ru"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"

	"otvet/kb"
)

// Index finds texts by their words. It is safe for concurrent use.
type Index struct{ bleve bleve.Index }

// field is the one field.
const field = "text"

// New indexes texts, given as pairs of ID and text, in memory and in one segment. The caller
// closes the index.
func New(loc kb.Locale, texts iter.Seq2[string, string]) (*Index, error) {
	b, err := bleve.NewUsing("", newMapping(loc), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("make a plain index: %w", err)
	}
	batch := b.NewBatch()
	for id, text := range texts {
		if err = batch.Index(id, map[string]any{field: text}); err != nil {
			break
		}
	}
	if err == nil {
		err = b.Batch(batch)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("fill a plain index: %w", err), b.Close())
	}
	return &Index{b}, nil
}

// newMapping keeps nothing that a match does not need.
func newMapping(loc kb.Locale) mapping.IndexMapping {
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.Store, text.DocValues, text.IncludeInAll, text.IncludeTermVectors = string(loc), false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt(field, text)
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.DefaultAnalyzer = doc, string(loc)
	return m
}

// Name says what it is.
func (x *Index) Name() string { return "bleve match" }

// Find returns the IDs of at most n texts that hold any word of the question, best first.
func (x *Index) Find(ctx context.Context, question string, n int) ([]string, error) {
	q := bleve.NewMatchQuery(question)
	q.SetField(field)
	result, err := x.bleve.SearchInContext(ctx, bleve.NewSearchRequestOptions(q, n, 0, false))
	if err != nil {
		return nil, fmt.Errorf("match: %w", err)
	}
	ids := make([]string, len(result.Hits))
	for i, hit := range result.Hits {
		ids[i] = hit.ID
	}
	return ids, nil
}

// Close lets go of the index.
func (x *Index) Close() error { return x.bleve.Close() }
