package main

import (
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	"otvet/content"
	"otvet/kb"
)

// letterTexts finds the texts of letters: those of the content that serves now, and for a
// letter that it lacks the one that ships with otvet, which holds no operator's numbers.
type letterTexts struct {
	library func() *kb.Library
	shipped func() *kb.Library
}

// newLetterTexts reads the shipped letters when the first of them is needed.
func newLetterTexts(library func() *kb.Library) letterTexts {
	return letterTexts{library, sync.OnceValue(shippedLetters)}
}

// shippedLetters loads the compiled-in content.
func shippedLetters() *kb.Library {
	library, _ := kb.Load(content.Content(), time.Now()) // a test holds that it has no problems
	return library
}

// letter returns a text, or false when there is no such letter.
func (t letterTexts) letter(l kb.Locale, name string) (kb.Letter, bool) {
	if text, ok := t.library().Letter(l, name); ok {
		return text, true
	}
	return t.shipped().Letter(l, name)
}

// standIns warns of the letters that a content leaves to otvet, in one line: an operator may
// well want that.
func standIns(library *kb.Library) []kb.Problem {
	var missing []string
	for _, spec := range kb.LetterSpecs() {
		_, ok := library.Letter(kb.EN, spec.Name)
		_, also := library.Letter(kb.RU, spec.Name)
		if !ok && !also {
			missing = append(missing, spec.Name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return []kb.Problem{{
		File: path.Join(string(kb.EN), "letters"), Severity: kb.Warning,
		Message: fmt.Sprintf("%s of yours missing, sent in the words that ship with otvet until you write them: %s",
			count(len(missing), "letter"), strings.Join(missing, ", ")),
	}}
}
