package tickets

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Errors that a store returns and a page must tell apart.
var (
	ErrNotFound    = errors.New("not found")
	ErrConflict    = errors.New("changed by someone else in the meantime")
	ErrKeyReused   = errors.New("idempotency key was used for another content")
	ErrUnavailable = errors.New("database is not available; nothing was accepted")
)

// Code says what is wrong with a field; pages put it into words.
type Code string

// The codes.
const (
	Required Code = "required"
	TooLong  Code = "too_long"
	Unknown  Code = "unknown"   // not one of the values there are
	BadEmail Code = "bad_email" // has an @ but is no address we can write to
	BadText  Code = "bad_text"  // NUL or not UTF-8
	InFuture Code = "in_future" // a time that has not come yet
	NotYours Code = "not_yours" // for somebody who had no part in it
)

// FieldError is what is wrong with one field.
type FieldError struct {
	Field string
	Code  Code
}

// InvalidError lists what is wrong with an input, in the order of its fields.
type InvalidError struct{ Fields []FieldError }

// Error names the fields and codes, never the values.
func (e *InvalidError) Error() string {
	parts := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		parts[i] = f.Field + " " + string(f.Code)
	}
	return "invalid: " + strings.Join(parts, ", ")
}

// Code returns the code of a field, or "" when nothing is wrong with it.
func (e *InvalidError) Code(field string) Code {
	for _, f := range e.Fields {
		if f.Field == field {
			return f.Code
		}
	}
	return ""
}

func (e *InvalidError) add(field string, c Code) {
	if c != "" {
		e.Fields = append(e.Fields, FieldError{field, c})
	}
}

// among adds Unknown unless the value is one of those there are.
func (e *InvalidError) among(field, value string, known ...string) {
	if !slices.Contains(known, value) {
		e.add(field, Unknown)
	}
}

// orNil returns e as an error, or nil when it lists nothing.
func (e *InvalidError) orNil() error {
	if len(e.Fields) == 0 {
		return nil
	}
	return e
}

// TransitionError says that an event cannot happen to a ticket in its status.
type TransitionError struct {
	From   Status
	Stage  Stage        // of a case; else empty
	Change string       // the event's name, such as "player_replied"
	To     Status       // of a status change; else empty
	Owed   []Obligation // what must be done first; may be empty
}

// Error describes the refused step.
func (e *TransitionError) Error() string {
	if len(e.Owed) > 0 {
		return fmt.Sprintf("%s: %v is still owed", e.Change, e.Owed)
	}
	if e.Stage != "" {
		return fmt.Sprintf("%s: not possible on a case that is %s", e.Change, e.Stage)
	}
	if e.To != "" {
		return fmt.Sprintf("%s: a %s ticket cannot become %s", e.Change, e.From, e.To)
	}
	return fmt.Sprintf("%s: not possible on a %s ticket", e.Change, e.From)
}

// KeptError says that what people wrote in a ticket must stay.
type KeptError struct {
	Why   Kept
	Until time.Time // zero: not known
}

// Error names the reason.
func (e *KeptError) Error() string { return "the ticket must be kept: " + string(e.Why) }
