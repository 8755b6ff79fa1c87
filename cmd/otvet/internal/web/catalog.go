package web

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Langs are the languages of the program's own words, in the order of the switch.
func Langs() []string { return []string{"ru", "en"} }

// Catalog holds the messages of every language.
type Catalog struct {
	printers map[string]*Printer
}

// text is one message: a plain one has only "other".
type text map[string]string

// UnmarshalYAML takes a string or a map of plural forms (one, few, many, other).
func (t *text) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*t = text{"other": n.Value}
		return nil
	}
	forms := map[string]string{}
	if err := n.Decode(&forms); err != nil {
		return err
	}
	*t = forms
	return nil
}

// LoadCatalog reads messages/<lang>.yaml of each folder. Times are shown in zone. A key
// that a language lacks, a key that two folders have, or a plural without all forms of
// its language is an error.
func LoadCatalog(zone *time.Location, folders ...fs.FS) (*Catalog, error) {
	c := &Catalog{printers: map[string]*Printer{}}
	for _, lang := range Langs() {
		texts := map[string]text{}
		for _, folder := range folders {
			if err := addMessages(texts, folder, lang); err != nil {
				return nil, err
			}
		}
		tag := language.Make(lang)
		c.printers[lang] = &Printer{lang, tag, texts, zone, message.NewPrinter(tag)}
	}
	return c, c.check()
}

// Zone is the zone in which times are shown.
func (c *Catalog) Zone() *time.Location { return c.printers[Langs()[0]].zone }

func addMessages(texts map[string]text, folder fs.FS, lang string) error {
	name := "messages/" + lang + ".yaml"
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	var more map[string]text
	if err := yaml.Unmarshal(data, &more); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	for key, t := range more {
		if _, twice := texts[key]; twice {
			return fmt.Errorf("read %s: message %q stands in two folders", name, key)
		}
		texts[key] = t
	}
	return nil
}

// forms are the plural forms that a counted message needs.
var forms = map[string][]string{
	"ru": {"one", "few", "many", "other"},
	"en": {"one", "other"},
}

func (c *Catalog) check() error {
	var errs []error
	keys := map[string]bool{}
	for _, p := range c.printers {
		for key := range p.texts {
			keys[key] = true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		for _, lang := range Langs() {
			errs = append(errs, checkText(c.printers[lang].texts[key], lang, key))
		}
	}
	return errors.Join(errs...)
}

func checkText(t text, lang, key string) error {
	if t == nil {
		return fmt.Errorf("message %q is missing in %s", key, lang)
	}
	if len(t) == 1 && t["other"] != "" {
		return nil
	}
	for _, form := range forms[lang] {
		if t[form] == "" {
			return fmt.Errorf("message %q lacks the plural form %q in %s", key, form, lang)
		}
	}
	return nil
}

// Has reports whether a message exists.
func (c *Catalog) Has(key string) bool {
	_, ok := c.printers[Langs()[0]].texts[key]
	return ok
}

// Printer returns the printer of a language; an unknown language gets English.
func (c *Catalog) Printer(lang string) *Printer {
	if p, ok := c.printers[lang]; ok {
		return p
	}
	return c.printers["en"]
}

// Printer puts things into the words of one language.
type Printer struct {
	lang    string
	tag     language.Tag
	texts   map[string]text
	zone    *time.Location
	numbers *message.Printer
}

// T returns a message with its arguments filled in as fmt does. An unknown key comes
// back as it is; ParseTemplates and the tests see to it that there is none.
func (p *Printer) T(key string, args ...any) string {
	t, ok := p.texts[key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return t["other"]
	}
	return fmt.Sprintf(t["other"], args...)
}

// N returns a counted message in the plural form of n; n is its first argument.
func (p *Printer) N(key string, n int, args ...any) string {
	t, ok := p.texts[key]
	if !ok {
		return key
	}
	form := t[formName(plural.Cardinal.MatchPlural(p.tag, n, 0, 0, 0, 0))]
	if form == "" {
		form = t["other"]
	}
	return fmt.Sprintf(form, append([]any{p.Number(n)}, args...)...)
}

func formName(f plural.Form) string {
	switch f {
	case plural.One:
		return "one"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	}
	return "other"
}

// Number writes an integer with the language's separators.
func (p *Printer) Number(n int) string { return p.numbers.Sprintf("%d", n) }
