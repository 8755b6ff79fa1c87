package tickets_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	. "otvet/tickets"
	"otvet/tickets/policy"
)

// refusal returns why a change is refused, "" when it is not.
func refusal(ticket Ticket, who Actor, c Change) string {
	_, err := ticket.Apply(Event{At: ticket.UpdatedAt.Add(time.Hour), Actor: who, Change: c})
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestWhoDecides: nobody reviews their own decision, nobody decides about a case against
// themselves, and an appeal goes to people who had no part in what is appealed.
func TestWhoDecides(t *testing.T) {
	t.Parallel()
	const notYours = "invalid: actor not_yours"
	verdict, yes := decision(OutcomeNotUpheld), DecisionReviewed{Approve: true}
	again := walk(t, caseIn(t, StageAppealed), find)
	decidedAgain := walk(t, again, decideAgain)
	last := walk(t, caseIn(t, StageDisputed), find)
	accused := walk(t, caseIn(t, StageInvestigated), step{"", by(ann), Accused{Agent: ben}})
	for _, c := range []struct {
		name   string
		ticket Ticket
		who    AgentID
		does   Change
		want   string
	}{
		{"one reviews their own decision", caseIn(t, StageDecided), ann, yes, notYours},
		{"another reviews it", caseIn(t, StageDecided), ben, yes, ""},
		{"who decided decides the appeal", again, ann, verdict, notYours},
		{"who reviewed decides the appeal", again, ben, verdict, notYours},
		{"a third person decides the appeal", again, cat, verdict, ""},
		{"the first decider reviews the appeal", decidedAgain, ann, yes, notYours},
		{"the first reviewer reviews the appeal", decidedAgain, ben, yes, ""},
		{"who decided the appeal decides the dispute", last, cat, verdict, notYours},
		{"who decided first decides the dispute", last, ann, verdict, notYours},
		{"a fourth person decides the dispute", last, dan, verdict, ""},
		{"the accused decides", accused, ben, verdict, notYours},
		{"the accused notes", accused, ben, Noted{Body: "not true"}, notYours},
		{"the accused gets it", accused, ann, Assigned{To: ben}, "invalid: assign not_yours"},
		{"a decision without reasons", caseIn(t, StageInvestigated), ann, Decided{Outcome: OutcomeNotUpheld, Measures: "m"}, "invalid: reasons required"},
		{"one without measures", caseIn(t, StageInvestigated), ann, Decided{Outcome: OutcomeNotUpheld, Reasons: "r"}, "invalid: measures required"},
		{"upheld without a remedy", caseIn(t, StageInvestigated), ann, Decided{Outcome: OutcomeUpheld, Reasons: "r", Measures: "m"}, "invalid: remedy required"},
		{"the outcome of a data request", caseIn(t, StageInvestigated), ann, Decided{Outcome: OutcomeFulfilled, Reasons: "r", Measures: "m"}, "invalid: outcome required"},
		{"returned without a word", caseIn(t, StageDecided), ben, DecisionReviewed{}, "invalid: note required"},
		{"findings without a cause", caseIn(t, StageAssessed), ann, Found{Text: "x"}, "invalid: cause required"},
	} {
		if got := refusal(c.ticket, by(c.who), c.does); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestObligations: what is owed blocks the decision and the end, and is named.
func TestObligations(t *testing.T) {
	t.Parallel()
	busy := walk(t, caseIn(t, StageInvestigated), step{"", by(ann), TaskOpened{Department: "legal", What: "Look"}})
	want := []Obligation{OweAnswer, OweDecision, "task 1"}
	if got := busy.Obligations(); !slices.Equal(got, want) {
		t.Errorf("owed %v, want %v", got, want)
	}
	if busy.Status != StatusOnHold {
		t.Errorf("a case that waits for a department is %s", busy.Status)
	}
	if got, want := refusal(busy, by(ann), decision(OutcomeNotUpheld)), "decided: [task 1] is still owed"; got != want {
		t.Errorf("decided with an open task: %q, want %q", got, want)
	}
	done := walk(t, busy, step{"", by(cat), TaskDone{ID: 1, Result: "Nothing"}}, decide)
	if got, want := done.Obligations(), []Obligation{OweAnswer, OweReview}; !slices.Equal(got, want) {
		t.Errorf("owed after the decision %v, want %v", got, want)
	}
	written := walk(t, caseIn(t, StageFinal), step{"", player, PlayerReplied{Body: "One more thing"}})
	if got, want := refusal(written, by(ann), Closed{}), "closed: [answer] is still owed"; got != want {
		t.Errorf("closed over an unanswered message: %q, want %q", got, want)
	}
	asked := walk(t, walk(t, caseIn(t, StageFinal), refer), step{"", by(ann), EnquiryReceived{What: "Send the file"}})
	if got, want := asked.Obligations(), []Obligation{"enquiry 1", OweBody}; !slices.Equal(got, want) {
		t.Errorf("owed to the dispute body %v, want %v", got, want)
	}
	if got := refusal(asked, player, PlayerClosed{}); got == "" {
		t.Error("a case that a dispute body has was withdrawn from us")
	}
}

// TestConversion: one click makes a question a complaint, whose clocks start when the
// question came; the way back needs a reason, and the player may object once.
func TestConversion(t *testing.T) {
	t.Parallel()
	question := walk(t, opened(t, KindQuestion, "default"), step{"", by(ann), Noted{Body: "hm"}})
	complaint := walk(t, question, step{"", by(ann), KindSet{To: KindComplaint}})
	if due, ok := complaint.FinalDue(); !ok || !due.Equal(noon.AddDate(0, 1, 0)) {
		t.Errorf("due %v, want a month after the question came", due)
	}
	if got := refusal(complaint, by(ann), KindSet{To: KindQuestion, Review: seen(ann, noon)}); got != "invalid: reason required" {
		t.Errorf("back without a reason: %q", got)
	}
	back := walk(t, complaint, step{"", by(ann), KindSet{To: KindQuestion, Reason: "It asks for the rules", Review: seen(ann, noon)}})
	if back.Case.Stage != StageNone || back.Status != StatusOpen || !back.May().Object {
		t.Errorf("back: stage %q, %s, may object: %v", back.Case.Stage, back.Status, back.May().Object)
	}
	again := walk(t, back, step{"", player, Objected{Body: "I do complain"}})
	if again.Kind != KindComplaint || !again.Case.ReceivedAt.Equal(noon) {
		t.Errorf("after the objection a %s received %v", again.Kind, again.Case.ReceivedAt)
	}
	if got := refusal(again, by(ben), KindSet{To: KindQuestion, Reason: "still", Review: seen(ben, noon)}); got == "" {
		t.Error("an objection was overruled without a decision")
	}
}

// TestLateComplaint: a late complaint is taken and flagged; only a person goes on from it.
func TestLateComplaint(t *testing.T) {
	t.Parallel()
	n := NewTicket{Kind: KindComplaint, At: noon, Record: Record{OccurredAt: noon.AddDate(0, -3, -1)}}
	late := n.Open("K7M2-Q9XT", rules(t, "default"))
	if !late.Case.Late || late.Case.Stage != StageReceived {
		t.Fatalf("late %v, stage %s", late.Case.Late, late.Case.Stage)
	}
	letters := OpeningLetters(late)
	if len(letters) != 2 || letters[1].Kind != LetterLate {
		t.Errorf("letters %v", letters)
	}
	ready := walk(t, late, acknowledge, assess, find)
	if got := refusal(ready, by(ann), decision(OutcomeNotUpheld)); got != "decided: [lateness] is still owed" {
		t.Errorf("decided before anybody judged the lateness: %q", got)
	}
	judged := walk(t, ready, step{"", by(ben), LateJudged{Pursued: true, Reason: "The player was in hospital"}})
	if got := refusal(judged, by(ann), decision(OutcomeNotUpheld)); got != "" {
		t.Errorf("decided after it: %q", got)
	}
	if in := (NewTicket{Kind: KindComplaint, At: noon, Record: Record{OccurredAt: noon.AddDate(0, -3, 0)}}).Open("K7M2-Q9XT", rules(t, "default")); in.Case.Late {
		t.Error("a complaint on the last day is late")
	}
}

// TestPauses: the clock of the rules stands still while the player is asked, where the
// rules say so; the wait ends by itself.
func TestPauses(t *testing.T) {
	t.Parallel()
	for pack, still := range map[string]bool{"ukgc": true, "default": false} {
		c := walk(t, opened(t, KindComplaint, pack), acknowledge, assess, find)
		before, _ := c.FinalDue()
		waiting := walk(t, c, ask)
		if due, _ := waiting.FinalDue(); due.IsZero() != still {
			t.Errorf("%s: due %v while the player is asked", pack, due)
		}
		answered, err := waiting.Apply(Event{At: waiting.UpdatedAt.Add(50 * time.Hour), Actor: player, Change: PlayerReplied{Body: "Visa"}})
		if err != nil {
			t.Fatal(err)
		}
		want := before
		if still {
			want = before.Add(50 * time.Hour)
		}
		if due, _ := answered.FinalDue(); !due.Equal(want) {
			t.Errorf("%s: due %v after 50 hours of waiting, want %v", pack, due, want)
		}
		rule, ends := policy.RuleWait, waiting.UpdatedAt.AddDate(0, 0, 14)
		on, err := waiting.Apply(Event{At: ends, Actor: system, Change: DeadlinePassed{Rule: rule, Round: 1}})
		if err != nil || on.Status != StatusOpen {
			t.Errorf("%s: after the wait the case is %s, %v", pack, on.Status, err)
		}
	}
}

// TestMonthWithoutDecision: the last day passes, the player is told, and hears from us
// every week until there is a decision.
func TestMonthWithoutDecision(t *testing.T) {
	t.Parallel()
	c := caseIn(t, StageInvestigated)
	var told []string
	for range 60 {
		next := c.Deadlines()[0]
		e := Event{At: next.Due, Actor: system, Change: DeadlinePassed{next.Rule, next.Round}}
		after, err := c.Apply(e)
		if err != nil {
			t.Fatal(err)
		}
		if letter, ok := LetterOf(c, after, e); ok {
			told = append(told, fmt.Sprintf("%s %s", next.Due.Format(time.DateOnly), letter.Kind))
		}
		c = after
		if next.Due.After(noon.AddDate(0, 1, 20)) {
			break
		}
	}
	want := "2026-11-30 progress|2026-12-07 progress|2026-12-14 progress|2026-12-21 holding|2026-12-28 progress|2027-01-04 progress|2027-01-11 progress"
	if got := strings.Join(told, "|"); got != want {
		t.Errorf("told\n%s, want\n%s", got, want)
	}
}

// TestExtension: with notice and a reason, once, before and after the last day.
func TestExtension(t *testing.T) {
	t.Parallel()
	more := Extended{Reason: "The provider is slow", Review: seen(ann, noon)}
	c := caseIn(t, StageInvestigated)
	if got := refusal(c, by(ann), Extended{Review: seen(ann, noon)}); got != "invalid: reason required" {
		t.Errorf("without a reason: %q", got)
	}
	longer := walk(t, c, step{"", by(ann), more})
	if due, _ := longer.FinalDue(); !due.Equal(noon.AddDate(0, 2, 0)) {
		t.Errorf("due %v", due)
	}
	if refusal(longer, by(ann), more) == "" {
		t.Error("extended twice")
	}
	if refusal(walk(t, opened(t, KindComplaint, "ukgc"), acknowledge), by(ann), more) == "" {
		t.Error("extended under rules that know no extension")
	}
}

// TestDuplicatesGainNothing: what is added to a request changes neither its place nor its
// clocks, and a complaint is never merged into a question.
func TestDuplicatesGainNothing(t *testing.T) {
	t.Parallel()
	c := caseIn(t, StageInvestigated)
	before, _ := c.FinalDue()
	more := walk(t, c, step{"", by(ann), Absorbed{From: "AAAA-BBBB", Kind: KindComplaint, UnansweredSince: noon}})
	if due, _ := more.FinalDue(); !due.Equal(before) || !more.Case.ReceivedAt.Equal(c.Case.ReceivedAt) {
		t.Errorf("due %v, want %v", due, before)
	}
	question := opened(t, KindQuestion, "default")
	if refusal(question, by(ann), Absorbed{From: "AAAA-BBBB", Kind: KindComplaint}) == "" {
		t.Error("a complaint ended in a question")
	}
	merged := walk(t, c, step{"", by(ann), Merged{Into: "AAAA-BBBB"}})
	undone := walk(t, merged, step{"", by(ann), Unmerged{}})
	if undone.Case.Stage != c.Case.Stage || undone.Status != c.Status {
		t.Errorf("undone: %s %s", undone.Case.Stage, undone.Status)
	}
}

// TestSafetyCase: nothing but people speaks to somebody in distress, ends their ticket or
// lowers its priority.
func TestSafetyCase(t *testing.T) {
	t.Parallel()
	c := opened(t, KindSafety, "default")
	if c.Priority != PrioritySafety {
		t.Fatalf("priority %s", c.Priority)
	}
	for range 20 {
		next := c.Deadlines()[0]
		e := Event{At: next.Due, Actor: system, Change: DeadlinePassed{next.Rule, next.Round}}
		after, err := c.Apply(e)
		if err != nil {
			t.Fatal(err)
		}
		if letter, ok := LetterOf(c, after, e); ok {
			t.Errorf("a machine wrote %s", letter.Kind)
		}
		c = after
	}
	if c.Status == StatusClosed || c.May().Rate {
		t.Errorf("status %s, may rate %v", c.Status, c.May().Rate)
	}
	if first := opened(t, KindSafety, "default").Deadlines()[0]; first.Rule != policy.RuleClaim || first.Due.Sub(noon) > 5*time.Minute {
		t.Errorf("first clock %+v", first)
	}
	if got := refusal(c, by(ann), SafetyCleared{}); got != "invalid: reason required" {
		t.Errorf("cleared without a reason: %q", got)
	}
	var invalid *InvalidError
	if _, err := c.Apply(Event{At: c.UpdatedAt, Actor: system, Change: SafetyCleared{Reason: "quiet"}}); !errors.As(err, &invalid) {
		t.Errorf("a machine cleared it: %v", err)
	}
}

// TestEveryStageIsShown: each stage has a public step, and a place among the steps.
func TestEveryStageIsShown(t *testing.T) {
	t.Parallel()
	for _, s := range Stages() {
		here := 0
		for _, shown := range caseIn(t, s).Steps() {
			if shown.Here {
				here++
			}
		}
		if here != 1 {
			t.Errorf("%s is shown at %d steps", s, here)
		}
	}
}

// TestMayIsWhatApplyTakes holds the forms of the player's page against the rules.
func TestMayIsWhatApplyTakes(t *testing.T) {
	t.Parallel()
	tickets := []Ticket{opened(t, KindQuestion, "default")}
	for _, s := range Stages() {
		tickets = append(tickets, caseIn(t, s))
	}
	for _, c := range tickets {
		may := c.May()
		for _, f := range []struct {
			shown bool
			does  Change
		}{
			{may.Accept, PlayerAccepted{}},
			{may.Clarify, ClarificationAsked{Body: "?"}},
			{may.Appeal, Appealed{Body: "No"}},
			{may.Object, Objected{Body: "No"}},
			{may.Reply, PlayerReplied{Body: "Hi"}},
			{may.Escalate, EscalationAsked{Body: "Up"}},
			{may.Withdraw, PlayerClosed{}},
			{may.Rate, Rated{Score: 5}},
		} {
			if taken := refusal(c, player, f.does) == ""; taken != f.shown {
				t.Errorf("%s %q: %s is shown: %v, taken: %v", c.Kind, c.Case.Stage, f.does.Name(), f.shown, taken)
			}
		}
	}
}

// TestMerging: nothing is lost in the ticket where a matter goes on, and nobody reads there
// what was written about them.
func TestMerging(t *testing.T) {
	t.Parallel()
	y := walk(t, opened(t, KindComplaint, "default"), acknowledge)
	older := Absorbed{From: "AAAA-BBBB", Kind: KindComplaint, ReceivedAt: noon.AddDate(0, 0, -5), Against: ben}
	both := walk(t, y, step{"", by(ann), Assigned{To: ben}}, step{"", by(ann), older})
	if due, _ := both.FinalDue(); !due.Equal(noon.AddDate(0, 0, -5).AddDate(0, 1, 0)) {
		t.Errorf("due %v, want a month after the earlier one", due)
	}
	if both.Case.Against != ben || both.Assignee != 0 {
		t.Errorf("against %d, assigned to %d", both.Case.Against, both.Assignee)
	}
	if refusal(both, by(ann), Absorbed{From: "CCCC-DDDD", Against: cat}) == "" {
		t.Error("two tickets about two of us became one")
	}
	busy := walk(t, y, step{"", by(ann), TaskOpened{Department: "legal", What: "Look"}})
	if got, want := refusal(busy, by(ann), Merged{Into: "AAAA-BBBB"}), "merged: [task 1] is still owed"; got != want {
		t.Errorf("merged with an open task: %q, want %q", got, want)
	}
	asked := walk(t, walk(t, y, assess, ask), step{"", by(ann), Merged{Into: "AAAA-BBBB"}})
	if running := asked.Deadlines(); len(running) > 0 {
		t.Errorf("a merged ticket has the clocks %v", running)
	}
}

// TestCarefulWithPeople: no machine letter with dates to somebody in distress, and no ticket
// of theirs goes away unread.
func TestCarefulWithPeople(t *testing.T) {
	t.Parallel()
	c := caseIn(t, StageAnswered)
	e := Event{At: c.UpdatedAt.Add(time.Hour), Actor: player, Change: Appealed{Body: "I cannot go on", Safety: true}}
	after, err := c.Apply(e)
	if err != nil {
		t.Fatal(err)
	}
	if letter, ok := LetterOf(c, after, e); !ok || letter.Kind != LetterSafety {
		t.Errorf("the letter is %s, %v", letter.Kind, ok)
	}
	unseen := opened(t, KindSafety, "default")
	if refusal(unseen, player, PlayerClosed{}) == "" || unseen.May().Withdraw {
		t.Error("somebody in distress took their words back before anybody read them")
	}
	if got := refusal(walk(t, unseen, step{"", by(ann), Assigned{To: ann}}), player, PlayerClosed{}); got != "" {
		t.Errorf("after a person has them: %s", got)
	}
}

// TestTimeToRespond: it begins anew when we ask again, and after a dispute.
func TestTimeToRespond(t *testing.T) {
	t.Parallel()
	wait := AgentReplied{Body: "Which card?", Then: StatusPending, Review: seen(ann, noon)}
	again := walk(t, opened(t, KindQuestion, "default"), step{"", by(ann), wait})
	after, err := again.Apply(Event{At: again.UpdatedAt.AddDate(0, 0, 13), Actor: by(ann), Change: wait})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range after.Deadlines() {
		if d.Rule == policy.RuleWait && !d.Due.Equal(after.UpdatedAt.AddDate(0, 0, 14)) {
			t.Errorf("the wait ends %v, two weeks after the last question is %v", d.Due, after.UpdatedAt.AddDate(0, 0, 14))
		}
	}
	closed := caseIn(t, StageFinal)
	for range 2 {
		over := closed.Deadlines()[0]
		closed, err = closed.Apply(Event{At: over.Due, Actor: system, Change: DeadlinePassed{over.Rule, over.Round}})
		if err != nil {
			t.Fatal(err)
		}
		if closed.Case.Stage == StageClosed {
			break
		}
	}
	back := walk(t, closed, refer, step{"", by(ann), DisputeEnded{Result: "Ours stands"}})
	if back.Case.Stage != StageFinal || len(back.Deadlines()) == 0 {
		t.Errorf("after the dispute: %s with the clocks %v", back.Case.Stage, back.Deadlines())
	}
}

// TestFactsOfPlayersFillGaps: what stands in the record is corrected by agents only.
func TestFactsOfPlayersFillGaps(t *testing.T) {
	t.Parallel()
	n := NewTicket{Kind: KindComplaint, At: noon, Record: Record{OccurredAt: noon.AddDate(0, -4, 0)}}
	facts := Recorded{Record{OccurredAt: noon.AddDate(0, 0, -1), DecisionAt: noon.AddDate(0, 0, -1), Amount: "10"}}
	late := n.Open("K7M2-Q9XT", rules(t, "default"))
	told := walk(t, late, step{"", player, facts})
	if !told.Case.Late || !told.Case.Record.OccurredAt.Equal(noon.AddDate(0, -4, 0)) || told.Case.Record.Amount != "10" {
		t.Errorf("late %v, record %+v", told.Case.Late, told.Case.Record)
	}
	if corrected := walk(t, told, step{"", by(ann), facts}); corrected.Case.Late {
		t.Error("an agent cannot correct the day")
	}
}
