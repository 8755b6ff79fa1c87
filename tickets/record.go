package tickets

import (
	"slices"
	"time"
)

// Limits of a record: characters of a field, and how many numbers a list may hold.
const (
	maxFact    = 200
	maxRemedy  = 1000
	maxNumbers = 20
)

// Record is the facts of a matter, collected step by step and never more than its
// category needs. Every field may be empty.
type Record struct {
	OccurredAt   time.Time `json:"occurred_at,omitzero"`
	DecisionAt   time.Time `json:"decision_at,omitzero"` // of the decision complained about
	DecisionRef  string    `json:"decision_ref,omitempty"`
	Terms        string    `json:"terms,omitempty"` // clause of the Terms that the player names
	Bets         []string  `json:"bets,omitempty"`
	Transactions []string  `json:"transactions,omitempty"`
	Amount       string    `json:"amount,omitempty"`
	Method       string    `json:"method,omitempty"` // of payment
	Platform     Platform  `json:"platform,omitempty"`
	Device       string    `json:"device,omitempty"`
	System       string    `json:"system,omitempty"` // operating system and its version
	App          string    `json:"app,omitempty"`    // version of the app or the browser
	Expected     string    `json:"expected,omitempty"`
	Error        string    `json:"error,omitempty"` // text of the message on the screen
	Remedy       string    `json:"remedy,omitempty"`
	OnBehalfOf   string    `json:"on_behalf_of,omitempty"`
	Incident     string    `json:"incident,omitempty"` // our own fault behind it
}

// Platform is where something went wrong.
type Platform string

// Platforms returns every platform.
func Platforms() []Platform { return []Platform{"web", "ios", "android", "desktop"} }

// Validate cleans the facts. A time after now is refused: nobody complains about what
// has not happened. The error is an *InvalidError with the JSON names as fields.
func (r Record) Validate(now time.Time) (Record, error) {
	var invalid InvalidError
	if r.OccurredAt.After(now) {
		invalid.add("occurred_at", InFuture)
	}
	if r.DecisionAt.After(now) {
		invalid.add("decision_at", InFuture)
	}
	for _, f := range []struct {
		name  string
		value *string
		limit int
	}{
		{"decision_ref", &r.DecisionRef, maxFact},
		{"terms", &r.Terms, maxFact},
		{"amount", &r.Amount, maxFact},
		{"method", &r.Method, maxFact},
		{"device", &r.Device, maxFact},
		{"system", &r.System, maxFact},
		{"app", &r.App, maxFact},
		{"expected", &r.Expected, maxRemedy},
		{"error", &r.Error, maxRemedy},
		{"remedy", &r.Remedy, maxRemedy},
		{"on_behalf_of", &r.OnBehalfOf, maxFact},
		{"incident", &r.Incident, maxFact},
	} {
		var code Code
		*f.value, code = optional(*f.value, f.limit)
		invalid.add(f.name, code)
	}
	invalid.add("bets", cleanNumbers(&r.Bets))
	invalid.add("transactions", cleanNumbers(&r.Transactions))
	if r.Platform != "" && !slices.Contains(Platforms(), r.Platform) {
		invalid.add("platform", Unknown)
	}
	return r, invalid.orNil()
}

// cleanNumbers cleans a list of ids, drops empty and repeated ones, and never changes the
// caller's slice.
func cleanNumbers(list *[]string) Code {
	var kept []string
	for _, n := range *list {
		n, code := optional(n, maxFact)
		if code != "" {
			return code
		}
		if n != "" && !slices.Contains(kept, n) {
			kept = append(kept, n)
		}
	}
	if len(kept) > maxNumbers {
		return TooLong
	}
	*list = kept
	return ""
}

// merge returns r with every field that other gives.
func (r Record) merge(other Record) Record {
	for _, f := range []struct{ to, from *string }{
		{&r.DecisionRef, &other.DecisionRef},
		{&r.Terms, &other.Terms},
		{&r.Amount, &other.Amount},
		{&r.Method, &other.Method},
		{&r.Device, &other.Device},
		{&r.System, &other.System},
		{&r.App, &other.App},
		{&r.Expected, &other.Expected},
		{&r.Error, &other.Error},
		{&r.Remedy, &other.Remedy},
		{&r.OnBehalfOf, &other.OnBehalfOf},
		{&r.Incident, &other.Incident},
	} {
		if *f.from != "" {
			*f.to = *f.from
		}
	}
	if other.Platform != "" {
		r.Platform = other.Platform
	}
	if !other.OccurredAt.IsZero() {
		r.OccurredAt = other.OccurredAt
	}
	if !other.DecisionAt.IsZero() {
		r.DecisionAt = other.DecisionAt
	}
	r.Bets = union(r.Bets, other.Bets)
	r.Transactions = union(r.Transactions, other.Transactions)
	return r
}

// union returns the values of both lists, each once, without touching either.
func union(a, b []string) []string {
	all := slices.Clone(a)
	for _, v := range b {
		if !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}
