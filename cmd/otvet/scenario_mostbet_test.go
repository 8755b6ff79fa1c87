package main

import (
	"strings"
	"testing"
	"time"

	"otvet/kb"
)

// TestSourceMostbet acts the fourth source (rows 137 to 166): register, hand to the
// department, analyse, solve, inform; nothing can be skipped, and the player sees each step.
func TestSourceMostbet(t *testing.T) {
	t.Parallel()
	s := begin(t)
	ben, anna := s.agent("Ben", kb.EN), s.agent("Anna", kb.EN)

	leo := s.player("en", "leo@player.example")
	leo.writes("complaint", "deposits", "subject=Deposit never arrived", "body=I paid 40 euro by card on Sunday and it is not in my account.",
		"fact-transactions=D-5", "fact-amount=40 EUR")
	leo.looks().reads("The way of your request", "Received", "Examined", "The outcome is told to you by "+storyDay(kb.EN, time.Now().AddDate(0, 1, 0)))
	leo.letter("We have received your complaint " + leo.number)

	// The category has sent it to the department.
	ben.opens("/desk?department=payments").reads(leo.number)
	ben.opens("/desk?department=trading").readsNot(leo.number)

	decision := []string{"outcome=upheld", "reasons=It was our error.", "remedy=40 euro", "measures=We looked for it.", "ending=open"}
	found := []string{"findings=Lost at the provider.", "cause=provider"}
	ben.mayNot(leo.number, "findings", "this cannot be done in the stage “Acknowledged”", found...)
	ben.mayNot(leo.number, "decide", "this cannot be done in the stage “Acknowledged”", decision...)
	ben.mayNot(leo.number, "review", "this cannot be done in the stage “Acknowledged”", "verdict=approve")
	ben.mayNot(leo.number, "close", "this cannot be done in the stage “Acknowledged”")
	ben.mayNot(leo.number, "status", "cannot", "status=solved")

	ben.assesses(leo.number)
	ben.mayNot(leo.number, "decide", "this cannot be done in the stage “Assessed”", decision...)
	ben.acts(leo.number, "findings", found...)
	leo.looks().reads("Examined").readsNot("Lost at the provider.")
	ben.mayNot(leo.number, "review", "this cannot be done in the stage “Being looked into”", "verdict=approve")
	ben.mayNot(leo.number, "decide", "Nothing was changed yet. Look at the marked fields.", "outcome=upheld", "reasons=", "remedy=40 euro", "measures=", "ending=open")
	ben.acts(leo.number, "decide", decision...)
	ben.mayNot(leo.number, "close", "this cannot be done in the stage “Waits for the second review”")
	if n := len(s.post.letters(leo.email, "Our decision")); n != 0 {
		t.Errorf("told %d times before the second person had seen it", n)
	}
	anna.approves(leo.number)

	letter := leo.letter("Our decision on " + leo.number)
	for _, want := range []string{"What we have done", "We looked for it.", "What we put right", "40 euro"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the letter lacks %q: %s", want, letter)
		}
	}
	today := storyDay(kb.EN, time.Now())
	leo.looks().reads("Received done "+today, "Receipt confirmed done "+today, "Examined done "+today,
		"Decided, and looked over by a second person done "+today, "The outcome is told to you now "+today, "What we have done about it We looked for it.")
	ben.mayNot(leo.number, "close", "this cannot be done in the stage “Outcome told”")
	leo.steps("accept").reads("Closed now")

	s.reviewsAreCountedApart(leo, ben)
}

// reviewsAreCountedApart holds that feedback is no complaint, that both are in the report of
// the desk, and that the public one keeps silent about so few.
func (s *story) reviewsAreCountedApart(leo *player, ben *agent) {
	s.t.Helper()
	leo.writes("feedback", "feedback", "subject=The new bet slip", "body=The new bet slip is easy to read. Please add a dark mode.")
	ben.opens("/desk?kind=feedback").reads(leo.number)
	ben.opens("/desk?kind=complaint").readsNot(leo.number)
	leo.opens("/en/reports").reads("How support is doing", "the figures cannot tell who wrote to us").readsNot("Deposits")
	ben.opens("/desk/reports").reads("Deposits", "Complaint", "Feedback")
	report := s.types("report", "--format", "json")
	for _, want := range []string{"complaint", "feedback"} {
		if !strings.Contains(report, want) {
			s.t.Errorf("the report lacks %s: %s", want, report)
		}
	}
}
