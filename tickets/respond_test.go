package tickets_test

import (
	"testing"

	. "otvet/tickets"
	"otvet/tickets/policy"
)

// The player's time to answer an outcome runs while every clock of ours stands still; when
// it is over the case ends by silence.
func TestSilenceEndsWhatWasTold(t *testing.T) {
	t.Parallel()
	told := caseIn(t, StageAnswered)
	next := told.Next()
	if next.Move != MoveOutcome || next.By.IsZero() {
		t.Fatalf("next: %+v", next)
	}
	for _, d := range told.Deadlines() {
		if d.Rule != policy.RuleRespond && !d.Due.IsZero() {
			t.Errorf("%s runs while the player considers the outcome", d.Rule)
		}
		if d.Rule == policy.RuleRespond {
			ended, err := told.Apply(Event{At: d.Due, Actor: Actor{Kind: BySystem}, Change: DeadlinePassed{Rule: d.Rule, Round: d.Round}})
			if err != nil || ended.Case.Ending != EndingSilence {
				t.Errorf("ended by %q, %v", ended.Case.Ending, err)
			}
		}
	}
}
