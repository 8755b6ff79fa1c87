package kb

import (
	"html/template"
	"io/fs"
	"time"
)

// Library is an immutable snapshot of all content. It is safe for concurrent use;
// callers must not change what it returns.
type Library struct{}

// Load reads everything below fsys. What is in force is judged at now. It always
// returns a Library of what could be read, and each thing that is wrong as a Problem,
// ordered by file and line; no problems means that the content may serve.
func Load(fsys fs.FS, now time.Time) (*Library, []Problem) { panic("unbuilt") }

// Revision identifies the whole snapshot: a hash over every file, 12 hexadecimal digits.
func (l *Library) Revision() string { panic("unbuilt") }

// Articles returns the articles in force in a locale, ordered by kind, category and title.
func (l *Library) Articles(loc Locale) []*Article { panic("unbuilt") }

// Article returns the article in force, or false.
func (l *Library) Article(loc Locale, id string) (*Article, bool) { panic("unbuilt") }

// Versions returns every version of a Terms document (and the only version of
// anything else), newest first, those not yet in force included.
func (l *Library) Versions(loc Locale, id string) []*Article { panic("unbuilt") }

// Version returns the version of a Terms document effective from that day, or false.
func (l *Library) Version(loc Locale, id string, effective time.Time) (*Article, bool) {
	panic("unbuilt")
}

// Related returns up to n other articles in force of the same category.
func (l *Library) Related(a *Article, n int) []*Article { panic("unbuilt") }

// Categories returns the categories of a locale in the editors' order.
func (l *Library) Categories(loc Locale) []Category { panic("unbuilt") }

// Category returns one category, or false.
func (l *Library) Category(loc Locale, id string) (Category, bool) { panic("unbuilt") }

// Passages returns the passages of all articles in force in a locale.
func (l *Library) Passages(loc Locale) []Passage { panic("unbuilt") }

// Passage returns the passage with exactly this Ref, of any version, or false.
func (l *Library) Passage(r Ref) (Passage, bool) { panic("unbuilt") }

// Letter returns a letter by name, or false.
func (l *Library) Letter(loc Locale, name string) (Letter, bool) { panic("unbuilt") }

// NextChange returns the next day on which another Terms version takes effect,
// after which the content must be loaded again; zero when there is none.
func (l *Library) NextChange() time.Time { panic("unbuilt") }

// Marked returns the passage's HTML with the given sentence of its text inside
// <mark> elements. A sentence that does not occur leaves the HTML as it is.
func (p Passage) Marked(sentence string) template.HTML { panic("unbuilt") }
