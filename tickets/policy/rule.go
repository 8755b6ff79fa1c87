package policy

import "slices"

// Rule names a clock.
type Rule string

// The rules.
const (
	RuleAck      Rule = "ack"      // acknowledge receipt
	RuleClaim    Rule = "claim"    // a person takes it up (safety)
	RuleFirst    Rule = "first"    // first substantive answer
	RuleResolve  Rule = "resolve"  // aim to have it resolved, by complexity
	RuleFinal    Rule = "final"    // decision at the latest
	RuleUpdate   Rule = "update"   // next word to the player while it lasts
	RuleWait     Rule = "wait"     // how long we wait for the player before going on
	RuleRemind   Rule = "remind"   // reminder to the player while we wait
	RuleRespond  Rule = "respond"  // how long the player may answer an outcome or reopen what is solved
	RuleEnquiry  Rule = "enquiry"  // answer a dispute body's enquiry
	RuleTask     Rule = "task"     // default term of a department's task
	RuleSuppress Rule = "suppress" // no more marketing after self-exclusion
)

// Rules returns every rule in the order of a request's life.
func Rules() []Rule {
	return []Rule{
		RuleAck, RuleClaim, RuleFirst, RuleResolve, RuleFinal, RuleUpdate,
		RuleWait, RuleRemind, RuleRespond, RuleEnquiry, RuleTask, RuleSuppress,
	}
}

// Valid reports whether r is one of [Rules].
func (r Rule) Valid() bool { return slices.Contains(Rules(), r) }
