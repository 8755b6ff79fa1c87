package ingest

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"otvet/kb"
)

// name gives articles their slugs and sections their anchors. Translations of one text
// share them: a reader who changes the language stays at the place.
func (r *run) name(context.Context) error {
	taken := names{}
	for _, device := range devices() {
		taken[device] = 1
	}
	for _, group := range r.groups() {
		lead := group[0]
		slug := taken.unique(r.slug(lead))
		lead.nameSections(r.Kind)
		for _, a := range group {
			a.slug = slug
			if a != lead {
				a.nameSections(r.Kind)
				a.followAnchors(lead)
			}
			a.indexFragments()
			if a.item.File = a.file(r.Kind); r.exists(a.item.File) && !r.Replace {
				there := a.item.File
				a.skip(there + " exists already: --replace overwrites it")
			}
			r.pages[string(a.locale)+" "+a.key] = a
		}
	}
	return nil
}

// devices returns the names that Windows takes for devices, whatever their extension is:
// a checkout with such a file cannot be made there.
func devices() []string {
	names := []string{"con", "prn", "aux", "nul"}
	for i := range 10 {
		names = append(names, fmt.Sprintf("com%d", i), fmt.Sprintf("lpt%d", i))
	}
	return names
}

// groups returns the live articles, those that are translations of each other together,
// the English one first.
func (r *run) groups() [][]*article {
	var order []string
	byPair := map[string][]*article{}
	for _, a := range r.live() {
		group := byPair[a.pair]
		if group == nil {
			order = append(order, a.pair)
		}
		if other := inLocale(group, a.locale); other != nil {
			a.skip("the same article as " + other.source)
			continue
		}
		if a.locale == kb.EN {
			byPair[a.pair] = append([]*article{a}, group...)
		} else {
			byPair[a.pair] = append(group, a)
		}
	}
	var groups [][]*article
	for _, pair := range order {
		groups = append(groups, byPair[pair])
	}
	return groups
}

// inLocale returns the article of a group in a locale, or nil.
func inLocale(group []*article, locale kb.Locale) *article {
	for _, a := range group {
		if a.locale == locale {
			return a
		}
	}
	return nil
}

// slug returns the slug that an article would like: of a CSV its category, else of its
// title, else of its name in the source.
func (r *run) slug(a *article) string {
	if len(a.rows) > 0 {
		return a.category
	}
	for _, words := range []string{a.title, a.key} {
		if slug := slugOf(words); slug != "" {
			return slug
		}
	}
	return "article"
}

// nameSections gives every heading an anchor, unique in the article.
func (a *article) nameSections(kind kb.Kind) {
	taken := names{}
	for _, s := range a.sections {
		switch {
		case s.level == 0:
			continue
		case kind == kb.Terms:
			s.anchor = s.clauseAnchor()
		default:
			slug := slugOf(s.heading)
			if slug == "" {
				slug = "section"
			}
			s.anchor = taken.unique(slug)
		}
	}
}

// followAnchors takes over the anchors of a translation whose sections are the same in
// number and level. Otherwise a person has to pair them.
func (a *article) followAnchors(lead *article) {
	if len(a.sections) != len(lead.sections) || len(a.rows) > 0 {
		a.item.note("its sections are not those of %s: make the anchors of both the same", lead.source)
		return
	}
	for i, s := range a.sections {
		if s.level != lead.sections[i].level {
			a.item.note("its sections are not those of %s: make the anchors of both the same", lead.source)
			return
		}
	}
	for i, s := range a.sections {
		s.anchor = lead.sections[i].anchor
	}
}

// indexFragments maps what links of the source call the sections to our anchors: ids
// first, then the names that other tools make of headings.
func (a *article) indexFragments() {
	a.anchors = map[string]string{}
	for _, s := range a.sections {
		for _, id := range s.ids {
			if _, taken := a.anchors[id]; !taken {
				a.anchors[id] = s.anchor
			}
		}
	}
	for _, s := range a.sections {
		for _, id := range []string{headingID(s.heading), headingID(s.number + " " + s.heading), s.anchor} {
			if _, taken := a.anchors[id]; !taken && s.level > 0 {
				a.anchors[id] = s.anchor
			}
		}
	}
}

// headingID returns the fragment that GitHub and static site generators make of a
// heading: lower case, punctuation dropped, spaces as hyphens.
func headingID(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(heading))
}
