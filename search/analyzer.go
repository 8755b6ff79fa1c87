package search

import (
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/registry"

	"otvet/kb"
)

// analyzer turns a text of one language into words and words into stems. The
// stock analyzers of bleve tokenize before anything could fold ё, so this one puts
// Fold first and then uses bleve's tokenizer, stop words and Snowball stemmer.
type analyzer struct {
	locale    kb.Locale
	tokenizer analysis.Tokenizer
	stemmers  []analysis.TokenFilter
	stop      map[string]bool // folded words
	stems     *Recent[string] // a question's words are stemmed several times each
	filler    map[string]bool // stems of words and phrases that carry no subject
}

func newAnalyzer(loc kb.Locale) (*analyzer, error) {
	names, list := []string{en.PossessiveName, en.SnowballStemmerName}, en.EnglishStopWords
	if loc == kb.RU {
		names, list = []string{ru.SnowballStemmerName}, ru.RussianStopWords
	}
	a := &analyzer{locale: loc, tokenizer: unicode.NewUnicodeTokenizer(), stems: NewRecent[string](1<<12, 64)}
	cache := registry.NewCache()
	for _, name := range names {
		f, err := cache.TokenFilterNamed(name)
		if err != nil {
			return nil, fmt.Errorf("build %s analyzer: %w", loc, err)
		}
		a.stemmers = append(a.stemmers, f)
	}
	var err error
	if a.stop, err = stopWords(loc, list); err != nil {
		return nil, fmt.Errorf("build %s analyzer: %w", loc, err)
	}
	a.filler = a.fillers(fillerPhrases(loc))
	return a, nil
}

// stopWords reads a list of bleve, folds it as texts are folded, lets apostrophes
// be left out, and keeps the particles that make verbs of this field ("cash out", "log off").
func stopWords(loc kb.Locale, list []byte) (map[string]bool, error) {
	tokens := analysis.NewTokenMap()
	if err := tokens.LoadBytes(list); err != nil {
		return nil, fmt.Errorf("read stop words: %w", err)
	}
	stop := make(map[string]bool, len(tokens))
	for w := range tokens {
		w = Fold(w)
		stop[w] = true
		stop[strings.ReplaceAll(w, "'", "")] = true
	}
	if loc == kb.EN {
		for _, w := range []string{"out", "off", "down", "ill", "well", "wed", "shell", "hell", "id"} {
			delete(stop, w)
		}
		for _, w := range []string{"can", "will", "may", "might", "shall"} {
			stop[w] = true
		}
	}
	return stop, nil
}

func (a *analyzer) fillers(phrases []string) map[string]bool {
	filler := make(map[string]bool, len(phrases))
	for _, p := range phrases {
		filler[a.phrase(a.words(p))] = true
	}
	return filler
}

// phrase returns the stems of words, joined by spaces.
func (a *analyzer) phrase(words []string) string {
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = a.stem(w)
	}
	return strings.Join(stems, " ")
}

// words returns the folded words of a text in order, stop words included.
func (a *analyzer) words(text string) []string {
	stream := a.tokenizer.Tokenize([]byte(Fold(text)))
	words := make([]string, len(stream))
	for i, token := range stream {
		words[i] = oneScript(string(token.Term))
	}
	return words
}

// stem returns the stem of a folded word.
func (a *analyzer) stem(word string) string { return a.stems.Get(word, a.stemAnew) }

func (a *analyzer) stemAnew(word string) string {
	stream := analysis.TokenStream{{Term: []byte(word), End: len(word)}}
	for _, f := range a.stemmers {
		stream = f.Filter(stream)
	}
	return string(stream[0].Term)
}
