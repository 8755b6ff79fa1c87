package desk

import "otvet/tickets"

// next returns the name of the step that takes a case on: the first of those that its
// stage asks for which is possible now. Empty when the move is not ours.
func (s scene) next() string {
	for _, name := range s.nextOf(s.ticket.Case.Stage) {
		if a, ok := actNamed(name); ok && s.refusal(a) == nil {
			return name
		}
	}
	return ""
}

// nextOf returns what a stage asks for, the most pressing first.
func (s scene) nextOf(stage tickets.Stage) []string {
	c := s.ticket.Case
	if len(c.Pauses) > 0 && c.Pauses[len(c.Pauses)-1].To.IsZero() && stage != tickets.StageDecided && stage != tickets.StageFinal {
		return nil // the player has the word
	}
	switch stage {
	case tickets.StageReceived, tickets.StageAcknowledged:
		return []string{"assess"}
	case tickets.StageAssessed, tickets.StageAppealed:
		return []string{"late", "findings"}
	case tickets.StageInvestigated:
		if c.Findings.Text == "" {
			return []string{"late", "task-done", "findings"}
		}
		return []string{"late", "task-done", "decide"}
	case tickets.StageDecided:
		return []string{"review"}
	case tickets.StageDisputed:
		return []string{"enquiry-answer", "task-done", "decide", "dispute-end"}
	case tickets.StageFinal:
		return []string{"close"}
	}
	return nil
}
