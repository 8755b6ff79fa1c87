package kb

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// prose is what readers see of a file, at the file's offsets: everything else is blanks.
type prose struct {
	src   *source
	text  string
	words []word
}

// newProse finds the words of a text.
func newProse(src *source, text string) prose {
	return prose{src, text, slices.Collect(wordsOf(text))}
}

// notRead are the parts of Markdown that are no text: where links lead, anchors, and, in Terms,
// the numbers before headings.
var (
	notRead      = regexp.MustCompile(`\]\((?:[^()\n]|\([^()\n]*\))*\)|\{#[^{}\n]*\}|<(?:https?:|mailto:)[^<>\n]*>`)
	clauseNumber = regexp.MustCompile(`(?m)^#+ \d+(?:\.\d+)?\.? `)
)

// prose returns the article's title, summary and body.
func (p *page) prose() prose {
	yaml, body, ok := p.src.split()
	if !ok {
		return newProse(p.src, blank(p.src.text))
	}
	text := []byte(blank(p.src.text))
	for _, m := range shown.FindAllStringIndex(yaml, -1) {
		copy(text[m[0]:m[1]], yaml[m[0]:m[1]])
	}
	copy(text[len(text)-len(strings.TrimLeft(body, " \n")):], strings.TrimLeft(body, " \n"))
	read := notRead.ReplaceAllStringFunc(string(text), func(s string) string {
		if strings.HasPrefix(s, "]") { // closes the text of a link
			return "]" + blank(s[1:])
		}
		return blank(s)
	})
	if p.kind == Terms {
		read = blankAll(clauseNumber, read)
	}
	return newProse(p.src, read)
}

// shown are the lines of the front matter that readers see, with those that they go on in.
var shown = regexp.MustCompile(`(?m)^(?:title|summary):.*$(?:\n[ \t]+.*$)*`)

// blankAll puts blanks in the place of every match.
func blankAll(re *regexp.Regexp, text string) string {
	return re.ReplaceAllStringFunc(text, blank)
}

// typed is the prose without what facts and examples put there.
func (p prose) typed() string {
	text := []byte(p.text)
	for _, e := range p.src.expansions {
		copy(text[e.start:e.end], blank(p.text[e.start:e.end]))
	}
	return string(text)
}

// typedWords returns the words that no fact and no example put there; each of those leaves a
// word without letters, so that its neighbours are none of each other.
func (p prose) typedWords() []word {
	var typed []word
	es := p.src.expansions
	for _, w := range p.words {
		for len(es) > 0 && es[0].end <= w.start {
			typed = append(typed, word{es[0].start, es[0].end, ""})
			es = es[1:]
		}
		if len(es) == 0 || w.end <= es[0].start {
			typed = append(typed, w)
		}
	}
	return typed
}

// word is a word of a text.
type word struct {
	start, end int
	folded     string // lower case, ё as е
}

// wordsOf returns the words of a text: letters and digits, with apostrophes and hyphens inside.
func wordsOf(text string) iter.Seq[word] {
	return func(yield func(word) bool) {
		start := -1
		for i, r := range text + " " {
			inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
			joins := start >= 0 && strings.ContainsRune("'’-", r) && startsWord(text[min(i+utf8.RuneLen(r), len(text)):])
			switch {
			case inside && start < 0:
				start = i
			case !inside && !joins && start >= 0:
				if !yield(word{start, i, foldWord(text[start:i])}) {
					return
				}
				start = -1
			}
		}
	}
}

// startsWord says whether a text begins with a letter or a digit.
func startsWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// foldWord makes spellings of a word equal.
func foldWord(w string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(w), "ё", "е"), "’", "'")
}
