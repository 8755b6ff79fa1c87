package eval

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"

	"otvet/kb"
)

// The kinds of judgment.
const (
	Answerable = "answerable"
	Foreign    = "foreign"   // not about the operator's trade at all
	Uncovered  = "uncovered" // about it, but not in the content
	Person     = "person"    // must go to a person and never to a machine
)

// Kinds returns the kinds of judgment.
func Kinds() []string { return []string{Answerable, Uncovered, Foreign, Person} }

// Judgment is a question with what its judges would give it.
type Judgment struct {
	Text string
	Kind string
	Gold []string // of Answerable: the sections that answer it, best first, as article#anchor; the introduction has no anchor
	Line int      // in its file
}

// Half is a part of a judged set.
type Half string

// The halves. Search may be changed with a look at the tuning half only; figures that are
// claimed are those of the kept half.
const (
	Tuning Half = "tuning"
	Kept   Half = "kept"
	Both   Half = "all"
)

// HalfOf says in which half a question is: it is kept when the FNV-1a hash of its text, of 32
// bits, is odd.
func HalfOf(text string) Half {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text)) // never fails
	if h.Sum32()%2 == 1 {
		return Kept
	}
	return Tuning
}

// Of returns the judgments of a half.
func (h Half) Of(judgments []Judgment) []Judgment {
	var of []Judgment
	for _, j := range judgments {
		if h == Both || HalfOf(j.Text) == h {
			of = append(of, j)
		}
	}
	return of
}

// maxJudgments is how many questions a judged set may have.
const maxJudgments = 20_000

// ReadJudgments reads a judged set: lines of a question, a tab, and either the sections that
// answer it, parted by spaces, or one of the words foreign, uncovered, person. Empty lines and
// those that begin with # count for nothing. Errors name the file and the line.
func ReadJudgments(r io.Reader, name string) ([]Judgment, error) {
	var judgments []Judgment
	seen, n := map[string]bool{}, 0
	err := eachLine(r, name, maxJudgments, func(line string) error {
		n++
		if line == "" || strings.HasPrefix(line, "#") {
			return nil
		}
		j, err := judgment(line)
		if err != nil {
			return err
		}
		if key := strings.ToLower(j.Text); seen[key] {
			return fmt.Errorf("%q is judged twice", j.Text)
		} else {
			seen[key] = true
		}
		j.Line = n
		judgments = append(judgments, j)
		return nil
	})
	if err == nil && len(judgments) == 0 {
		err = fmt.Errorf("%s: no questions", name)
	}
	return judgments, err
}

func judgment(line string) (Judgment, error) {
	question, gold, ok := strings.Cut(line, "\t")
	switch {
	case !ok || strings.Contains(gold, "\t"):
		return Judgment{}, errors.New("not a question, one tab, and its judgment")
	case strings.TrimSpace(question) == "":
		return Judgment{}, errors.New("no question before the tab")
	case gold != Answerable && slices.Contains(Kinds(), gold):
		return Judgment{Text: question, Kind: gold}, nil
	}
	refs := strings.Fields(gold)
	if len(refs) == 0 {
		return Judgment{}, errors.New("no judgment after the tab")
	}
	for _, ref := range refs {
		if !strings.Contains(ref, "#") {
			return Judgment{}, fmt.Errorf("%q is neither article#anchor nor foreign, uncovered or person", ref)
		}
	}
	return Judgment{Text: question, Kind: Answerable, Gold: refs}, nil
}

// CheckJudgments returns an error that names every judgment for a section that the library
// does not have in the locale; name is that of the judgments' file.
func CheckJudgments(lib *kb.Library, loc kb.Locale, judgments []Judgment, name string) error {
	known := map[string]bool{}
	for _, p := range lib.Passages(loc) {
		known[section(p.Ref)] = true
	}
	var errs []error
	for _, j := range judgments {
		for _, gold := range j.Gold {
			if !known[gold] {
				errs = append(errs, fmt.Errorf("%s:%d: the content has no section %s in %s", name, j.Line, gold, loc))
			}
		}
	}
	return errors.Join(errs...)
}

// section names where a passage stands, as judgments do.
func section(r kb.Ref) string { return r.Article + "#" + r.Anchor }

// right reports whether a section is one that answers the question.
func (j Judgment) right(r kb.Ref) bool { return slices.Contains(j.Gold, section(r)) }

// rightArticle reports whether the section's article has one that does.
func (j Judgment) rightArticle(r kb.Ref) bool {
	return slices.ContainsFunc(j.Gold, func(gold string) bool { return strings.HasPrefix(gold, r.Article+"#") })
}

// GuessJudged tells the language of judged questions by their letters.
func GuessJudged(judgments []Judgment) kb.Locale {
	balance := 0
	for _, j := range judgments {
		balance += leaning(j.Text)
	}
	return leaningLocale(balance)
}
