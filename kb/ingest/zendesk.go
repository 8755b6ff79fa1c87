package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// page is one file of an export: articles, sections and categories in any mixture.
type page struct {
	Articles []json.RawMessage `json:"articles"`
	Sections []json.RawMessage `json:"sections"`
	Groups   []json.RawMessage `json:"categories"` // of sections: our articles have one level only
	Count    int               `json:"count"`
}

// exported is an article as Zendesk's help-centre API lists it; other fields are not used.
type exported struct {
	ID        json.Number `json:"id"`
	Title     string      `json:"title"`
	Body      *string     `json:"body"`
	Locale    string      `json:"locale"`
	SectionID json.Number `json:"section_id"`
	Draft     bool        `json:"draft"`
	Outdated  bool        `json:"outdated"`
	UpdatedAt string      `json:"updated_at"`
	EditedAt  string      `json:"edited_at"`
	HTMLURL   string      `json:"html_url"`
}

// exportedSection is a section of the help centre in one language.
type exportedSection struct {
	ID          json.Number `json:"id"`
	Name        string      `json:"name"`
	Description string      `json:"description"`
	Locale      string      `json:"locale"`
}

// export is all pages together.
type export struct {
	sections map[string]exportedSection // by ID and language
	listed   map[string]int             // articles that the pages of a language hold
	count    map[string]int             // articles that they say there are
}

// readZendesk reads the articles of all pages. Sections may come in any of the files.
func (r *run) readZendesk(ctx context.Context, files []file) error {
	x := export{map[string]exportedSection{}, map[string]int{}, map[string]int{}}
	pages, objects := make([]page, len(files)), 0
	for i, f := range files {
		if err := going(ctx); err != nil {
			return err
		}
		p, err := readPage(f.text)
		if err != nil {
			r.skip(f.name, "%v", err)
			continue
		}
		if objects += len(p.Articles) + len(p.Sections); objects > maxArticles {
			return fmt.Errorf("%w: it holds more than %d articles and sections: import it in parts", ErrRefused, maxArticles)
		}
		pages[i] = p
		x.readSections(r, f.name, p)
	}
	for i, f := range files {
		if err := going(ctx); err != nil {
			return err
		}
		x.readArticles(r, f, pages[i])
	}
	for _, language := range slices.Sorted(maps.Keys(x.count)) {
		count, listed := x.count[language], x.listed[language]
		if listed < count {
			r.skip("export", "it says that it has %d articles in %q, and holds %d: fetch the pages that follow (next_page) into the same folder", count, language, listed)
		}
	}
	return nil
}

// readPage reads one file of an export.
func readPage(text string) (p page, err error) {
	if err := strict([]byte(text), &p); err != nil {
		return page{}, fmt.Errorf("not an export of a help centre: %w", err)
	}
	if p.Articles == nil && p.Sections == nil && p.Groups == nil {
		return page{}, errors.New("not an export of a help centre: it holds no articles, sections or categories")
	}
	return p, nil
}

// readSections takes the sections of a page.
func (x export) readSections(r *run, source string, p page) {
	for i, raw := range p.Sections {
		var s exportedSection
		if err := strict(raw, &s); err != nil {
			r.skip(fmt.Sprintf("%s: sections[%d]", source, i), "%v", err)
			continue
		}
		x.sections[s.ID.String()+"/"+languageOf(s.Locale)] = s
	}
}

// readArticles takes the articles of a page.
func (x export) readArticles(r *run, f file, p page) {
	for i, raw := range p.Articles {
		var e exported
		if err := strict(raw, &e); err != nil {
			r.skip(fmt.Sprintf("%s: articles[%d]", f.name, i), "%v", err)
			continue
		}
		language := languageOf(e.Locale)
		x.listed[language]++
		x.count[language] = max(x.count[language], p.Count)
		source := fmt.Sprintf("%s: article %s (%s)", f.name, e.ID, e.Locale)
		switch {
		case e.Draft:
			r.skip(source, "draft: publish it, then import it")
		case e.Body == nil:
			r.skip(source, "no text")
		default:
			x.article(r, source, e, f.note)
		}
	}
}

// article makes an article of what the export says.
func (x export) article(r *run, source string, e exported, note string) {
	id, language := e.ID.String(), languageOf(e.Locale)
	section, ok := x.sections[e.SectionID.String()+"/"+language]
	if !ok {
		section = x.sections[e.SectionID.String()+"/"]
	}
	body, removed := clean(*e.Body)
	a := &article{
		source: source, key: id, pair: id, language: e.Locale,
		section: line(section.Name), sectionPair: e.SectionID.String(), about: line(section.Description),
		title: line(e.Title), updated: r.Now, host: hostOf(e.HTMLURL), html: body,
	}
	for _, text := range []string{e.UpdatedAt, e.EditedAt} {
		if day, ok := parseDay(text); ok {
			a.updated = day
		}
	}
	r.take(a)
	a.noteAll(note, removed)
	if e.Outdated {
		a.item.note("marked as outdated in the export: compare it with the other languages")
	}
}

// hostOf returns the host of an address; empty when it has none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// languageOf returns the language of a locale such as "en-us".
func languageOf(locale string) string {
	language, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(locale), "_", "-"), "-")
	return language
}

// articlePath finds the ID of an article in the path of its page.
var articlePath = regexp.MustCompile(`^(?:/hc/[A-Za-z_-]+|/hc)?/articles/(\d+)(?:-[^/]*)?/?$`)

// requestPath is the page on which the help centre takes requests.
var requestPath = regexp.MustCompile(`^(?:/hc/[A-Za-z_-]+|/hc)/requests/new/?$`)
