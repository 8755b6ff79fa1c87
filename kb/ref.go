package kb

import (
	"fmt"
	"strings"
)

// Ref names a passage exactly: locale, article, anchor and the article's revision.
// Its text form is "ru/faq/withdrawals#how-long@0123456789ab"; an introduction
// has an empty anchor.
type Ref struct {
	Locale   Locale
	Article  string
	Anchor   string
	Revision string
}

// String returns the text form.
func (r Ref) String() string {
	return fmt.Sprintf("%s/%s#%s@%s", r.Locale, r.Article, r.Anchor, r.Revision)
}

// Path returns the site's address of the passage, such as "/ru/faq/withdrawals#how-long".
func (r Ref) Path() string {
	p := "/" + string(r.Locale) + "/" + r.Article
	if r.Anchor != "" {
		p += "#" + r.Anchor
	}
	return p
}

// MarshalText implements encoding.TextMarshaler with the text form.
func (r Ref) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; see [ParseRef].
func (r *Ref) UnmarshalText(b []byte) (err error) {
	*r, err = ParseRef(string(b))
	return err
}

// ParseRef reads the text form of a Ref. It checks the shape only, not that the
// passage exists.
func ParseRef(s string) (Ref, error) {
	locale, rest, ok1 := strings.Cut(s, "/")
	article, rest, ok2 := strings.Cut(rest, "#")
	anchor, revision, ok3 := strings.Cut(rest, "@")
	r := Ref{Locale(locale), article, anchor, revision}
	if !ok1 || !ok2 || !ok3 || !r.Locale.Valid() || article == "" || revision == "" {
		return Ref{}, fmt.Errorf("parse ref %q: want locale/kind/slug#anchor@revision", s)
	}
	return r, nil
}
