package kb

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// The average sentence of a letter, in words, above which it takes too much of its reader.
const (
	wordyEN = 24
	wordyRU = 20
)

// scriptTold is how many letters a text must have for its script to say anything.
const scriptTold = 40

// proofLetter finds what must not go out in a letter, beside what is wrong in any text.
func (f *letterFile) proofLetter(s *style) {
	f.proofPlaceholders()
	f.proofMarkup()
	text := newProse(f.src, f.src.text)
	text.proofLetterWords(s, f.letter.Locale)
	f.proofLanguage()
	f.proofReadability(text)
}

// proofPlaceholders holds the letter against its spec.
func (f *letterFile) proofPlaceholders() {
	spec, ok := LetterSpecOf(f.letter.Name)
	if !ok {
		f.src.warn(place{}, "unknown letter: nobody sends it; the letters are %s", strings.Join(letterNames(), ", "))
		return
	}
	for _, m := range placeholders.FindAllStringSubmatchIndex(f.src.text, -1) {
		name := f.src.text[m[2]:m[3]]
		if slices.Contains(LetterFields(), name) && !slices.Contains(spec.May, name) {
			f.src.problem(f.src.at(m[0]), "placeholder %q has no value in the letter %s, so it would not be sent: it may use {{%s}}",
				placeholder(name), spec.Name, strings.Join(spec.May, "}}, {{"))
		}
	}
	used := f.letter.Uses()
	for _, name := range spec.Must {
		if !slices.Contains(used, name) {
			f.src.problem(place{}, "missing placeholder %q: the letter %s must tell it", placeholder(name), spec.Name)
		}
	}
}

// letterNames returns the names of all letters.
func letterNames() []string {
	var names []string
	for _, spec := range LetterSpecs() {
		names = append(names, spec.Name)
	}
	return names
}

// What a letter does not have: its readers would see the words only.
var (
	letterLink  = regexp.MustCompile(`\]\([^()\n]*\)|<(?:https?|mailto):[^<>\n]*>`)
	letterMarks = regexp.MustCompile(`</?[A-Za-z][^<>\n]*>|<!--`)
)

// proofMarkup finds links, images and HTML in the body.
func (f *letterFile) proofMarkup() {
	_, body, _ := f.src.split()
	links := letterLink.FindAllStringIndex(body, -1)
	for _, m := range links {
		f.src.problem(f.src.at(m[0]), "link or image in a letter: write {{link}} on a line of its own, or name the page in words")
	}
	for _, m := range letterMarks.FindAllStringIndex(body, -1) {
		isLink := slices.ContainsFunc(links, func(l []int) bool { return l[0] <= m[0] && m[0] < l[1] })
		if !isLink {
			f.src.problem(f.src.at(m[0]), "raw HTML in a letter: write Markdown instead, or &lt; for the character itself")
		}
	}
}

// proofLetterWords finds what only people may write, or nobody. Restrictions of rights are
// negations themselves, so a negation before them excuses nothing.
func (p prose) proofLetterWords(s *style, loc Locale) {
	words := wordParts(p.text)
	for i, w := range words {
		at := p.src.at(w.start)
		for _, x := range s.rights[loc] {
			if x.matches(words, i) {
				p.src.problem(at, "%q restricts a right: nothing that we write keeps a player from a court or a dispute service", x.text)
			}
		}
		for _, x := range s.internal[loc] {
			if x.matches(words, i) {
				p.src.problem(at, "internal name %q: say what it means for the player, or leave it out", x.text)
			}
		}
		if negated(p.text, words, i) {
			continue
		}
		for _, x := range s.letterPromises[loc] {
			if x.matches(words, i) {
				p.src.problem(at, "promise %q in a letter's own words: only a person promises money, in {{remedy}} or {{reply}}", x.text)
			}
		}
		for _, x := range s.offers[loc] {
			if x.matches(words, i) {
				p.src.problem(at, "offer %q: letters about requests advertise nothing", x.text)
			}
		}
	}
}

// proofLanguage finds a letter in the folder of another language.
func (f *letterFile) proofLanguage() {
	text := placeholders.ReplaceAllString(f.letter.Subject+"\n"+f.letter.Body, " ")
	own, all := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		all++
		if unicode.Is(scriptOf(f.letter.Locale), r) {
			own++
		}
	}
	if all >= scriptTold && own*2 < all {
		f.src.problem(place{}, "the letter is not in the language of its folder, %q: move it or translate it", path.Dir(path.Dir(f.src.file)))
	}
}

// scriptOf returns the script that a locale is written in.
func scriptOf(loc Locale) *unicode.RangeTable {
	if loc == RU {
		return unicode.Cyrillic
	}
	return unicode.Latin
}

// proofReadability finds letters whose sentences are long on the whole; one long sentence among
// short ones reads well.
func (f *letterFile) proofReadability(text prose) {
	sentences, words := 0, 0
	for _, block := range text.blocks() {
		for _, sentence := range Sentences(block) {
			sentences++
			words += len(slices.Collect(wordsOf(sentence)))
		}
	}
	bound := map[Locale]int{EN: wordyEN, RU: wordyRU}[f.letter.Locale]
	if sentences > 0 && words > bound*sentences {
		f.src.problem(place{}, "sentences of %d words on average: up to %d are readable in a letter, and half of that is better", words/sentences, bound)
	}
}
