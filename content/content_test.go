package content_test

import (
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

// TestEveryCategoryHasArticles holds that no category leads a player to an empty page.
func TestEveryCategoryHasArticles(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(content.Content(), time.Now())
	for _, loc := range kb.Locales() {
		for _, c := range lib.Categories(loc) {
			inCategory := func(a *kb.Article) bool { return a.Category == c.ID }
			if !slices.ContainsFunc(lib.Articles(loc), inCategory) {
				t.Errorf("%s: no article is in the category %s", loc, c.ID)
			}
		}
	}
}

// TestLettersHoldWhatTheyMust looks for the placeholders without which a letter is of
// no use, and for those that its moment forbids.
func TestLettersHoldWhatTheyMust(t *testing.T) {
	t.Parallel()
	lib, _ := kb.Load(content.Content(), time.Now())
	tests := []struct {
		name            string
		must, mustNever []string
	}{
		{"ack", []string{"{{number}}", "{{link}}", "{{category}}"}, []string{"{{reply}}"}},
		{"reply", []string{"{{reply}}", "{{link}}"}, []string{"{{helpline}}"}},
		{"safety", []string{"{{helpline}}", "{{link}}"}, []string{"{{reply}}", "{{category}}"}},
		{"safety-unsent", []string{"{{helpline}}", "{{link}}"}, []string{"{{reply}}", "{{category}}", "{{number}}"}},
	}
	for _, tt := range tests {
		for _, loc := range kb.Locales() {
			letter, ok := lib.Letter(loc, tt.name)
			if !ok {
				t.Errorf("%s: no letter %s", loc, tt.name)
			}
			text := letter.Subject + "\n" + letter.Body
			for _, words := range tt.must {
				if !strings.Contains(text, words) {
					t.Errorf("%s: the letter %s lacks %s", loc, tt.name, words)
				}
			}
			for _, words := range tt.mustNever {
				if strings.Contains(text, words) {
					t.Errorf("%s: the letter %s must not hold %s", loc, tt.name, words)
				}
			}
		}
	}
}
