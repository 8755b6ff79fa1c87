package kb

import (
	_ "embed"
	"strings"
)

// styleFile is the operator's house style, at the root of the content. It may be missing.
const styleFile = "style.yaml"

//go:embed style.yaml
var commonStyle []byte

// style is what the house writes and what it does not.
type style struct {
	domains   []string // own; addresses elsewhere are foreign
	brands    []pattern
	promises  map[Locale][]pattern
	promotion map[Locale][]pattern

	letterPromises, offers, rights, internal map[Locale][]pattern // of letters only
}

// readStyle reads the style that all share and the operator's own.
func (l *loader) readStyle() *style {
	s := &style{
		promises: map[Locale][]pattern{}, promotion: map[Locale][]pattern{},
		letterPromises: map[Locale][]pattern{}, offers: map[Locale][]pattern{}, rights: map[Locale][]pattern{}, internal: map[Locale][]pattern{},
	}
	s.read(&source{
		file: styleFile, text: string(commonStyle), starts: lineStarts(string(commonStyle)), report: l.report,
	})
	if src, ok := l.readRoot(styleFile); ok {
		s.read(src)
	}
	return s
}

// read adds a file to the style.
func (s *style) read(src *source) {
	root, ok := src.parseYAML(src.text)
	if !ok {
		return
	}
	f, ok := src.fields(root, names(styleKeys())...)
	if !ok {
		return
	}
	s.domains = append(s.domains, texts(f.list("domains"))...)
	s.brands = append(s.brands, patterns(f.list("brands"))...)
	f.eachLocale("promises", s.promises)
	f.eachLocale("promotion", s.promotion)
	f.eachLocale("letter-promises", s.letterPromises)
	f.eachLocale("letter-offers", s.offers)
	f.eachLocale("letter-rights", s.rights)
	f.eachLocale("letter-internal", s.internal)
}

// list returns the texts of a list that may be missing.
func (f fields) list(key string) []phrasing {
	at, ok := f.byName[key]
	if !ok {
		return nil
	}
	return f.src.textsOf(at.value, key)
}

// eachLocale adds a mapping from locale to words.
func (f fields) eachLocale(key string, to map[Locale][]pattern) {
	at, ok := f.byName[key]
	if !ok {
		return
	}
	var known []string
	for _, l := range Locales() {
		known = append(known, string(l))
	}
	inner, ok := f.src.fields(at.value, known...)
	if !ok {
		return
	}
	for _, l := range Locales() {
		to[l] = append(to[l], patterns(inner.list(string(l)))...)
	}
}

// owns says whether a host is the operator's: one of its domains or below one.
func (s *style) owns(host string) bool {
	host = strings.ToLower(host)
	for _, d := range s.domains {
		d = strings.ToLower(d)
		if host == d || strings.HasSuffix(host, "."+d) {
			return true
		}
	}
	return len(s.domains) == 0
}

// pattern is a word or a phrase to look for.
type pattern struct {
	text  string
	words []string // folded; the last may be a beginning
	open  bool     // the last word may go on
}

// patterns reads words, of which one with a star stands for every ending.
func patterns(ps []phrasing) []pattern {
	var out []pattern
	for _, p := range ps {
		stem, open := strings.CutSuffix(p.text, "*")
		var words []string
		for _, w := range wordParts(stem) {
			words = append(words, w.folded)
		}
		if len(words) > 0 {
			out = append(out, pattern{p.text, words, open})
		}
	}
	return out
}

// wordParts returns the words of a text, cut at their hyphens: a pattern finds "risk free" and
// "risk-free".
func wordParts(text string) []word {
	var out []word
	for w := range wordsOf(text) {
		start := w.start
		for part := range strings.SplitSeq(text[w.start:w.end], "-") {
			out = append(out, word{start, start + len(part), foldWord(part)})
			start += len(part) + len("-")
		}
	}
	return out
}

// matches says whether the pattern begins at the i-th word.
func (p pattern) matches(words []word, i int) bool {
	if i+len(p.words) > len(words) {
		return false
	}
	for j, w := range p.words {
		rest, ok := strings.CutPrefix(words[i+j].folded, w)
		isOpen := p.open && j == len(p.words)-1
		if !ok || rest != "" && !isOpen && rest[0] != '\'' { // "Acme's"
			return false
		}
	}
	return true
}
