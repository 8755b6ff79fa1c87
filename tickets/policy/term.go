package policy

import "slices"

// Term is what a pack says about one clock for one matter.
type Term struct {
	Rule       Rule
	Target     Span   // what we aim at; zero: no more than the limit
	Limit      Span   // the deadline
	Warn       []int  // percent of the way to the limit at which people are told, rising
	Pauses     bool   // the clock stands still while we wait for the player
	Extend     Span   // by how much it may be extended, with notice before it is due; zero: never
	Extensions int    // how often it may be extended
	Source     string // where the figures come from
	Unverified bool   // nobody has compared the figures with the source
}

// Goal is what we aim at: the target, or the limit where there is no other.
func (t Term) Goal() Span {
	if t.Target.IsZero() {
		return t.Limit
	}
	return t.Target
}

// row is a term as a file lists it, with the matters that it is for.
type row struct {
	Rule       Rule `yaml:"rule"`
	matters    `yaml:",inline"`
	Target     Span   `yaml:"target"`
	Limit      Span   `yaml:"limit"`
	Warn       []int  `yaml:"warn"`
	Pauses     bool   `yaml:"pauses"`
	Extend     Span   `yaml:"extend"`
	Extensions int    `yaml:"extensions"`
	Source     string `yaml:"source"`
	Unverified bool   `yaml:"unverified"`
}

// term returns the row's term; the caller may change it.
func (r row) term() Term {
	return Term{
		Rule: r.Rule, Target: r.Target, Limit: r.Limit, Warn: slices.Clone(r.Warn), Pauses: r.Pauses,
		Extend: r.Extend, Extensions: r.Extensions, Source: r.Source, Unverified: r.Unverified,
	}
}
