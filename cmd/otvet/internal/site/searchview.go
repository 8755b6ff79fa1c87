package site

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"otvet/kb"
	"otvet/search"
)

// searchView is what a results page was asked to show. It has an address.
type searchView struct {
	Lang     string
	Text     string
	Verbatim bool    // the text as it was typed, not rewritten
	Kind     kb.Kind // empty: all
	Category string  // empty: all
	Ask      string  // key of the ask whose results are narrowed; may be empty
}

// readSearchView reads an address. A filter that does not exist filters nothing, and the
// page shows so.
func readSearchView(r *http.Request, lib *kb.Library) searchView {
	q, lang := r.URL.Query(), langOf(r)
	v := searchView{Lang: lang, Text: strings.TrimSpace(q.Get("q")), Verbatim: q.Get("as") == "typed"}
	if kind := kb.Kind(q.Get("kind")); slices.Contains(kb.Kinds(), kind) {
		v.Kind = kind
	}
	if _, ok := lib.Category(kb.Locale(lang), q.Get("category")); ok {
		v.Category = q.Get("category")
	}
	if isKey(q.Get("from")) && v.narrowed() {
		v.Ask = q.Get("from")
	}
	return v
}

// narrowed reports whether a filter is set.
func (v searchView) narrowed() bool { return v.Kind != "" || v.Category != "" }

// query returns what to search for.
func (v searchView) query() search.Query {
	return search.Query{Text: v.Text, Locale: kb.Locale(v.Lang), Verbatim: v.Verbatim}
}

// url returns the address of the page.
func (v searchView) url() string {
	// The text comes first, by hand: an address is read, too.
	u := address(v.Lang, "search?q="+url.QueryEscape(v.Text))
	for _, field := range []struct{ name, value string }{
		{"as", map[bool]string{true: "typed"}[v.Verbatim]}, {"kind", string(v.Kind)}, {"category", v.Category}, {"from", v.Ask},
	} {
		if field.value != "" {
			u += "&" + field.name + "=" + url.QueryEscape(field.value)
		}
	}
	return u
}

// whole returns the view without filters, and so without the ask that they narrow.
func (v searchView) whole() searchView {
	v.Kind, v.Category, v.Ask = "", "", ""
	return v
}

// in returns the view in a language.
func (v searchView) in(lang string) searchView {
	v.Lang = lang
	return v
}
