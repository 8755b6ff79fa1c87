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

	"otvet/kb"
)

// maxClauses bounds what one query may cost, however many readings its words have.
const maxClauses = 1024

// limitClauses sets bleve's process-wide limit, a second fence behind [MaxTokens].
var limitClauses = sync.OnceFunc(func() { searcher.DisjunctionMaxClauseCount = maxClauses })

// everything is the index's one field.
const everything = "everything"

// field is a part of a passage that ranking weighs by itself.
type field struct {
	name  string
	boost float64
	terms func(*entry) []termID
}

// fields returns the fields with the weights that the judged questions decided.
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
	vocabulary     *vocabulary
	synonyms       *synonyms
	entries        []entry
	fields         []field
	skeletons      map[string]string // see [skeletons]
	transliterator *Transliterator
	grams          *gramSet
	openings       openings
	bleve          bleve.Index
	finder         *finder
}

// newIndex analyses the passages and indexes their stems in memory, in one segment.
func newIndex(loc kb.Locale, passages []kb.Passage, groups [][]string) (*index, error) {
	limitClauses()
	lexicon, err := newAnalyzer(loc)
	if err != nil {
		return nil, err
	}
	x := &index{vocabulary: newVocabulary(lexicon), fields: fields()}
	for i, p := range stepsFirst(passages) {
		x.entries = append(x.entries, newEntry(x.vocabulary, i, p))
		x.vocabulary.countPassage(x.entries[i].all)
	}
	x.synonyms = newSynonyms(x.vocabulary, groups, everydayGroups(loc))
	x.vocabulary.finish(x.typed())
	x.shareFrequencies()
	x.measure()
	if x.bleve, err = x.build(); err != nil {
		return nil, fmt.Errorf("build %s index: %w", loc, err)
	}
	if x.finder, err = newFinder(x.bleve, x.vocabulary.stems, len(x.entries)); err != nil {
		return nil, errors.Join(fmt.Errorf("build %s index: %w", loc, err), x.bleve.Close())
	}
	return x, nil
}

// typed returns the words that a question may be completed to: those of titles,
// headings and phrasings.
func (x *index) typed() map[string]bool {
	typed := map[string]bool{}
	for i := range x.entries {
		p := x.entries[i].passage
		for _, text := range append([]string{p.Title, p.Heading}, p.Questions...) {
			for _, w := range x.vocabulary.lexicon.words(text) {
				typed[w] = true
			}
		}
	}
	return typed
}

// measure computes what depends on all passages together.
func (x *index) measure() {
	average := make([]float64, len(x.fields))
	for i, f := range x.fields {
		for j := range x.entries {
			average[i] += float64(len(f.terms(&x.entries[j]))) / float64(len(x.entries))
		}
	}
	x.grams = newGramSet(x.vocabulary, x.entries)
	for i := range x.entries {
		e := &x.entries[i]
		e.weighPhrases(x.vocabulary)
		e.weighTerms(x.fields, average)
	}
}

func (x *index) close() error { return errors.Join(x.finder.close(), x.bleve.Close()) }

func (x *index) build() (bleve.Index, error) {
	m, err := x.mapping()
	if err != nil {
		return nil, err
	}
	b, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	if err := x.fill(b); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// fill indexes all passages in one batch, which makes one segment.
func (x *index) fill(b bleve.Index) error {
	batch := b.NewBatch()
	for i := range x.entries {
		if err := batch.Index(documentID(i), x.document(&x.entries[i])); err != nil {
			return err
		}
	}
	return b.Batch(batch)
}

// mapping describes the documents: a field of stems, nothing stored. The texts
// were analysed before, so that index, evidence and explanations see the same words.
func (x *index) mapping() (mapping.IndexMapping, error) {
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

// find returns up to n passages for the weighted stems, in a stable order.
func (x *index) find(ctx context.Context, terms []weightedTerm, n int) ([]*entry, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	places, err := x.finder.find(terms[:min(len(terms), maxClauses)], n)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	found := make([]*entry, len(places))
	for i, place := range places {
		found[i] = &x.entries[place]
	}
	return found, nil
}
