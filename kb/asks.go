package kb

// Asks returns the facts that a category's form may ask for, by the names that they have
// in the record of a ticket.
func Asks() []string {
	return []string{
		"occurred_at", "decision_at", "decision_ref", "terms", "bets", "transactions", "amount", "method",
		"platform", "device", "system", "app", "expected", "error", "remedy",
	}
}

// maxAsks is how many facts one category may ask for. With the fields that every request
// has, that is a form which people still fill in.
const maxAsks = 4

// RequestKinds returns the kinds of request that a player may choose.
func RequestKinds() []string {
	return []string{"question", "problem", "complaint", "feedback", "data-request"}
}
