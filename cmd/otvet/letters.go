package main

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	"otvet/cmd/otvet/internal/preview"
	"otvet/content"
	"otvet/kb"
	"otvet/tickets/jobs"
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

// specimens makes letters with sample values.
type specimens struct {
	texts    letterTexts
	settings siteFlags
}

// letter returns a letter as its reader would get it, or false when there is none.
func (s specimens) letter(l kb.Locale, name string) (preview.Specimen, bool) {
	text, ok := s.texts.letter(l, name)
	if !ok {
		return preview.Specimen{}, false
	}
	fields := kb.SampleFields(l)
	fields["operator"], fields["helpline"], fields["dispute-service"] = s.settings.Operator, s.settings.helpline(string(l)), s.settings.disputeService(l)
	writing, err := text.Render(fields)
	specimen := preview.Specimen{Subject: writing.Subject, Text: writing.Text}
	var unfilled *kb.UnfilledError
	if errors.As(err, &unfilled) {
		specimen.Gaps = strings.Join(unfilled.Fields, ", ")
	}
	specimen.Page, err = jobs.Page(l, s.settings.Operator, writing)
	_, own := s.texts.library().Letter(l, name)
	specimen.Shipped = !own
	return specimen, err == nil
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
