package search_test

import (
	"slices"
	"testing"

	"otvet/kb"
	"otvet/search"
)

// TestProposalsComeFromPhrasings: "booking" stands for "reservation" in four sections; what is
// said once, what is joined already and what begins alike is not proposed.
func TestProposalsComeFromPhrasings(t *testing.T) {
	t.Parallel()
	doc := func(id, title string, questions ...string) kb.Document {
		return kb.Document{ID: id, Category: "c", Title: title, Text: "Text.", Questions: questions}
	}
	engine := newEngine(t, kb.Assemble(kb.EN, []kb.Document{
		doc("a", "Cancel a reservation", "drop my booking", "annul booking"),
		doc("b", "Change a reservation", "alter the booking", "reserving another room"),
		doc("c", "Pay for a reservation", "settle my booking", "invoice for the room"),
		doc("d", "Find a reservation", "where has my booking gone"),
		doc("e", "Bring a dog", "pets", "puppy and kitten"),
		doc("f", "Park a car", "garage for my van"),
		doc("g", "Eat breakfast", "morning meal", "coffee and eggs"),
		doc("h", "Borrow a bicycle", "hire a bike"),
	}))
	found, err := engine.ProposeSynonyms(kb.EN)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found[0].Word != "reservation" || found[0].Other != "booking" {
		t.Fatalf("%+v", found)
	}
	if want := []string{"a#", "b#", "c#", "d#"}; !slices.Equal(found[0].Sections, want) || found[0].Strength < 10.83 {
		t.Errorf("%+v, want %v", found[0], want)
	}
}

// TestProposalsOfTheShippedContent: editors are told of pairs, each with its sections, and never of
// two words that are in one set.
func TestProposalsOfTheShippedContent(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, shipped(t))
	for _, loc := range kb.Locales() {
		found, err := engine.ProposeSynonyms(loc)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %d proposals, %v", loc, len(found), err)
		}
		for _, p := range found {
			if len(p.Sections) < 3 || slices.Contains(p.Set, p.Other) || p.Word == p.Other {
				t.Errorf("%s: %+v", loc, p)
			}
		}
		if !slices.IsSortedFunc(found, func(a, b search.Proposal) int { return int(b.Strength - a.Strength) }) {
			t.Errorf("%s: the strongest do not come first", loc)
		}
	}
}
