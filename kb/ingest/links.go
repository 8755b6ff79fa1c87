package ingest

import (
	"net/url"
	"path"
	"strings"
)

// maxURL is the length of the longest address kept, in bytes.
const maxURL = 2000

// resolve returns where a link of the source leads in our content; false when the link
// must go, which is noted.
func (r *run) resolve(from *article, note func(string, ...any), href string) (string, bool) {
	href = strings.Map(func(c rune) rune {
		if c < ' ' {
			return -1 // browsers pass over line ends and tabs in addresses
		}
		return c
	}, href)
	u, err := url.Parse(strings.ReplaceAll(href, `\`, "/"))
	if err != nil || len(href) > maxURL {
		note("link to %q left out: it is no address", shorten(href, 80))
		return "", false
	}
	if to, fragment, ok := r.target(from, u); ok {
		return r.address(from, to, fragment, note)
	}
	internal := u.Host == "" || strings.EqualFold(u.Host, from.host)
	switch {
	case u.Scheme == "" && u.Host == "" && u.Path == "/contact", internal && requestPath.MatchString(u.Path):
		return "/contact", true
	case u.Scheme == "https" && u.Host != "" && !strings.Contains(u.Host, "[") && u.User == nil, (u.Scheme == "mailto" || u.Scheme == "tel") && u.Opaque != "":
		return strings.NewReplacer("{", "%7B", "}", "%7D", " ", "%20").Replace(u.String()), true
	case u.Scheme == "" && u.Host == "":
		note("link to %q left out: it is not among what was imported", shorten(href, 80))
	default:
		note("link to %q left out: of other addresses only https:, mailto: and tel: are kept", shorten(href, 80))
	}
	return "", false
}

// target returns the article that an address means, and the fragment in it.
func (r *run) target(from *article, u *url.URL) (*article, string, bool) {
	if u.Scheme == "" && u.Host == "" && u.Path == "" && u.RawQuery == "" {
		return from, u.Fragment, u.Fragment != ""
	}
	if m := articlePath.FindStringSubmatch(u.Path); m != nil && (u.Host == "" || strings.EqualFold(u.Host, from.host)) {
		to, ok := r.pages[string(from.locale)+" "+m[1]]
		return to, u.Fragment, ok
	}
	if u.Scheme != "" || u.Host != "" || u.Path == "" {
		return nil, "", false
	}
	for _, key := range pathKeys(from.key, u.Path) {
		if to, ok := r.pages[string(from.locale)+" "+key]; ok {
			return to, u.Fragment, true
		}
	}
	return nil, "", false
}

// pathKeys returns what a relative path, or one from the root of the source, may mean.
func pathKeys(from, to string) []string {
	name := path.Join(path.Dir(from), to)
	if strings.HasPrefix(to, "/") {
		name = strings.TrimPrefix(path.Clean(to), "/")
	}
	stem := name
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".mdx", ".markdown", ".html", ".htm":
		stem = strings.TrimSuffix(name, path.Ext(name))
	}
	return []string{stem, path.Join(stem, "index")}
}

// address writes a link to an article.
func (r *run) address(from, to *article, fragment string, note func(string, ...any)) (string, bool) {
	anchor, known := to.anchors[fragment]
	if !known {
		anchor, known = to.anchors[headingID(fragment)]
	}
	there := r.exists(to.file(r.Kind)) && !r.Replace
	switch {
	case to == from && !known:
		note("link to %q left out: there is no such place in the article", "#"+fragment)
		return "", false
	case to == from && anchor != "":
		return "#" + anchor, true
	case to.skipped() && !there:
		note("link to %s left out, which is skipped", to.source)
		return "", false
	case fragment != "" && !known:
		note("link to %q leads to the whole article: there is no such place in it", to.key+"#"+fragment)
	}
	if anchor != "" && !to.skipped() {
		anchor = "#" + anchor
	} else {
		anchor = ""
	}
	return "../" + string(r.Kind) + "/" + to.slug + ".md" + anchor, true
}
