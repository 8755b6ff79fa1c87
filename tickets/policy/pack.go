package policy

import (
	"cmp"
	"slices"
	"time"
)

// Pack is one version of the rules. It does not change.
type Pack struct {
	ref      Ref
	base     *Pack // what it extends; nil: nothing
	file     packFile
	calendar Calendar
}

// The definitions of what a complaint is.
const (
	Broad  = "broad"  // any expression of dissatisfaction
	Narrow = "narrow" // a fault of the site on our side, or a decision against the terms or the law
)

// Dispute services: whom the final letter names.
const (
	ServiceInternal  = "internal"  // a second review of our own
	ServiceApproved  = "approved"  // a body approved by the regulator
	ServiceCertified = "certified" // a body certified by the regulator
	ServiceNone      = "none"      // none, and the letter says so
)

// packFile is a pack as its file states it.
type packFile struct {
	Pack           string            `yaml:"pack"`
	Title          map[string]string `yaml:"title"`
	Source         string            `yaml:"source"`
	Extends        string            `yaml:"extends"`
	Calendar       string            `yaml:"calendar"`
	FileWithin     Span              `yaml:"file-within"`
	Definition     string            `yaml:"definition"`
	SecondReview   []string          `yaml:"second-review"`
	DisputeService string            `yaml:"dispute-service"`
	Retention      map[string]Span   `yaml:"retention"`
	Unverified     []string          `yaml:"unverified"`
	Terms          []row             `yaml:"terms"`
}

// Ref is the pack's name and version.
func (p *Pack) Ref() Ref { return p.ref }

// Title names the pack to people in a language, in English where it has no such title.
func (p *Pack) Title(locale string) string {
	return cmp.Or(p.file.Title[locale], p.file.Title["en"])
}

// Source says where the rules come from.
func (p *Pack) Source() string { return p.file.Source }

// Calendar is the calendar that the pack counts by.
func (p *Pack) Calendar() Calendar { return p.calendar }

// Terms returns the terms of a matter, at most one a rule, in the order of [Rules].
func (p *Pack) Terms(m Matter) (terms []Term) {
	for _, rule := range Rules() {
		if t, ok := p.Term(m, rule); ok {
			terms = append(terms, t)
		}
	}
	return terms
}

// Term returns what the pack says about a clock for a matter; false if it says nothing,
// and the clock does not run.
func (p *Pack) Term(m Matter, r Rule) (Term, bool) {
	for _, row := range p.file.Terms {
		if row.Rule == r && row.fit(m) {
			return row.term(), true
		}
	}
	if p.base == nil {
		return Term{}, false
	}
	return p.base.Term(m, r)
}

// FileWithin is how long after the event or the decision a complaint may be filed.
func (p *Pack) FileWithin() Span {
	if p.file.FileWithin.IsZero() && p.base != nil {
		return p.base.FileWithin()
	}
	return p.file.FileWithin
}

// LastDay returns the last day on which a complaint is filed in time: counted from the
// later of the event and the decision that can be true, that is not after the day of
// receipt. False if neither is known: then no complaint is late.
func (p *Pack) LastDay(received time.Time, event, decision Day) (Day, bool) {
	today := p.calendar.Day(received)
	var start Day
	for _, d := range []Day{event, decision} {
		if !d.IsZero() && d.Compare(today) <= 0 && (start.IsZero() || d.Compare(start) > 0) {
			start = d
		}
	}
	if start.IsZero() {
		return Day{}, false
	}
	within := p.FileWithin()
	return start.addMonths(within.Months).addDays(within.Days), true
}

// Late reports whether a complaint was filed after the last day for it; the day is in the
// calendar's zone and counts to its end. A late complaint is for a person to decide on.
func (p *Pack) Late(received time.Time, event, decision Day) bool {
	last, ok := p.LastDay(received, event, decision)
	return ok && p.calendar.Day(received).Compare(last) > 0
}

// Definition is what counts as a complaint: [Broad] or [Narrow].
func (p *Pack) Definition() string {
	if p.file.Definition == "" && p.base != nil {
		return p.base.Definition()
	}
	return p.file.Definition
}

// SecondReview reports whether the answer to a kind of request needs a second person.
func (p *Pack) SecondReview(kind string) bool {
	if p.file.SecondReview == nil && p.base != nil {
		return p.base.SecondReview(kind)
	}
	return slices.Contains(p.file.SecondReview, kind)
}

// Retention is how long the record of a kind of request is kept after its end.
func (p *Pack) Retention(kind string) Span {
	if s, ok := p.file.Retention[kind]; ok || p.base == nil {
		return s
	}
	return p.base.Retention(kind)
}

// DisputeService is whom the final letter names to those who disagree:
// [ServiceInternal], [ServiceApproved], [ServiceCertified] or [ServiceNone].
func (p *Pack) DisputeService() string {
	if p.file.DisputeService == "" && p.base != nil {
		return p.base.DisputeService()
	}
	return p.file.DisputeService
}

// Unverified says in words what nobody has compared with its source yet, of the pack as a
// whole; single terms say it themselves.
func (p *Pack) Unverified() []string { return slices.Clone(p.file.Unverified) }
