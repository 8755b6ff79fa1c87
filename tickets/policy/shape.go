package policy

import (
	"fmt"
	"slices"
	"strings"
)

// checkShape finds what a pack says that cannot be meant, and what it leaves unsaid.
func (l *loading) checkShape(p *Pack, doc *document) {
	for _, locale := range []string{"en", "ru"} {
		if p.file.Title[locale] == "" {
			doc.problem("title", "name the rules in %s", locale)
		}
	}
	if p.file.Source == "" {
		doc.problem("source", "say where the rules come from")
	}
	if s := p.FileWithin(); s.Months == 0 && s.Days == 0 || s.DayOne {
		doc.problem("file-within", "say it in months or days")
	}
	doc.oneOf("definition", p.Definition(), Broad, Narrow)
	doc.oneOf("dispute-service", p.DisputeService(), ServiceInternal, ServiceApproved, ServiceCertified, ServiceNone)
	doc.allOf("second-review", p.file.SecondReview, Kinds())
	for kind := range p.file.Retention {
		doc.oneOf("retention."+kind, kind, Kinds()...)
	}
	for _, kind := range Kinds() {
		if p.Retention(kind).IsZero() {
			doc.problem("retention", "say how long the kind %s is kept", kind)
		}
	}
	for i, r := range p.file.Terms {
		doc.checkRow(fmt.Sprintf("terms[%d]", i), r)
		doc.checkUse(i, p.file.Terms)
	}
}

// checkRow finds what is wrong with a row alone.
func (d *document) checkRow(key string, r row) {
	if !r.Rule.Valid() {
		d.problem(key+".rule", "no such rule: %q", r.Rule)
	}
	d.checkMatters(key, r.matters)
	if r.Limit.IsZero() {
		d.problem(key, "say the limit")
	}
	if r.Extend.IsZero() != (r.Extensions == 0) || r.Extensions < 0 {
		d.problem(key+".extensions", "say both by how much it may be extended and how often, or neither")
	}
	if r.Source == "" {
		d.problem(key, "say the source")
	}
	for i, percent := range r.Warn {
		if percent < 1 || percent > 99 || i > 0 && percent <= r.Warn[i-1] {
			d.problem(key+".warn", "percent from 1 to 99, rising: %v", r.Warn)
		}
	}
}

func (d *document) checkMatters(key string, m matters) {
	d.allOf(key+".kinds", m.Kinds, Kinds())
	d.allOf(key+".channels", m.Channels, Channels())
	d.allOf(key+".classes", m.Classes, Classes())
	d.allOf(key+".complexities", m.Complexities, Complexities())
}

// checkUse finds a row that never decides, because one above it fits first.
func (d *document) checkUse(i int, rows []row) {
	for above, r := range rows[:i] {
		if r.Rule == rows[i].Rule && r.covers(rows[i].matters) {
			d.problem(fmt.Sprintf("terms[%d]", i), "never decides: terms[%d] on line %d fits first",
				above, d.line(fmt.Sprintf("terms[%d]", above)))
			return
		}
	}
}

func (d *document) allOf(key string, values, allowed []string) {
	for _, v := range values {
		d.oneOf(key, v, allowed...)
	}
}

func (d *document) oneOf(key, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		d.problem(key, "%q is none of %s", value, strings.Join(allowed, ", "))
	}
}
