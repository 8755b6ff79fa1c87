package tickets

import "slices"

// LetterKind says what a letter is about; it is also the name of its text in the content,
// and package kb says which placeholders that may hold (kb.LetterSpecs).
type LetterKind string

// Letters that confirm a receipt.
const (
	LetterAck           LetterKind = "ack"             // we have your request; holds no text of the player
	LetterAckComplaint  LetterKind = "ack-complaint"   // we have your complaint: number, steps, dates
	LetterVerify        LetterKind = "verify"          // a link that proves an address; belongs to no ticket, holds no text of anybody's choosing
	LetterLate          LetterKind = "late"            // a complaint after the time for it: a person decides
	LetterNotComplaint  LetterKind = "not-a-complaint" // handled as a question, with how to object
	LetterObjectionAck  LetterKind = "objection-ack"   // we have your objection to that
	LetterOutOfHours    LetterKind = "out-of-hours"    // nobody is there now, and from when
	LetterSafety        LetterKind = "safety"          // instead of an acknowledgement when the ticket's priority is safety
	LetterSelfExclusion LetterKind = "self-exclusion"  // how to exclude oneself at once
)

// Letters while a case goes on.
const (
	LetterReply           LetterKind = "reply"            // an agent answered
	LetterInfoRequest     LetterKind = "info-request"     // we need something from you; the clock waits
	LetterInfoReminder    LetterKind = "info-reminder"    // we still need it
	LetterUploadLink      LetterKind = "upload-link"      // where to send documents, once
	LetterProgress        LetterKind = "progress"         // the clock asks for news, and there is no decision yet
	LetterInterim         LetterKind = "interim"          // what we know so far; no decision
	LetterExtension       LetterKind = "extension"        // more time, before the time is over: reason and new date
	LetterHolding         LetterKind = "holding"          // the time is over without a decision
	LetterProposal        LetterKind = "proposal"         // a solution to accept or not
	LetterTransferred     LetterKind = "transferred"      // another department has the case
	LetterMerged          LetterKind = "merged"           // goes on under another number
	LetterWithdrawalDelay LetterKind = "withdrawal-delay" // why a withdrawal takes longer
)

// Letters that tell a decision.
const (
	LetterOutcomeUpheld    LetterKind = "outcome-upheld"
	LetterOutcomePartly    LetterKind = "outcome-partly"
	LetterOutcomeNotUpheld LetterKind = "outcome-not-upheld"
	LetterOutcomeExplained LetterKind = "outcome-explained"
	LetterOutcomeTechnical LetterKind = "outcome-technical"
	LetterAppealAck        LetterKind = "appeal-ack"    // somebody else looks at it again
	LetterReviewResult     LetterKind = "review-result" // what that person decided
	LetterFinal            LetterKind = "final"         // our last word, and who may be asked next
	LetterDeadlock         LetterKind = "deadlock"      // we do not come together: the same before the time
)

// Letters after the decision.
const (
	LetterClosed       LetterKind = "closed"
	LetterSatisfaction LetterKind = "satisfaction"  // how were we? Never after a safety case
	LetterChanged      LetterKind = "changed"       // what changed because somebody complained
	LetterEnquiryCover LetterKind = "enquiry-cover" // to a dispute service, with the file
)

// Letters about personal data.
const (
	LetterDataAck       LetterKind = "data-ack"
	LetterDataFulfilled LetterKind = "data-fulfilled"
	LetterDataRefused   LetterKind = "data-refused"
	LetterErased        LetterKind = "erased"
)

// Letters that tell many people of one thing.
const (
	LetterIncident       LetterKind = "incident"
	LetterIncidentOver   LetterKind = "incident-over"
	LetterSecurityNotice LetterKind = "security-notice"
	LetterBreachNotice   LetterKind = "breach-notice"
)

// LetterKinds returns every kind of letter.
func LetterKinds() []LetterKind {
	return slices.Concat(acknowledgements(), prompted(), written(), []LetterKind{
		LetterUploadLink, LetterTransferred, LetterMerged, LetterErased, LetterSelfExclusion,
	})
}

// acknowledgements answer what a person has sent, at once.
func acknowledgements() []LetterKind {
	return []LetterKind{
		LetterAck, LetterAckComplaint, LetterLate, LetterObjectionAck, LetterOutOfHours, LetterSafety,
		LetterAppealAck, LetterDataAck,
	}
}

// prompted are sent by the clock or by a form, without anybody's decision.
func prompted() []LetterKind {
	return []LetterKind{LetterVerify, LetterInfoReminder, LetterProgress, LetterHolding, LetterClosed, LetterSatisfaction}
}

// written carry text of our people.
func written() []LetterKind {
	return []LetterKind{
		LetterReply, LetterInfoRequest, LetterInterim, LetterExtension, LetterProposal,
		LetterWithdrawalDelay, LetterNotComplaint,
		LetterOutcomeUpheld, LetterOutcomePartly, LetterOutcomeNotUpheld, LetterOutcomeExplained, LetterOutcomeTechnical,
		LetterReviewResult, LetterFinal, LetterDeadlock, LetterChanged, LetterEnquiryCover, LetterDataFulfilled, LetterDataRefused,
		LetterIncident, LetterIncidentOver, LetterSecurityNotice, LetterBreachNotice,
	}
}

// Valid reports whether there is such a kind.
func (k LetterKind) Valid() bool { return slices.Contains(LetterKinds(), k) }

// Acknowledges reports whether the letter is a machine's reply to what somebody has sent
// ("auto-replied" in RFC 3834, section 5).
func (k LetterKind) Acknowledges() bool { return slices.Contains(acknowledgements(), k) }

// Automatic reports whether the letter goes out without anybody's decision.
func (k LetterKind) Automatic() bool {
	return k.Acknowledges() || slices.Contains(prompted(), k)
}

// Human reports whether the letter carries text that people have written and reviewed. All
// others hold nothing but the content's own words, numbers, dates and names.
func (k LetterKind) Human() bool { return slices.Contains(written(), k) }

// Confirms reports whether the letter tells that a request has arrived: with it the
// ticket is acknowledged.
func (k LetterKind) Confirms() bool {
	switch k {
	case LetterAck, LetterAckComplaint, LetterDataAck, LetterSafety:
		return true
	}
	return false
}

// Capped reports whether letters of the kind are held back from a mailbox that gets too
// many: anybody can cause them for any address, or nobody misses them. What the rules
// want told of a case always goes. An appeal and an objection can be sent only from the
// private page of a case that we have told something about, and no more than twice.
func (k LetterKind) Capped() bool {
	if k == LetterAppealAck || k == LetterObjectionAck {
		return false
	}
	return k.Acknowledges() || k == LetterVerify || k == LetterSatisfaction
}
