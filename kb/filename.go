package kb

import (
	"path"
	"slices"
	"strings"
)

// fileName is what an article's place in the content says about it.
type fileName struct {
	kind    Kind
	slug    string
	version string // "2025-11-01" of "bonuses@2025-11-01.md"; else empty
}

// id returns the article's ID.
func (n fileName) id() string { return string(n.kind) + "/" + n.slug }

// parseName reads "<locale>/<kind>/<slug>.md" or, for Terms, "<locale>/terms/<slug>@<date>.md".
func parseName(file string) (fileName, bool) {
	dir, base := path.Split(file)
	kind := Kind(path.Base(dir))
	stem, isMarkdown := strings.CutSuffix(base, ".md")
	slug, version, dated := strings.Cut(stem, "@")
	ok := isMarkdown && len(slug) <= maxSlug && kind.valid() && strings.Count(file, "/") == 2 && isSlug(slug) &&
		(!dated || kind == Terms && isSlug(version))
	return fileName{kind, slug, version}, ok
}

// maxSlug is the length of the longest slug, in bytes: it is part of addresses and of what is counted.
const maxSlug = 100

// localeOf returns the first folder of a path in the content.
func localeOf(file string) string {
	locale, _, _ := strings.Cut(file, "/")
	return locale
}

// valid reports whether k is one of [Kinds].
func (k Kind) valid() bool { return slices.Contains(Kinds(), k) }

// isSlug says whether s can stand in an address: a-z, 0-9 and inner hyphens.
func isSlug(s string) bool {
	isOther := func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') }
	return s != "" && !strings.ContainsFunc(s, isOther) && s[0] != '-' && s[len(s)-1] != '-'
}
