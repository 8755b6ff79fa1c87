package tickets

// checkSpoken checks a message to the player: a text, reviewed by a person.
func checkSpoken(body string, r Review) error {
	if _, err := CleanBody(body); err != nil {
		return err
	}
	return checkReview(r)
}

// checkReview refuses what nobody has reviewed.
func checkReview(r Review) error {
	if r.By == 0 || r.At.IsZero() {
		return &InvalidError{[]FieldError{{"review", Required}}}
	}
	return nil
}

// required cleans a text that must be there.
func required(name, text string, limit int) (string, error) {
	text, code := field(text, limit)
	if code != "" {
		return "", &InvalidError{[]FieldError{{name, code}}}
	}
	return text, nil
}
