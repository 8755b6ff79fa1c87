package main

import (
	"testing"
	"testing/fstest"
	"time"

	"otvet/kb"
)

// TestLettersStandIn: an operator's own text goes before ours, and what it lacks is there.
func TestLettersStandIn(t *testing.T) {
	t.Parallel()
	library, _ := kb.Load(fstest.MapFS{"en/letters/final.md": {Data: []byte("---\nsubject: Ours\n---\n{{reasons}}\n")}}, time.Now())
	texts := newLetterTexts(func() *kb.Library { return library })
	if l, ok := texts.letter(kb.EN, "final"); !ok || l.Subject != "Ours" {
		t.Errorf("the operator's letter: %v, %q", ok, l.Subject)
	}
	if l, ok := texts.letter(kb.RU, "deadlock"); !ok || l.Locale != kb.RU || l.Body == "" {
		t.Errorf("the letter that stands in: %v, %+v", ok, l)
	}
	if _, ok := texts.letter(kb.EN, "nothing"); ok {
		t.Error("there is a letter called nothing")
	}
}
