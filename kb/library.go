package kb

import (
	"slices"
	"time"
)

// Library is an immutable snapshot of all content. It is safe for concurrent use;
// callers must not change what it returns.
type Library struct {
	revision   string
	digest     string
	shelves    map[Locale]*shelf
	since      time.Time
	nextChange time.Time
}

// shelf is the part of a Library in one locale.
type shelf struct {
	articles    []*Article            // in force, in order
	byID        map[string]*Article   // in force
	versions    map[string][]*Article // newest first
	passages    []Passage             // of the articles in force
	categories  []Category
	departments []Department
	letters     map[string]Letter
	synonyms    [][]string
	thresholds  *Thresholds
}

// gatherPassages collects the passages of the articles in force.
func (s *shelf) gatherPassages() {
	n := 0
	for _, a := range s.articles {
		n += len(a.Sections)
	}
	s.passages = make([]Passage, 0, n)
	for _, a := range s.articles {
		s.passages = append(s.passages, a.passages()...)
	}
}

// shelf returns the content of a locale; an empty one for an unknown locale.
func (l *Library) shelf(loc Locale) *shelf {
	if s, ok := l.shelves[loc]; ok {
		return s
	}
	return &shelf{}
}

// Revision identifies the whole snapshot: a hash over every file, 12 hexadecimal digits.
func (l *Library) Revision() string { return l.revision }

// Digest identifies the snapshot beyond doubt, as the function of that name does; empty when
// its content had problems or was none.
func (l *Library) Digest() string { return l.digest }

// Articles returns the articles in force in a locale, ordered by kind, category and title.
func (l *Library) Articles(loc Locale) []*Article { return l.shelf(loc).articles }

// Article returns the article in force, or false.
func (l *Library) Article(loc Locale, id string) (*Article, bool) {
	a, ok := l.shelf(loc).byID[id]
	return a, ok
}

// Versions returns every version of a Terms document (and the only version of
// anything else), newest first, those not yet in force included.
func (l *Library) Versions(loc Locale, id string) []*Article { return l.shelf(loc).versions[id] }

// Version returns the version of a Terms document effective from that day, or false.
func (l *Library) Version(loc Locale, id string, effective time.Time) (*Article, bool) {
	versions := l.Versions(loc, id)
	i := slices.IndexFunc(versions, func(a *Article) bool { return a.Effective.Equal(effective) })
	if i < 0 {
		return nil, false
	}
	return versions[i], true
}

// Related returns up to n other articles in force of the same category.
func (l *Library) Related(a *Article, n int) []*Article {
	var related []*Article
	for _, other := range l.Articles(a.Locale) {
		if len(related) < n && other.Category == a.Category && other.ID != a.ID {
			related = append(related, other)
		}
	}
	return related
}

// Categories returns the categories of a locale in the editors' order.
func (l *Library) Categories(loc Locale) []Category { return l.shelf(loc).categories }

// Category returns one category, or false.
func (l *Library) Category(loc Locale, id string) (Category, bool) {
	categories := l.Categories(loc)
	i := slices.IndexFunc(categories, func(c Category) bool { return c.ID == id })
	if i < 0 {
		return Category{}, false
	}
	return categories[i], true
}

// Passages returns the passages of all articles in force in a locale.
func (l *Library) Passages(loc Locale) []Passage { return l.shelf(loc).passages }

// Passage returns the passage with exactly this Ref, of any version, or false.
func (l *Library) Passage(r Ref) (Passage, bool) {
	for _, a := range l.Versions(r.Locale, r.Article) {
		if a.Revision != r.Revision {
			continue
		}
		i := slices.IndexFunc(a.Sections, func(s Section) bool { return s.Anchor == r.Anchor && s.Text != "" })
		if i >= 0 {
			return a.passage(a.Sections[i]), true
		}
	}
	return Passage{}, false
}

// Letter returns a letter by name, or false.
func (l *Library) Letter(loc Locale, name string) (Letter, bool) {
	letter, ok := l.shelf(loc).letters[name]
	return letter, ok
}

// Synonyms returns the sets of words that mean the same to players. Each set has at
// least two words or phrases, and none is in two sets.
func (l *Library) Synonyms(loc Locale) [][]string { return l.shelf(loc).synonyms }

// Thresholds returns the locale's own, or false where it has none.
func (l *Library) Thresholds(loc Locale) (Thresholds, bool) {
	if t := l.shelf(loc).thresholds; t != nil {
		return *t, true
	}
	return Thresholds{}, false
}

// Since returns the last day on which a Terms version took effect, from which on the same
// content made the same library; zero when there is none.
func (l *Library) Since() time.Time { return l.since }

// NextChange returns the next day on which another Terms version takes effect,
// after which the content must be loaded again; zero when there is none.
func (l *Library) NextChange() time.Time { return l.nextChange }

// Due reports whether that day has come.
func (l *Library) Due(now time.Time) bool { return !l.nextChange.IsZero() && !now.Before(l.nextChange) }
