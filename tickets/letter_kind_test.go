package tickets_test

import (
	"slices"
	"testing"

	"otvet/kb"
	"otvet/tickets"
)

// TestEveryLetterHasItsPlaceholders: kinds and specs name the same letters. The message for a
// question that nobody has sent yet is shown on pages only.
func TestEveryLetterHasItsPlaceholders(t *testing.T) {
	t.Parallel()
	seen := map[tickets.LetterKind]bool{}
	for _, k := range tickets.LetterKinds() {
		if _, ok := kb.LetterSpecOf(string(k)); !ok || seen[k] || !k.Valid() {
			t.Errorf("%s: spec %v, listed twice %v", k, ok, seen[k])
		}
		seen[k] = true
	}
	for _, s := range kb.LetterSpecs() {
		if !seen[tickets.LetterKind(s.Name)] && s.Name != "safety-unsent" {
			t.Errorf("no kind of letter %s", s.Name)
		}
	}
	if tickets.LetterKind("safety-unsent").Valid() {
		t.Error("a message of a page is taken for a letter")
	}
}

// TestOnlyReviewedLettersCarryText: whatever goes out by itself, or to an address that nobody
// has confirmed, has no placeholder that somebody's words could stand in.
func TestOnlyReviewedLettersCarryText(t *testing.T) {
	t.Parallel()
	words := []string{"reply", "reason", "reasons", "outcome", "remedy", "measures"}
	for _, k := range tickets.LetterKinds() {
		spec, _ := kb.LetterSpecOf(string(k))
		carries := slices.ContainsFunc(spec.May, func(f string) bool { return slices.Contains(words, f) })
		if carries != k.Human() {
			t.Errorf("%s: Human is %v, its placeholders are %v", k, k.Human(), spec.May)
		}
		if k.Human() && k.Automatic() {
			t.Errorf("%s goes out by itself with a text that people write", k)
		}
	}
	for _, k := range []tickets.LetterKind{tickets.LetterAck, tickets.LetterVerify, tickets.LetterSafety, tickets.LetterHolding} {
		if !k.Automatic() {
			t.Errorf("%s waits for somebody", k)
		}
	}
	verify, _ := kb.LetterSpecOf("verify")
	if slices.Contains(verify.May, "number") || slices.Contains(verify.May, "category") {
		t.Errorf("the letter to an unconfirmed address may say %v", verify.May)
	}
}
