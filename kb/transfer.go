package kb

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"
)

// Tape takes a Library's fields to somewhere else, or brings them back, in one order: on a tape
// that writes, a method leaves its argument as it is; on one that reads, it sets it to what was
// written. Package search keeps libraries on disk with it; how is its own affair.
type Tape interface {
	String(*string)
	Int(*int64)
	// Count writes n and returns it, or returns what was written: how many times the
	// fields that follow are there.
	Count(n int) int
}

// Transfer passes every field of the library over a tape. To read, begin with an empty
// Library; what stands in it afterwards is equal to what was written.
func (l *Library) Transfer(t Tape) {
	t.String(&l.revision)
	t.String(&l.digest)
	transferTime(t, &l.since)
	transferTime(t, &l.nextChange)
	if l.shelves == nil {
		l.shelves = map[Locale]*shelf{}
	}
	for _, loc := range Locales() {
		if t.Count(present(l.shelves[loc])) == 0 {
			continue
		}
		if l.shelves[loc] == nil {
			l.shelves[loc] = &shelf{}
		}
		l.shelves[loc].transfer(t, loc)
	}
}

func present(s *shelf) int {
	if s == nil {
		return 0
	}
	return 1
}

// transfer passes the articles in force and then the other versions; the rest of a shelf
// is made of these.
func (s *shelf) transfer(t Tape, loc Locale) {
	others := s.others()
	s.articles = transferred(t, s.articles, func(a **Article) { transferArticle(t, a, loc) })
	others = transferred(t, others, func(a **Article) { transferArticle(t, a, loc) })
	s.categories = transferred(t, s.categories, func(c *Category) { c.transfer(t) })
	s.departments = transferred(t, s.departments, func(d *Department) { d.transfer(t) })
	letters := transferred(t, inOrder(s.letters), func(l *Letter) { l.transfer(t, loc) })
	s.synonyms = transferred(t, s.synonyms, func(set *[]string) { transferStrings(t, set) })
	s.thresholds = transferThresholds(t, s.thresholds)
	if s.byID == nil {
		s.restore(others, letters)
	}
}

// others returns the versions that are not in force, in order.
func (s *shelf) others() []*Article {
	var others []*Article
	for _, id := range slices.Sorted(maps.Keys(s.versions)) {
		for _, a := range s.versions[id] {
			if s.byID[id] != a {
				others = append(others, a)
			}
		}
	}
	return others
}

func inOrder(letters map[string]Letter) []Letter {
	return slices.SortedFunc(maps.Values(letters), func(a, b Letter) int { return cmp.Compare(a.Name, b.Name) })
}

// restore makes what was not transferred.
func (s *shelf) restore(others []*Article, letters []Letter) {
	s.byID, s.versions, s.letters = map[string]*Article{}, map[string][]*Article{}, map[string]Letter{}
	for _, a := range s.articles {
		s.byID[a.ID] = a
	}
	for _, a := range slices.Concat(s.articles, others) {
		s.versions[a.ID] = append(s.versions[a.ID], a)
	}
	for _, versions := range s.versions {
		slices.SortStableFunc(versions, newestFirst)
	}
	for _, l := range letters {
		s.letters[l.Name] = l
	}
	s.gatherPassages()
}

func transferArticle(t Tape, at **Article, loc Locale) {
	if *at == nil {
		*at = &Article{Locale: loc}
	}
	a := *at
	t.String(&a.ID)
	t.String((*string)(&a.Kind))
	t.String(&a.Category)
	t.String(&a.Title)
	t.String(&a.Summary)
	transferStrings(t, &a.Questions)
	a.Sections = transferred(t, a.Sections, func(s *Section) { s.transfer(t) })
	transferTime(t, &a.Updated)
	transferTime(t, &a.Review)
	transferTime(t, &a.Effective)
	t.String(&a.Revision)
	t.String(&a.File)
}

func (s *Section) transfer(t Tape) {
	t.String(&s.Anchor)
	transferInt(t, &s.Level)
	t.String(&s.Number)
	t.String(&s.Heading)
	t.String((*string)(&s.HTML))
	t.String(&s.Text)
	transferStrings(t, &s.Questions)
	transferInt(t, &s.Line)
}

func (c *Category) transfer(t Tape) {
	t.String(&c.ID)
	t.String(&c.Title)
	t.String(&c.Summary)
	t.String(&c.Department)
	t.String(&c.Request)
	transferStrings(t, &c.Asks)
	transferStrings(t, &c.Needs)
}

func (d *Department) transfer(t Tape) {
	t.String(&d.ID)
	t.String(&d.Title)
}

func (l *Letter) transfer(t Tape, loc Locale) {
	l.Locale = loc
	t.String(&l.Name)
	t.String(&l.Subject)
	t.String(&l.Button)
	t.String(&l.Body)
}

// transferThresholds passes what a locale may have.
func transferThresholds(t Tape, at *Thresholds) *Thresholds {
	if at == nil {
		if t.Count(0) == 0 {
			return nil
		}
		at = &Thresholds{Categories: map[string]float64{}}
	} else {
		t.Count(1)
	}
	transferFloat(t, &at.Answer)
	transferFloat(t, &at.Suggest)
	ids := transferred(t, slices.Sorted(maps.Keys(at.Categories)), t.String)
	for _, id := range ids {
		from := at.Categories[id]
		transferFloat(t, &from)
		at.Categories[id] = from
	}
	return at
}

func transferFloat(t Tape, x *float64) {
	bits := int64(math.Float64bits(*x))
	t.Int(&bits)
	*x = math.Float64frombits(uint64(bits))
}

// transferred passes each item and returns the items; nil for none.
func transferred[T any](t Tape, items []T, each func(*T)) []T {
	if n := t.Count(len(items)); n != len(items) {
		items = make([]T, n)
	}
	for i := range items {
		each(&items[i])
	}
	return items
}

func transferStrings(t Tape, texts *[]string) { *texts = transferred(t, *texts, t.String) }

func transferInt(t Tape, n *int) {
	wide := int64(*n)
	t.Int(&wide)
	*n = int(wide)
}

// transferTime passes a time of whole seconds, UTC.
func transferTime(t Tape, day *time.Time) {
	seconds := day.Unix()
	t.Int(&seconds)
	*day = time.Unix(seconds, 0).UTC()
}
