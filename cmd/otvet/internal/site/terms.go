package site

import (
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"otvet/kb"
)

// termsListPage is GET /{lang}/terms.
type termsListPage struct {
	frame
	Terms []*kb.Article
}

// termsList answers GET /{lang}/terms.
func (s *Site) termsList(w http.ResponseWriter, r *http.Request) error {
	lang := langOf(r)
	p := termsListPage{frame: s.frame(lang, s.words(lang).T("terms.list.title"), "terms")}
	p.Description = s.words(lang).T("terms.list.lead", s.Operator)
	for _, a := range s.Engine.Library().Articles(kb.Locale(lang)) {
		if a.Kind == kb.Terms {
			p.Terms = append(p.Terms, a)
		}
	}
	return s.pages.termsList.Write(w, http.StatusOK, &p)
}

// termsPage is one version of a Terms document: GET /{lang}/terms/{slug} shows the one in
// force, GET /{lang}/terms/{slug}/{date} the one effective from that day.
type termsPage struct {
	frame
	document
	Shown    version
	Current  version // zero when no version is in force yet
	Versions []version
}

// version is a version of a Terms document in a list of them.
type version struct {
	Path      string
	Effective time.Time
	Until     time.Time // first day on which it is not in force any more; zero: none
	InForce   bool
	Future    bool
	Shown     bool
}

// LastDay returns the last day on which a version with an end is in force.
func (v version) LastDay() time.Time { return v.Until.AddDate(0, 0, -1) }

// terms answers GET /{lang}/terms/{slug}.
func (s *Site) terms(w http.ResponseWriter, r *http.Request) error {
	lang, slug := langOf(r), chi.URLParam(r, "slug")
	if slug, date, dated := strings.Cut(slug, "@"); dated { // as links between articles write it
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			return s.missing(w, r)
		}
		http.Redirect(w, r, address(lang, "terms/"+slug+"/"+date), http.StatusMovedPermanently)
		return nil
	}
	lib := s.Engine.Library()
	a, ok := lib.Article(kb.Locale(lang), string(kb.Terms)+"/"+slug)
	if !ok {
		return s.missing(w, r)
	}
	return s.showTerms(w, r, lib, a, a.ID)
}

// termsVersion answers GET /{lang}/terms/{slug}/{date}.
func (s *Site) termsVersion(w http.ResponseWriter, r *http.Request) error {
	lang, date := langOf(r), chi.URLParam(r, "date")
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return s.missing(w, r)
	}
	lib := s.Engine.Library()
	a, ok := lib.Version(kb.Locale(lang), string(kb.Terms)+"/"+chi.URLParam(r, "slug"), day)
	if !ok {
		return s.missing(w, r)
	}
	return s.showTerms(w, r, lib, a, a.ID+"/"+date)
}

func (s *Site) showTerms(w http.ResponseWriter, r *http.Request, lib *kb.Library, a *kb.Article, path string) error {
	lang := string(a.Locale)
	p := termsPage{frame: s.frame(lang, a.Title, path), document: s.newDocument(lib, a)}
	p.Description = a.Summary
	p.Crumbs = []link{p.Crumbs[0], {Path: address(lang, "terms"), Title: s.words(lang).T("terms.list.title")}}
	p.Versions = versions(lib, a)
	for _, v := range p.Versions {
		if v.Shown {
			p.Shown = v
		}
		if v.InForce {
			p.Current = v
		}
	}
	if p.Shown.InForce { // the dated address of the version in force is a second one for the same page
		p.Canonical = s.absolute(p.Current.Path)
	} else {
		p.NoIndex = true // a search engine must not offer what is not in force
		p.Title = s.words(lang).T("terms.version.title", a.Title, s.words(lang).Date(a.Effective))
	}
	s.viewed(r, a)
	return s.pages.terms.Write(w, http.StatusOK, &p)
}

// versions returns every version of shown's document, newest first.
func versions(lib *kb.Library, shown *kb.Article) []version {
	current, inForce := lib.Article(shown.Locale, shown.ID)
	var list []version
	var next time.Time
	for _, a := range lib.Versions(shown.Locale, shown.ID) {
		v := version{
			Path:      address(string(a.Locale), a.ID+"/"+a.Effective.Format(time.DateOnly)),
			Effective: a.Effective,
			Until:     next,
			InForce:   inForce && a.Effective.Equal(current.Effective),
			Future:    !inForce || a.Effective.After(current.Effective),
			Shown:     a.Effective.Equal(shown.Effective),
		}
		if v.InForce {
			v.Path = address(string(a.Locale), a.ID)
		}
		next = a.Effective
		list = append(list, v)
	}
	return list
}
