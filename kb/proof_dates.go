package kb

import "time"

// proofDates finds articles whose day of review has passed, and changes made tomorrow.
func (p *page) proofDates(now time.Time) {
	a := p.article
	if a.Updated.After(now.AddDate(0, 0, 1)) {
		p.src.warn(p.header.updatedAt, "updated is %s, which is still to come: write the day of the change", a.Updated.Format(day))
	}
	if p.version == "" && !a.Review.IsZero() && !now.Before(a.Review.AddDate(0, 0, 1)) {
		p.src.warn(p.header.reviewAt, "to be reviewed by %s: read it against the rules of today, then write a new \"updated\" (and \"review\", if it has one)",
			a.Review.Format(day))
	}
}

// proofTranslations finds translations that are older than their originals, and sections that
// do not name the same facts in every language.
func (l *loader) proofTranslations() {
	for _, e := range l.editions {
		for _, other := range l.editions {
			if other == e {
				continue
			}
			translations := other.byFile()
			for _, p := range e.pages {
				if t, ok := translations[other.counterpart(p.src.file)]; ok {
					p.proofAge(t)
					p.proofSameFacts(t)
				}
			}
		}
	}
}

// proofAge warns when the page is older than its counterpart.
func (p *page) proofAge(t *page) {
	if mine, its := p.article.Updated, t.article.Updated; !mine.IsZero() && mine.Before(its) {
		p.src.warn(p.header.updatedAt, "older than its translation %s (%s): bring it up to date, then write the same day", t.src.file, its.Format(day))
	}
}
