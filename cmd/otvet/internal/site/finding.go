package site

import (
	"context"
	"slices"

	"otvet/kb"
	"otvet/search"
)

// How many hits a results page lists, and how many when a filter is set: all that there are.
const (
	maxFindings = 10
	maxNarrowed = 50
)

// finding is a hit as a line of the results.
type finding struct {
	Path     string
	Lang     string // of the hit, when it is not the page's; else empty
	Clause   string // Terms only
	Heading  []piece
	Quote    []piece
	Kind     string
	Category string
	Title    string // of the article
}

// piece is a stretch of a text; Mark says that it matches what was asked.
type piece struct {
	Text string
	Mark bool
}

// pieces cuts a text at its marks.
func pieces(text string, marks []search.Span) []piece {
	var found []piece
	done := 0
	add := func(end int, mark bool) {
		if end > done {
			found = append(found, piece{text[done:end], mark})
			done = end
		}
	}
	for _, m := range marks {
		add(m.Start, false)
		add(m.End, true)
	}
	add(len(text), false)
	return found
}

// findings are the hits of a results page, with the filters that narrow them.
type findings struct {
	Hits  []finding
	Count int // how many there are to list, beyond those listed too
	Sets  []filterSet
	Clear string // path without filters; empty when none is set
}

// filterSet are the filters by one property of a hit.
type filterSet struct {
	ID, Title string
	Filters   []filter
}

// filter is a link that narrows the results, or widens them again when it is set.
type filter struct {
	Path  string
	Title string
	Count int
	Here  bool // it is set
}

// find lists the hits for a view, without those that the page shows already, and says how
// the text was read.
func (s *Site) find(ctx context.Context, v searchView, ask string, shown []kb.Passage) (findings, search.Reading, error) {
	q := v.query()
	most := maxFindings
	if v.narrowed() {
		most = maxNarrowed
	}
	q.Kind, q.Category, q.Limit = v.Kind, v.Category, most+len(shown)
	found, err := s.Engine.Search(ctx, q)
	if err != nil {
		return findings{}, search.Reading{}, err
	}
	f := findings{Count: found.Counts.All}
	for _, h := range found.Hits[:min(found.Counts.All, len(found.Hits))] {
		if slices.ContainsFunc(shown, func(p kb.Passage) bool { return p.Ref == h.Passage.Ref }) {
			f.Count--
		} else if len(f.Hits) < most {
			f.Hits = append(f.Hits, s.finding(h, v.Lang, ask))
		}
	}
	v.Ask = ask
	f.addFilters(s, v, found.Counts)
	return f, found.Reading, nil
}

func (s *Site) finding(h search.Hit, lang, ask string) finding {
	p, words := h.Passage, s.words(lang)
	f := finding{
		Path: from(p.Ref.Path(), ask), Clause: p.Number,
		Heading: pieces(p.Heading, h.Heading), Quote: pieces(h.Quote, h.Quoted),
		Kind: words.T("kind." + string(p.Kind)),
	}
	if c, ok := s.Engine.Library().Category(kb.Locale(lang), p.Category); ok {
		f.Category = c.Title
	}
	// A guide's title is in its heading, and an FAQ's is that of its category.
	own, _ := s.Engine.Library().Category(p.Ref.Locale, p.Category)
	if p.Kind == kb.Terms && p.Title != own.Title {
		f.Title = p.Title
	}
	if string(p.Ref.Locale) != lang {
		f.Lang = string(p.Ref.Locale)
	}
	return f
}

// addFilters offers what leaves something, and what is set.
func (f *findings) addFilters(s *Site, v searchView, counts search.Counts) {
	words := s.words(v.Lang)
	kinds := filterSet{ID: "kinds", Title: words.T("filter.kind")}
	for _, k := range kb.Kinds() {
		to := v
		to.Kind = k
		kinds.add(to, v.Kind == k, filter{Title: words.T("kinds." + string(k)), Count: counts.Kinds[k]}, func(v *searchView) { v.Kind = "" })
	}
	categories := filterSet{ID: "categories", Title: words.T("filter.category")}
	for _, c := range s.Engine.Library().Categories(kb.Locale(v.Lang)) {
		to := v
		to.Category = c.ID
		categories.add(to, v.Category == c.ID, filter{Title: c.Title, Count: counts.Categories[c.ID]}, func(v *searchView) { v.Category = "" })
	}
	for _, set := range []filterSet{kinds, categories} {
		if len(set.Filters) > 1 || v.narrowed() && len(set.Filters) > 0 { // a single one narrows nothing
			f.Sets = append(f.Sets, set)
		}
	}
	if v.narrowed() {
		f.Clear = v.whole().url()
	}
}

// add adds a filter that leads to a view; one that is set leads to the view without it.
func (set *filterSet) add(to searchView, here bool, f filter, remove func(*searchView)) {
	if !here && f.Count == 0 {
		return
	}
	if f.Here = here; here {
		remove(&to)
		if !to.narrowed() {
			to.Ask = ""
		}
	}
	f.Path = to.url()
	set.Filters = append(set.Filters, f)
}
