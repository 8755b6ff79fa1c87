package tickets

import "slices"

// playerReplied opens a ticket that waited for the player or was solved; on a new or
// held one the status stays, since nobody's turn has changed. A priority never falls.
func (t Ticket) playerReplied(c PlayerReplied) (Ticket, error) {
	if t.Status == StatusClosed {
		return t, &TransitionError{From: t.Status, Change: c.Name()}
	}
	if _, err := CleanBody(c.Body); err != nil {
		return t, err
	}
	if c.Safety {
		t.Priority = PrioritySafety
	}
	if t.Status == StatusPending || t.Status == StatusSolved {
		t.Status = StatusOpen
	}
	return t, nil
}

func (t Ticket) agentReplied(c AgentReplied) (Ticket, error) {
	if t.Status == StatusClosed {
		return t, &TransitionError{From: t.Status, Change: c.Name()}
	}
	if _, err := CleanBody(c.Body); err != nil {
		return t, err
	}
	if c.Review.By == 0 || c.Review.At.IsZero() {
		return t, &InvalidError{[]FieldError{{"review", Required}}}
	}
	after := []Status{StatusOpen, StatusPending, StatusOnHold, StatusSolved}
	if !slices.Contains(after, c.Then) {
		return t, &TransitionError{From: t.Status, Change: c.Name(), To: c.Then}
	}
	t.Status = c.Then
	return t, nil
}

func (t Ticket) become(to Status, c Change) (Ticket, error) {
	if !slices.Contains(next[t.Status], to) {
		return t, &TransitionError{From: t.Status, Change: c.Name(), To: to}
	}
	t.Status = to
	return t, nil
}

func (t Ticket) recategorise(c CategorySet) (Ticket, error) {
	to, code := field(c.To, MaxCategory)
	if code != "" {
		return t, &InvalidError{[]FieldError{{"category", code}}}
	}
	t.Category = to
	return t, nil
}

// assign takes a new ticket up when someone gets it.
func (t Ticket) assign(c Assigned) (Ticket, error) {
	if t.Status == StatusClosed {
		return t, &TransitionError{From: t.Status, Change: c.Name()}
	}
	t.Assignee = c.To
	if c.To != 0 && t.Status == StatusNew {
		t.Status = StatusOpen
	}
	return t, nil
}
