package kb

import (
	"fmt"
	"net/url"
	"path"
	"strings"
)

// maxURL is the length of the longest link kept, in bytes.
const maxURL = 2000

// target is where a link leads.
type target struct {
	href     string
	external bool
	file     string // of an article in the content; empty for anything else
	anchor   string // in file
}

// link is a reference from one article to another, kept until all are known.
type link struct {
	at place
	target
}

// resolve finds the target of dest, as written in file, or says what is wrong with it.
func resolve(file, dest string) (t target, problem string) {
	switch {
	case dest == "" || len(dest) > maxURL:
		return t, "link without a usable address: write ../kind/slug.md#anchor"
	case dest == "/contact":
		return target{href: "/" + localeOf(file) + "/contact"}, ""
	case hasScheme(dest):
		return external(dest)
	case strings.HasPrefix(dest, "/"):
		return t, fmt.Sprintf("dead link %q: of absolute paths only /contact exists; for an article write ../kind/slug.md", dest)
	}
	return internal(file, dest)
}

// hasScheme says whether a browser would read dest as more than a path.
func hasScheme(dest string) bool {
	before, _, found := strings.Cut(dest, ":")
	return found && !strings.ContainsAny(before, "/#?") || isRemote(dest)
}

// isRemote says whether dest names another host.
func isRemote(dest string) bool {
	return strings.Contains(dest, "://") || strings.HasPrefix(dest, "//")
}

// external lets through what cannot run a script in the reader's page.
func external(dest string) (t target, problem string) {
	refused := fmt.Sprintf("link to %q: of external addresses only https:, mailto: and tel: are allowed", dest)
	u, err := url.Parse(dest)
	if err != nil || u.User != nil {
		return t, refused
	}
	// A backslash is a slash to browsers, not to Go.
	href := strings.ReplaceAll(u.String(), `\`, "%5C")
	switch {
	case u.Scheme == "https" && u.Host != "":
		return target{href: href, external: true}, ""
	case (u.Scheme == "mailto" || u.Scheme == "tel") && u.Opaque != "":
		return target{href: href}, ""
	}
	return t, refused
}

// internal resolves "../faq/withdrawals.md#limits", "#limits" and "faq/withdrawals#limits".
func internal(file, dest string) (t target, problem string) {
	name, anchor, hasAnchor := strings.Cut(dest, "#")
	dead := fmt.Sprintf("dead link %q: write ../kind/slug.md#anchor for an article in the same language", dest)
	if hasAnchor && !isSlug(anchor) {
		return t, dead
	}
	t = target{file: articleFile(file, name), anchor: anchor}
	if _, ok := parseName(t.file); !ok || localeOf(t.file) != localeOf(file) {
		return target{}, dead
	}
	t.href = "/" + strings.TrimSuffix(t.file, ".md")
	if hasAnchor {
		t.href += "#" + anchor
	}
	return t, ""
}

// articleFile returns the file that a name in a link means.
func articleFile(from, name string) string {
	if name == "" {
		return from
	}
	kind, _, _ := strings.Cut(name, "/")
	if Kind(kind).valid() && !strings.HasSuffix(name, ".md") {
		return path.Join(localeOf(from), name+".md")
	}
	return path.Join(path.Dir(from), name)
}
