package content_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"otvet/content"
	"otvet/kb"
)

// TestContentHasNoProblems is what "otvet check" says of the shipped content, today
// and after every later version of Terms has taken effect.
func TestContentHasNoProblems(t *testing.T) {
	t.Parallel()
	for now := time.Now(); !now.IsZero(); {
		lib, problems := kb.Load(content.Content(), now)
		for _, p := range problems {
			t.Errorf("content/%s", p)
		}
		now = lib.NextChange()
	}
}

// TestContentIsEnough counts what the help centre is to open with.
func TestContentIsEnough(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(content.Content(), time.Now())
	for _, loc := range kb.Locales() {
		entries, guides, terms, older := 0, 0, 0, 0
		for _, a := range lib.Articles(loc) {
			switch a.Kind {
			case kb.FAQ:
				entries += len(a.Sections)
			case kb.Help:
				guides++
			case kb.Terms:
				terms++
				older += len(lib.Versions(loc, a.ID)) - 1
			}
		}
		if entries < 40 || guides < 10 || terms < 4 || older < 1 {
			t.Errorf("%s: %d FAQ entries, %d guides, %d Terms documents, %d older versions; want 40, 10, 4, 1", loc, entries, guides, terms, older)
		}
	}
}

// TestEveryCategoryHasArticles holds that no category leads a player to an empty page. Two
// are for requests only, and the site links to no page of theirs.
func TestEveryCategoryHasArticles(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(content.Content(), time.Now())
	for _, loc := range kb.Locales() {
		for _, c := range lib.Categories(loc) {
			inCategory := func(a *kb.Article) bool { return a.Category == c.ID }
			if c.ID != "service" && c.ID != "feedback" && !slices.ContainsFunc(lib.Articles(loc), inCategory) {
				t.Errorf("%s: no article is in the category %s", loc, c.ID)
			}
		}
	}
}

// TestEveryCategoryHasADepartment holds that whatever a player writes has somewhere to go.
func TestEveryCategoryHasADepartment(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(content.Content(), time.Now())
	for _, loc := range kb.Locales() {
		for _, c := range lib.Categories(loc) {
			if _, ok := lib.Department(loc, c.Department); !ok {
				t.Errorf("%s: the category %s has no department", loc, c.ID)
			}
		}
	}
}

// TestEveryLetterIsThere: in both languages, with what it must hold and nothing that its moment
// forbids.
func TestEveryLetterIsThere(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(content.Content(), time.Now())
	for _, spec := range kb.LetterSpecs() {
		for _, loc := range kb.Locales() {
			letter, ok := lib.Letter(loc, spec.Name)
			if !ok {
				t.Errorf("%s: no letter %s", loc, spec.Name)
			}
			used := letter.Uses()
			for _, name := range spec.Must {
				if !slices.Contains(used, name) {
					t.Errorf("%s: the letter %s lacks %s", loc, spec.Name, name)
				}
			}
			for _, name := range used {
				if !slices.Contains(spec.May, name) {
					t.Errorf("%s: the letter %s must not hold %s", loc, spec.Name, name)
				}
			}
			other, _ := lib.Letter(kb.Locales()[0], spec.Name)
			if !slices.Equal(other.Uses(), used) || (other.Button == "") != (letter.Button == "") {
				t.Errorf("%s: the letter %s uses %v in one language and %v in the other", loc, spec.Name, other.Uses(), used)
			}
		}
	}
}

// TestAcknowledgementsOfComplaintsAreComplete: number, free of charge, the steps, dates, how to
// reach us.
func TestAcknowledgementsOfComplaintsAreComplete(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(content.Content(), time.Now())
	for loc, words := range map[kb.Locale][]string{
		kb.EN: {"{{number}}", "free of charge", "\n1. ", "\n4. ", "{{due-first}}", "{{due-final}}", "contact form", "{{link}}"},
		kb.RU: {"{{number}}", "бесплатн", "\n1. ", "\n4. ", "{{due-first}}", "{{due-final}}", "форму обратной связи", "{{link}}"},
	} {
		letter, _ := lib.Letter(loc, "ack-complaint")
		for _, w := range words {
			if !strings.Contains(letter.Body, w) {
				t.Errorf("%s: the acknowledgement of a complaint lacks %q", loc, w)
			}
		}
	}
}

// TestLettersThatStandInHoldNoNumbers: an operator's content may lack them, and then these go
// out, in which Demo Bet's times would be false.
func TestLettersThatStandInHoldNoNumbers(t *testing.T) {
	t.Parallel()
	reference := regexp.MustCompile(`\{\{([^{}]*)\}\}`)
	for _, spec := range kb.LetterSpecs() {
		if slices.Contains(kb.RequiredLetters(), spec.Name) {
			continue
		}
		for _, loc := range kb.Locales() {
			text, err := fs.ReadFile(content.Content(), string(loc)+"/letters/"+spec.Name+".md")
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range reference.FindAllStringSubmatch(string(text), -1) {
				if !slices.Contains(kb.LetterFields(), m[1]) {
					t.Errorf("%s: the letter %s says {{%s}}", loc, spec.Name, m[1])
				}
			}
		}
	}
}
