package search_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"otvet/kb"
	"otvet/search"
	"otvet/search/eval"
)

// synthetic returns a library of n Russian passages that are made as those of the shipped
// content, with other subjects: of the longer words, most are replaced by invented ones that
// occur as words of a language do, a few very often and most of them hardly ever (Zipf), and
// that come in several forms and again and again in one passage.
func synthetic(b testing.TB, lib *kb.Library, n int) *kb.Library {
	b.Helper()
	categories, err := os.ReadFile("../content/ru/categories.yaml")
	if err != nil {
		b.Fatal(err)
	}
	synonyms, err := os.ReadFile("../content/ru/synonyms.yaml")
	if err != nil {
		b.Fatal(err)
	}
	files := fstest.MapFS{"ru/categories.yaml": {Data: categories}, "ru/synonyms.yaml": {Data: synonyms}}
	a := newAuthor(lib)
	const perFile = 20
	for i := range n / perFile {
		files[fmt.Sprintf("ru/faq/s%d.md", i)] = &fstest.MapFile{Data: []byte(a.article(perFile))}
	}
	big, _ := kb.Load(files, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	if got := len(big.Passages(kb.RU)); got < n*9/10 {
		b.Fatalf("%d synthetic passages, want %d", got, n)
	}
	return big
}

// author writes articles after the model of some passages.
type author struct {
	rng                 *rand.Rand
	words               *rand.Zipf // ranks of invented words
	headings, sentences []string
	subject             []string // invented words of the passage that is being written
}

func newAuthor(lib *kb.Library) *author {
	a := &author{rng: rand.New(rand.NewPCG(1, 2))}
	a.words = rand.NewZipf(a.rng, 1.2, 20, 60_000)
	clean := strings.NewReplacer("{", "", "}", "", "?", "", "#", "", "`", "", "<", "", "[", "", "]", "", "*", "", "_", "")
	for _, p := range lib.Passages(kb.RU) {
		for _, heading := range append([]string{p.Heading}, p.Questions...) {
			a.headings = append(a.headings, clean.Replace(heading))
		}
		for _, sentence := range kb.Sentences(p.Text) {
			a.sentences = append(a.sentences, clean.Replace(strings.Join(strings.Fields(sentence), " ")))
		}
	}
	return a
}

// article writes an FAQ of n questions, each with four other ways to ask it.
func (a *author) article(n int) string {
	var questions, body strings.Builder
	for i := range n {
		a.subject = nil
		for range 8 {
			a.subject = append(a.subject, a.invent())
		}
		fmt.Fprintf(&body, "\n## %s? {#q%d}\n\n", a.reword(a.headings), i)
		fmt.Fprintf(&questions, "  q%d:\n", i)
		for range 4 {
			fmt.Fprintf(&questions, "    - %q\n", a.reword(a.headings))
		}
		for range 5 {
			fmt.Fprintf(&body, "%s\n", a.reword(a.sentences))
		}
	}
	return fmt.Sprintf("---\ntitle: %q\ncategory: withdrawals\nsummary: Синтетическая статья.\nupdated: 2026-10-12\nquestions:\n%s---\n%s",
		a.reword(a.headings), &questions, &body)
}

// reword takes one of some texts and replaces two of three of its longer words.
func (a *author) reword(texts []string) string {
	words := strings.Fields(texts[a.rng.IntN(len(texts))])
	for i, w := range words {
		if utf8.RuneCountInString(w) >= 4 && a.rng.IntN(3) > 0 {
			words[i] = a.subject[a.rng.IntN(len(a.subject))] + a.ending()
			if a.rng.IntN(2) == 0 {
				words[i] = a.invent() + a.ending()
			}
		}
	}
	return strings.Join(words, " ")
}

func (a *author) ending() string {
	return []string{"", "а", "у", "ов", "ам", "ами"}[a.rng.IntN(6)]
}

// invent returns a word without its ending, common ones more often.
func (a *author) invent() string {
	const consonants, vowels = 18, 8
	rank := int(a.words.Uint64())
	var b strings.Builder
	for n := rank + 500; n > 0; n /= consonants * vowels {
		b.WriteRune([]rune("бвгджзклмнпрстфхчш")[n%consonants])
		b.WriteRune([]rune("аеиоуыяю")[n/consonants%vowels])
	}
	return b.String() + string([]rune("нтрлк")[rank%5])
}

// texts returns the passages of a locale as one text each, by the passage's place.
func texts(lib *kb.Library, loc kb.Locale) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for i, p := range lib.Passages(loc) {
			text := strings.Join(slices.Concat([]string{p.Title, p.Heading}, p.Questions, []string{p.Text}), "\n")
			if !yield(fmt.Sprint(i), text) {
				return
			}
		}
	}
}

// questions are what Russian players ask, from the tuning half of the judged set: as they
// wrote it, but one of eight with a slip of the hand more, one of sixteen in the wrong
// keyboard layout and one of sixteen in Latin letters.
func questions(b testing.TB) []string {
	b.Helper()
	f, err := os.Open("testdata/judged/ru.tsv")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	judged, err := eval.ReadJudgments(f, "ru.tsv")
	if err != nil {
		b.Fatal(err)
	}
	var all []string
	for _, j := range eval.Tuning.Of(judged) {
		text := j.Text
		switch len(all) % 16 {
		case 3, 11:
			text = slip(text)
		case 7:
			text = search.OtherLayout(text)
		case 15:
			text = latin().Replace(strings.ToLower(text))
		}
		if j.Kind != eval.Person {
			all = append(all, text)
		}
	}
	return all
}

// slip exchanges two letters of the longest word.
func slip(text string) string {
	words := strings.Fields(text)
	longest := slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
	letters := []rune(longest)
	if middle := len(letters) / 2; middle > 0 {
		letters[middle], letters[middle-1] = letters[middle-1], letters[middle]
	}
	return strings.Replace(text, longest, string(letters), 1)
}

func latin() *strings.Replacer {
	return strings.NewReplacer(
		"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z", "и", "i", "й", "y", "к", "k",
		"л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "h",
		"ц", "c", "ч", "ch", "ш", "sh", "щ", "sch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya",
	)
}
