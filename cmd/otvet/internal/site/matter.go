package site

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// matter is what a request is and the facts that were typed for it, as they stand in the
// form.
type matter struct {
	Kind  tickets.Kind
	Facts map[string]string // by the name of a fact; see kb.Asks
	Shown string            // the facts that the form asked for, joined; see asked
	Told  bool              // the form said which

	Follows string // token or number of the ended request that this one continues; may be empty
}

// The fields of facts begin with this, so that none is taken for another field.
const factPrefix = "fact-"

// unknownPrefix is before the fact that the player says they do not know; whichPrefix
// before the time that a repeated hour was.
const (
	unknownPrefix = "unknown-"
	whichPrefix   = "which-"
)

// Kept returns the fields of facts with what was typed, for a form that does not show them.
func (m matter) Kept() []fieldValue {
	var kept []fieldValue
	for _, name := range slices.Sorted(maps.Keys(m.Facts)) {
		field := name
		if slices.Contains(kb.Asks(), name) {
			field = factPrefix + name
		}
		kept = append(kept, fieldValue{field, m.Facts[name]})
	}
	return kept
}

// words returns what was typed for the facts, which may say more than was asked for.
func (m matter) words() string {
	var typed []string
	for _, name := range kb.Asks() {
		if value := m.Facts[name]; value != "" {
			typed = append(typed, value)
		}
	}
	return strings.Join(typed, "\n")
}

type fieldValue struct{ Name, Value string }

// choices are the kinds that a player chooses from.
func choices() []tickets.Kind {
	var kinds []tickets.Kind
	for _, k := range kb.RequestKinds() {
		kinds = append(kinds, tickets.Kind(k))
	}
	return kinds
}

// kindOr returns the kind that a form or a link names, or else.
func kindOr(name string, or tickets.Kind) tickets.Kind {
	if k := tickets.Kind(name); slices.Contains(choices(), k) {
		return k
	}
	return or
}

// readMatter reads a posted form.
func readMatter(form url.Values) matter {
	m := matter{
		Kind: kindOr(form.Get("kind"), tickets.KindQuestion), Facts: map[string]string{},
		Shown: form.Get("facts"), Told: form.Has("facts"), Follows: form.Get("follows"),
	}
	for _, name := range kb.Asks() {
		for _, prefix := range []string{factPrefix, unknownPrefix, whichPrefix} {
			if v := form.Get(prefix + name); v != "" {
				m.Facts[strings.TrimPrefix(prefix, factPrefix)+name] = v
			}
		}
	}
	return m
}

// asked returns which facts a request of this kind in this category is asked for, what it
// cannot do without first: those of the category, and what every complaint turns on (domain
// §2.3: the remedy sought).
func asked(k tickets.Kind, c kb.Category) []string {
	if k == tickets.KindFeedback || k == tickets.KindData {
		return nil
	}
	wanted := slices.Concat(c.Needs, c.Asks)
	if k == tickets.KindComplaint {
		wanted = slices.Concat(c.Needs, []string{"occurred_at", "remedy"}, c.Asks, []string{"decision_at", "decision_ref"})
	}
	var asks []string
	for _, a := range wanted {
		if !slices.Contains(asks, a) && (a != "remedy" || k == tickets.KindComplaint) {
			asks = append(asks, a)
		}
	}
	return asks
}

// deflects reports whether the help section is offered before a request of this kind is
// sent. Whoever complains has decided to.
func deflects(k tickets.Kind) bool { return k == tickets.KindQuestion || k == tickets.KindProblem }

// fill puts into a ticket what the request is about, and returns what is wrong with the
// facts.
func (m matter) fill(n *tickets.NewTicket, lib *kb.Library, zone *time.Location) []tickets.FieldError {
	if n.Category == "" {
		n.Category = categoryFor(lib, string(n.Locale), m.Kind)
	}
	if n.Kind = m.Kind; n.Kind == tickets.KindQuestion && n.Priority == tickets.PrioritySafety {
		n.Kind = tickets.KindSafety
	}
	c, _ := lib.Category(n.Locale, n.Category)
	n.Channel, n.Department = tickets.ChannelForm, c.Department
	asks := asked(m.Kind, c)
	var wrong []tickets.FieldError
	n.Record, wrong = m.record(asks, zone, n.At)
	for _, need := range c.Needs {
		shown := slices.Contains(strings.Fields(m.Shown), need) && slices.Contains(asks, need)
		if shown && strings.TrimSpace(m.Facts[need]) == "" && m.Facts[unknownPrefix+need] == "" && n.Priority != tickets.PrioritySafety {
			wrong = append(wrong, tickets.FieldError{Field: need, Code: tickets.Required})
		}
	}
	return wrong
}

// unasked reports whether the form has not yet shown the facts of what is chosen in it.
func (m matter) unasked(lib *kb.Library, lang, category string) bool {
	c, _ := lib.Category(kb.Locale(lang), category)
	asks := strings.Join(asked(m.Kind, c), " ")
	return m.Told && asks != "" && asks != m.Shown
}

// record puts the facts together, and what is wrong with them. Facts that were not asked
// for are left out.
func (m matter) record(asks []string, zone *time.Location, now time.Time) (r tickets.Record, wrong []tickets.FieldError) {
	add := func(name string, code tickets.Code) {
		if code != "" {
			wrong = append(wrong, tickets.FieldError{Field: name, Code: code})
		}
	}
	for _, name := range asks {
		value := m.Facts[name]
		switch name {
		case "occurred_at", "decision_at":
			t, code := readTime(value, m.Facts[whichPrefix+name], zone, now)
			add(name, code)
			if name == "occurred_at" {
				r.OccurredAt = t
			} else {
				r.DecisionAt = t
			}
		case "bets":
			r.Bets = lines(value)
		case "transactions":
			r.Transactions = lines(value)
		case "platform":
			r.Platform = tickets.Platform(value)
		default:
			*fact(&r, name) = value
		}
	}
	return r, wrong
}

// fact returns the place of a fact that is a plain text.
func fact(r *tickets.Record, name string) *string {
	return map[string]*string{
		"decision_ref": &r.DecisionRef, "terms": &r.Terms, "amount": &r.Amount, "method": &r.Method,
		"device": &r.Device, "system": &r.System, "app": &r.App, "expected": &r.Expected,
		"error": &r.Error, "remedy": &r.Remedy,
	}[name]
}

// lines returns the lines of a text, without empty ones.
func lines(text string) []string {
	var found []string
	for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
		if line = strings.TrimSpace(line); line != "" {
			found = append(found, line)
		}
	}
	return found
}

// known returns what the record holds of a fact, as a form would show it; empty: nothing.
func known(r tickets.Record, name string) string {
	switch name {
	case "occurred_at":
		return stated(r.OccurredAt)
	case "decision_at":
		return stated(r.DecisionAt)
	case "bets":
		return strings.Join(r.Bets, "\n")
	case "transactions":
		return strings.Join(r.Transactions, "\n")
	case "platform":
		return string(r.Platform)
	}
	return *fact(&r, name)
}

func stated(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
