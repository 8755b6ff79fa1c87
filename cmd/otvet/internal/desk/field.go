package desk

import (
	"net/url"
	"slices"

	"otvet/tickets"
)

// fieldKind says how a field is typed in.
type fieldKind string

const (
	fieldText   fieldKind = "text" // several lines
	fieldLine   fieldKind = "line"
	fieldDay    fieldKind = "day"    // a date without a time
	fieldSelect fieldKind = "select" // one of Choices
	fieldRadio  fieldKind = "radio"  // the same, all of them in sight
	fieldTick   fieldKind = "tick"   // "yes" or nothing
	fieldSet    fieldKind = "set"    // known beforehand, not for people
)

// Limits of what forms take, in characters. The domain has the last word.
const (
	maxLine   = 200
	maxShort  = 1000
	shortRows = 3
	longRows  = 7
)

// field is one field of a form. It can be filled again with what was posted, so that
// nothing typed is lost.
type field struct {
	Kind     fieldKind
	Name     string
	ID       string // unique on the page
	Label    string
	Hint     string
	Value    string // of a tick: "yes" when it is set
	Choices  []choice
	Required bool
	Max      int // characters; 0: no limit
	Rows     int
	Trouble  string // what is wrong with the value
	Unsent   bool   // the value was posted, and not taken

	Player   bool // the player reads it
	Promises bool // it is the place for a promise that a person decided on
}

func text(name, label string) field {
	return field{Kind: fieldText, Name: name, Label: label, Required: true, Max: tickets.MaxBody, Rows: longRows}
}

func short(name, label string) field {
	return field{Kind: fieldText, Name: name, Label: label, Required: true, Max: maxShort, Rows: shortRows}
}

func line(name, label string) field {
	return field{Kind: fieldLine, Name: name, Label: label, Required: true, Max: maxLine}
}

func day(name, label string) field { return field{Kind: fieldDay, Name: name, Label: label} }

func selection(name, label string, choices []choice) field {
	return field{Kind: fieldSelect, Name: name, Label: label, Choices: choices, Required: true}
}

func radio(name, label string, choices []choice) field {
	return field{Kind: fieldRadio, Name: name, Label: label, Choices: choices, Required: true}
}

func tick(name, label string) field { return field{Kind: fieldTick, Name: name, Label: label} }

func set(name, value string) field { return field{Kind: fieldSet, Name: name, Value: value} }

// optional returns the field as one that may stay empty.
func (f field) optional() field {
	f.Required = false
	return f
}

// told returns the field as one that the player reads.
func (f field) told() field {
	f.Player = true
	return f
}

func (f field) with(hint string) field {
	f.Hint = hint
	return f
}

func (f field) holding(value string) field {
	f.Value = value
	return f
}

// typed reports whether people write into the field.
func (f field) typed() bool {
	return f.Kind == fieldText || f.Kind == fieldLine || f.Kind == fieldDay
}

// filled returns the fields with what was posted.
func filled(fields []field, values url.Values) []field {
	fields = slices.Clone(fields)
	for i := range fields {
		f := &fields[i]
		if !values.Has(f.Name) && f.Kind != fieldTick {
			continue
		}
		f.Value, f.Unsent = values.Get(f.Name), true
		f.Choices = selected(f.Choices, f.Value)
	}
	return fields
}

// selected returns the choices with another one selected; a value that is none of them
// selects nothing.
func selected(choices []choice, value string) []choice {
	choices = slices.Clone(choices)
	for i := range choices {
		choices[i].Selected = choices[i].Value == value
	}
	return choices
}
