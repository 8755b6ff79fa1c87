package tickets_test

import (
	"slices"

	"pgregory.net/rapid"

	"otvet/kb"
	. "otvet/tickets"
)

// checkLetter holds that the letter which an event demands can be filled: else it would be
// given up, and the player would hear nothing.
func (b *biography) checkLetter(t *rapid.T, before Ticket, e Event) {
	letter, ok := LetterOf(before, b.ticket, e)
	if !ok {
		return
	}
	fillable(t, letter, b.ticket.Number != "")
	if letter.Kind.Human() != (letter.Values["reason"]+letter.Values["reasons"] != "") && letter.Kind != LetterReply && letter.Kind != LetterInterim {
		t.Fatalf("the letter %s after %s carries %v", letter.Kind, e.Change.Name(), letter.Values)
	}
}

// fillable holds a letter against its spec; the desk has values of its own for some fields.
func fillable(t *rapid.T, letter LetterOrder, numbered bool) {
	spec, ok := kb.LetterSpecOf(string(letter.Kind))
	if !ok {
		t.Fatalf("there is no letter %q", letter.Kind)
	}
	everywhere := []string{"link", "category", "operator", "helpline", "dispute-service"}
	for _, name := range spec.Must {
		has := letter.Values[name] != "" || !letter.Dates[name].IsZero() || slices.Contains(everywhere, name) ||
			name == "number" && numbered || name == "reply" && letter.Kind.Human()
		if !has {
			t.Fatalf("the letter %s would not be sent: no %s", letter.Kind, name)
		}
	}
}
