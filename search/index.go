package search

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/blevesearch/bleve/v2/search/searcher"

	"otvet/kb"
)

// maxClauses bounds what one query may cost: 64 words with their readings over four fields.
const maxClauses = 1024

// limitClauses sets bleve's process-wide limit, a second fence behind [MaxTokens].
var limitClauses = sync.OnceFunc(func() { searcher.DisjunctionMaxClauseCount = maxClauses })

// field is a part of a passage that is searched by itself.
type field struct {
	name  string
	boost float64
	terms func(*entry) []termID
}

// fields returns the searched fields with the weights that the judged questions decided.
func fields() []field {
	return []field{
		{"heading", 2, func(e *entry) []termID { return e.phrases[0].terms }},
		{"questions", 1.5, (*entry).aliases},
		{"title", 0.7, func(e *entry) []termID { return e.title }},
		{"body", 1, (*entry).body},
	}
}

// index finds the passages of one language by their stems.
type index struct {
	vocabulary *vocabulary
	synonyms   *synonyms
	entries    []entry
	fields     []field
	skeletons  map[string]string // see [skeletons]
	bleve      bleve.Index
}

// newIndex analyses the passages and indexes their stems in memory, in one segment.
func newIndex(loc kb.Locale, passages []kb.Passage, groups [][]string) (*index, error) {
	limitClauses()
	lexicon, err := newAnalyzer(loc)
	if err != nil {
		return nil, err
	}
	x := &index{vocabulary: newVocabulary(lexicon), fields: fields()}
	typed := map[string]bool{}
	for _, p := range passages {
		e := newEntry(x.vocabulary, p)
		x.vocabulary.countPassage(e.all)
		x.entries = append(x.entries, e)
		for _, w := range lexicon.words(strings.Join(append(p.Questions, p.Title, p.Heading), "\n")) {
			typed[w] = true
		}
	}
	x.synonyms = newSynonyms(x.vocabulary, groups)
	x.vocabulary.finish(typed)
	for i := range x.entries {
		x.entries[i].weigh(x.vocabulary)
	}
	if x.bleve, err = x.build(); err != nil {
		return nil, fmt.Errorf("build %s index: %w", loc, err)
	}
	return x, nil
}

func (x *index) close() error { return x.bleve.Close() }

func (x *index) build() (bleve.Index, error) {
	m, err := x.mapping()
	if err != nil {
		return nil, err
	}
	b, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	batch := b.NewBatch()
	for i := range x.entries {
		if err := batch.Index(documentID(i), x.document(&x.entries[i])); err != nil {
			return nil, err
		}
	}
	return b, b.Batch(batch)
}

// mapping describes the documents: fields of stems, nothing stored. The texts
// were analysed before, so that index, evidence and explanations see the same words.
func (x *index) mapping() (mapping.IndexMapping, error) {
	const stems = "stems"
	m := bleve.NewIndexMapping()
	err := m.AddCustomAnalyzer(stems, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name})
	if err != nil {
		return nil, err
	}
	doc := bleve.NewDocumentStaticMapping()
	for _, f := range x.fields {
		text := bleve.NewTextFieldMapping()
		text.Analyzer, text.Store, text.DocValues, text.IncludeInAll, text.IncludeTermVectors = stems, false, false, false, false
		doc.AddFieldMappingsAt(f.name, text)
	}
	m.DefaultMapping = doc
	m.DefaultAnalyzer = stems
	return m, nil
}

func (x *index) document(e *entry) map[string]any {
	doc := make(map[string]any, len(x.fields))
	for _, f := range x.fields {
		var b strings.Builder
		for _, id := range f.terms(e) {
			b.WriteString(x.vocabulary.stems[id])
			b.WriteByte(' ')
		}
		doc[f.name] = b.String()
	}
	return doc
}

// documentID makes the place in the library the order among equal scores.
func documentID(i int) string { return fmt.Sprintf("%08d", i) }

// candidate is a passage that the index found, by its place in entries.
type candidate struct {
	entry int
	score float64
}

// find returns the up to n best passages for the weighted stems, best first, in a
// stable order.
func (x *index) find(ctx context.Context, terms []weightedTerm, n int) ([]candidate, error) {
	var clauses []query.Query
	for _, t := range terms {
		for _, f := range x.fields {
			if len(clauses) == maxClauses {
				break
			}
			q := bleve.NewTermQuery(x.vocabulary.stems[t.id])
			q.SetField(f.name)
			q.SetBoost(f.boost * t.weight)
			clauses = append(clauses, q)
		}
	}
	if len(clauses) == 0 {
		return nil, nil
	}
	request := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(clauses...), n, 0, false)
	request.SortBy([]string{"-_score", "_id"})
	result, err := x.bleve.SearchInContext(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	found := make([]candidate, len(result.Hits))
	for i, hit := range result.Hits {
		entry, err := strconv.Atoi(hit.ID)
		if err != nil {
			return nil, fmt.Errorf("search index: document %q: %w", hit.ID, err)
		}
		found[i] = candidate{entry, hit.Score}
	}
	return found, nil
}
