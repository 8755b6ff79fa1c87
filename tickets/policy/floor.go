package policy

import (
	"fmt"
	"time"
)

// floor is what no pack may undercut.
type floor struct {
	FileWithin Span            `yaml:"file-within"` // at least
	Retention  map[string]Span `yaml:"retention"`   // at least, by kind
	Terms      []bound         `yaml:"terms"`
}

// bound is what the terms of a rule must keep to. A matter that it is for must have such
// a term.
type bound struct {
	Rule     Rule `yaml:"rule"`
	matters  `yaml:",inline"`
	Goal     Span   `yaml:"goal-at-most"`
	Limit    Span   `yaml:"limit-at-most"`
	Extended Span   `yaml:"extended-at-most"` // the limit with all its extensions
	Least    Span   `yaml:"limit-at-least"`
	Warned   bool   `yaml:"warned"` // people are told before it is too late
	Source   string `yaml:"source"`
}

// readFloor reads the floor that is shipped.
func (l *loading) readFloor() {
	doc, ok := l.open("floor.yaml")
	if ok {
		l.floor = &floor{}
		ok = doc.decode(l.floor)
	}
	if !ok {
		return
	}
	for i, b := range l.floor.Terms {
		key := fmt.Sprintf("terms[%d]", i)
		if !b.Rule.Valid() {
			doc.problem(key+".rule", "no such rule: %q", b.Rule)
		}
		doc.checkMatters(key, b.matters)
	}
}

// checkFloor finds where a pack undercuts the floor.
func (l *loading) checkFloor(p *Pack, doc *document) {
	compare := comparison{Calendar{time.UTC, p.calendar.days}, l.known}
	if !compare.atMost(l.floor.FileWithin, p.FileWithin()) {
		doc.problem("file-within", "%s is less than the floor, %s", p.FileWithin(), l.floor.FileWithin)
	}
	for kind, least := range l.floor.Retention {
		if kept := p.Retention(kind); !compare.atMost(least, kept) {
			doc.problem("retention."+kind, "%s is less than the floor, %s", kept, least)
		}
	}
	for _, m := range allMatters() {
		l.checkTerms(p, doc, compare, m)
		for _, b := range l.floor.Terms {
			if b.fit(m) {
				b.check(p, doc, compare, m)
			}
		}
	}
}

// check finds where the term of a matter undercuts the bound.
func (b bound) check(p *Pack, doc *document, compare comparison, m Matter) {
	t, found := p.Term(m, b.Rule)
	if !found {
		doc.problem("terms", "no row for %s of %s", b.Rule, b.named(m))
		return
	}
	above := func(name string, got, most Span) {
		if !most.IsZero() && !compare.atMost(got, most) {
			doc.problem(p.key(m, b.Rule)+name, "%s: %s is more than the floor, %s", b.Rule, got, most)
		}
	}
	above("."+goalKey(t), t.Goal(), b.Goal)
	above(".limit", t.Limit, b.Limit)
	if !b.Least.IsZero() && !compare.atMost(b.Least, t.Limit) {
		doc.problem(p.key(m, b.Rule)+".limit", "%s: %s is less than the floor, %s", b.Rule, t.Limit, b.Least)
	}
	if b.Warned && len(t.Warn) == 0 {
		doc.problem(p.key(m, b.Rule)+".warn", "%s: say when people are told that the limit is near", b.Rule)
	}
	if !b.Extended.IsZero() && !compare.extendedAtMost(t, b.Extended) {
		doc.problem(p.key(m, b.Rule)+".extend", "%s: %s and %d times %s is more than the floor, %s",
			b.Rule, t.Limit, t.Extensions, t.Extend, b.Extended)
	}
}

// named says which matter a bound is about: its kind, and its class where that counts.
func (b bound) named(m Matter) string {
	if len(b.Classes) == 0 {
		return "kind " + m.Kind
	}
	return "kind " + m.Kind + ", class " + m.Class
}

// checkTerms finds terms that contradict themselves or each other: a target beyond its
// limit, a reminder after we have stopped waiting.
func (l *loading) checkTerms(p *Pack, doc *document, compare comparison, m Matter) {
	for _, t := range p.Terms(m) {
		if !t.Target.IsZero() && !compare.atMost(t.Target, t.Limit) {
			doc.problem(p.key(m, t.Rule)+".target", "%s: %s is more than the limit, %s", t.Rule, t.Target, t.Limit)
		}
	}
	wait, waits := p.Term(m, RuleWait)
	remind, reminds := p.Term(m, RuleRemind)
	if waits && reminds && !compare.atMost(remind.Limit, wait.Limit) {
		doc.problem(p.key(m, RuleRemind)+".limit", "remind: %s is more than we wait, %s", remind.Limit, wait.Limit)
	}
}

func goalKey(t Term) string {
	if t.Target.IsZero() {
		return "limit"
	}
	return "target"
}

// key is the place in a pack's file of what decides on a clock: a row of its own, or that
// it extends another.
func (p *Pack) key(m Matter, r Rule) string {
	for i, row := range p.file.Terms {
		if row.Rule == r && row.fit(m) {
			return fmt.Sprintf("terms[%d]", i)
		}
	}
	return "extends"
}
