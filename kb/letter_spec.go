package kb

import "slices"

// LetterSpec says what a letter can tell.
type LetterSpec struct {
	Name string
	May  []string // the placeholders that whoever decides on the letter gives values for
	Must []string // of these, the ones without which the letter is of no use, or not lawful

	// Optional may have no value in some cases: a paragraph that tells one is left out then.
	Optional []string
}

// LetterFields returns the names of the placeholders that letters may use.
//
// Of the ticket: number, category (its title), link (to its private page, or to what the
// letter is about), other-number (of another ticket, or at a dispute service), department,
// pack (name of the rules that it is handled by). Dates, written out: received, due (of what
// the letter announces), due-first (first answer), due-final (decision at the latest), next
// (our next letter), until (how long the player has). Texts that people have written: reply,
// reason (why we write), outcome, reasons (of a decision), remedy (what is put right),
// measures (what was done). Of the operator: operator, helpline, dispute-service. And
// files-link, where the player's files can be fetched.
func LetterFields() []string {
	return []string{
		"number", "link", "category", "operator", "helpline", "reply",
		"received", "due", "due-first", "due-final", "next", "until",
		"reason", "outcome", "reasons", "remedy", "measures", "department", "other-number",
		"dispute-service", "pack", "files-link",
	}
}

// RequiredLetters returns the names of the letters without which content is not served:
// ack (a request was received), reply (an agent has replied), safety (the same as ack for
// someone who may be in distress) and safety-unsent (for a question that may come from
// such a person, when nothing has been sent to us yet). For the others of [LetterSpecs] a
// program may keep a text of its own.
func RequiredLetters() []string { return []string{"ack", "reply", "safety", "safety-unsent"} }

// LetterSpecs returns every letter there is, with its placeholders, in the order in which
// a case may meet them.
func LetterSpecs() []LetterSpec {
	return slices.Concat(receiptLetters(), caseLetters(), outcomeLetters(), caseEndLetters(), dataLetters(), noticeLetters())
}

// LetterSpecOf returns the spec of a letter, or false when there is none of that name.
func LetterSpecOf(name string) (LetterSpec, bool) {
	all := LetterSpecs()
	i := slices.IndexFunc(all, func(s LetterSpec) bool { return s.Name == name })
	if i < 0 {
		return LetterSpec{}, false
	}
	return all[i], true
}

// fieldsFor returns the placeholders of a letter, all there are for an unknown one.
func fieldsFor(name string) []string {
	if spec, ok := LetterSpecOf(name); ok {
		return spec.May
	}
	return LetterFields()
}

// about is a letter about a ticket, with a link to its page.
func about(name string, must []string, may ...string) LetterSpec {
	return without(name, must, append([]string{"number", "link", "category"}, may...)...)
}

// without is a letter that has no more placeholders than are named and the operator's.
func without(name string, must []string, may ...string) LetterSpec {
	all := slices.Concat(may, []string{"operator", "helpline"}, must)
	named := slices.DeleteFunc(LetterFields(), func(f string) bool { return !slices.Contains(all, f) })
	return LetterSpec{Name: name, May: named, Must: must}
}

// optional adds placeholders that may have no value.
func (s LetterSpec) optional(fields ...string) LetterSpec {
	s.May = without(s.Name, s.Must, append(s.May, fields...)...).May
	s.Optional = fields
	return s
}

// receiptLetters confirm that something has arrived.
func receiptLetters() []LetterSpec {
	return []LetterSpec{
		about("ack", []string{"number", "link"}, "received").optional("due-first"),
		about("ack-complaint", []string{"number", "due-final", "link"}, "received", "pack").optional("due-first"),
		without("verify", []string{"link"}, "until"),
		about("late", []string{"number", "link"}, "received", "pack").optional("due-first"),
		about("not-a-complaint", []string{"number", "reason", "link"}),
		about("objection-ack", []string{"number", "link"}, "received"),
		about("out-of-hours", []string{"number", "next", "link"}, "received"),
		without("safety", []string{"helpline"}, "link"),
		without("safety-unsent", []string{"helpline"}, "link"),
		about("self-exclusion", []string{"helpline", "link"}),
	}
}

// caseLetters tell how far a case is.
func caseLetters() []LetterSpec {
	return []LetterSpec{
		about("reply", []string{"reply"}),
		about("info-request", []string{"number", "reason", "until", "link"}),
		about("info-reminder", []string{"number", "until", "link"}),
		about("upload-link", []string{"number", "until", "link"}),
		about("progress", []string{"number", "next", "link"}, "received", "due-final"),
		about("interim", []string{"number", "reply", "link"}),
		about("extension", []string{"number", "reason", "due", "link"}, "received"),
		about("holding", []string{"number", "due-final", "dispute-service", "link"}, "received").optional("next"),
		about("proposal", []string{"number", "remedy", "link"}),
		about("transferred", []string{"number", "department", "link"}),
		about("merged", []string{"number", "other-number", "link"}),
		about("withdrawal-delay", []string{"number", "reason", "next", "link"}),
	}
}

// outcomeLetters tell a decision. Who may be asked next is part of each, since it must be
// said together with the outcome (in Britain by s 308 of the Digital Markets, Competition
// and Consumers Act 2024).
func outcomeLetters() []LetterSpec {
	reasoned := []string{"number", "reasons", "measures", "dispute-service", "link"}
	righted := []string{"number", "reasons", "remedy", "measures", "dispute-service", "link"}
	decided := []string{"number", "outcome", "reasons", "dispute-service"}
	return []LetterSpec{
		about("outcome-upheld", righted, "received", "outcome"),
		about("outcome-partly", righted, "received", "outcome"),
		about("outcome-not-upheld", reasoned, "received", "outcome"),
		about("outcome-explained", reasoned, "received", "outcome"),
		about("outcome-technical", reasoned, "received", "outcome"),
		about("appeal-ack", []string{"number", "due", "link"}, "received"),
		about("review-result", decided, "received").optional("remedy", "measures"),
		about("final", decided, "received", "pack").optional("remedy", "measures"),
		about("deadlock", []string{"number", "reasons", "dispute-service"}, "received", "pack").optional("remedy", "measures"),
	}
}

// caseEndLetters come after the decision.
func caseEndLetters() []LetterSpec {
	return []LetterSpec{
		about("closed", []string{"number", "link"}),
		about("satisfaction", []string{"number", "link"}),
		about("changed", []string{"number", "measures"}),
		without("enquiry-cover", []string{"number", "other-number", "reply"}, "files-link", "until"),
	}
}

// dataLetters answer requests about personal data.
func dataLetters() []LetterSpec {
	return []LetterSpec{
		about("data-ack", []string{"number", "due", "link"}, "received"),
		about("data-fulfilled", []string{"number", "reasons", "link"}, "received", "files-link", "until"),
		about("data-refused", []string{"number", "reasons", "link"}, "received"),
		without("erased", []string{"number"}, "received"),
	}
}

// noticeLetters tell many people of one thing.
func noticeLetters() []LetterSpec {
	return []LetterSpec{
		about("incident", []string{"number", "reply", "next", "link"}),
		about("incident-over", []string{"number", "measures", "link"}),
		without("security-notice", []string{"reply"}, "number", "link"),
		without("breach-notice", []string{"reason", "measures", "remedy"}, "number", "link"),
	}
}
