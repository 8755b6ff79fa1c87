package ingest

import (
	"context"
	"fmt"

	"otvet/kb"
)

// settle decides the locale and the category of every article.
func (r *run) settle(context.Context) error {
	if err := r.readExisting(); err != nil {
		return err
	}
	if err := r.settleLocales(); err != nil {
		return err
	}
	return r.settleCategories()
}

// settleLocales skips articles in languages that were not asked for or are not spoken.
func (r *run) settleLocales() error {
	unknown := 0
	for _, a := range r.articles {
		language := kb.Locale(languageOf(a.language))
		switch {
		case language == "" && r.Locale == "":
			unknown++
			a.skip("it does not say its language: give --locale")
		case language == "":
			a.locale = r.Locale
		case !language.Valid():
			a.skip(fmt.Sprintf("language %q is not spoken here: only %s and %s are", a.language, kb.RU, kb.EN))
		case r.Locale != "" && language != r.Locale:
			a.skip(fmt.Sprintf("it is in %q, and only %q was asked for", language, r.Locale))
		default:
			a.locale = language
		}
	}
	if unknown > 0 && unknown == len(r.articles) {
		return fmt.Errorf("%w: the source does not say its language: give --locale ru or --locale en", ErrUsage)
	}
	return nil
}

// settleCategories skips articles without a category.
func (r *run) settleCategories() error {
	if r.Category != "" && slugOf(r.Category) != r.Category {
		return fmt.Errorf("%w: --category %q: use a-z, 0-9 and inner hyphens", ErrUsage, r.Category)
	}
	r.categories = newCategories(r.library())
	unknown, live := 0, r.live()
	for _, a := range live {
		a.category = r.Category
		if a.category == "" {
			a.category = r.guessCategory(a, live)
		}
		if a.category == "" {
			unknown++
			a.skip("it does not say its section: give --category")
		}
	}
	if unknown > 0 && unknown == len(live) {
		return fmt.Errorf("%w: the source does not say its sections: give --category, such as %q", ErrUsage, "withdrawals")
	}
	return nil
}

// guessCategory returns the category that the article's section, in any language, is by
// title or ID; else the slug of the section's name, in English if it has one.
func (r *run) guessCategory(a *article, live []*article) string {
	names := []string{a.section}
	for _, other := range live {
		if a.sectionPair == "" || other.sectionPair != a.sectionPair || other.section == "" {
			continue
		}
		if other.locale == kb.EN {
			names = append([]string{other.section}, names...)
		} else {
			names = append(names, other.section)
		}
	}
	for _, name := range names {
		if id := r.categories.find(name); id != "" {
			return id
		}
	}
	for _, name := range names {
		if slug := slugOf(name); slug != "" {
			return slug
		}
	}
	return ""
}
