package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
)

// robots answers GET /robots.txt.
func (s *Site) robots(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = fmt.Fprintf(w, "User-agent: *\nDisallow: /*/search\nDisallow: /*/suggest\nDisallow: /*/requests/\n\nSitemap: %s\n",
		s.absolute("/sitemap.xml")) // the reader has gone; nobody is left to tell
	return nil
}

// urlset is a sitemap (https://www.sitemaps.org/protocol.html) with the pages in other
// languages beside each.
type urlset struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc        string      `xml:"loc"`
	Modified   string      `xml:"lastmod,omitempty"`
	Alternates []alternate `xml:"xhtml:link"`
}

type alternate struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// sitemap answers GET /sitemap.xml: every page that search engines may keep.
func (s *Site) sitemap(w http.ResponseWriter, _ *http.Request) error {
	set := urlset{XHTML: "http://www.w3.org/1999/xhtml"}
	lib := s.Engine.Library()
	for _, lang := range web.Langs() {
		for _, path := range []string{"", "terms", "contact", "reports"} {
			set.URLs = append(set.URLs, s.sitemapURL(lang, path, time.Time{}))
		}
		for _, c := range lib.Categories(kb.Locale(lang)) {
			if k := newCard(c, lang, lib.Articles(kb.Locale(lang))); k.Questions+k.Guides == 0 {
				continue
			}
			set.URLs = append(set.URLs, s.sitemapURL(lang, "categories/"+c.ID, time.Time{}))
		}
		for _, a := range lib.Articles(kb.Locale(lang)) {
			set.URLs = append(set.URLs, s.sitemapURL(lang, a.ID, a.Updated))
		}
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(set); err != nil {
		return fmt.Errorf("write the sitemap: %w", err)
	}
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	_, _ = b.WriteTo(w) // as in robots
	return nil
}

func (s *Site) sitemapURL(lang, path string, updated time.Time) sitemapURL {
	u := sitemapURL{Loc: s.absolute(address(lang, path))}
	if !updated.IsZero() {
		u.Modified = updated.Format(time.DateOnly)
	}
	for _, l := range web.Langs() {
		u.Alternates = append(u.Alternates, alternate{"alternate", l, s.absolute(address(l, path))})
	}
	return u
}
