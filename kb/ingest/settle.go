package ingest

import (
	"context"
	"fmt"
	"slices"

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
			if why := otherScript(a.words(), r.Locale); why != "" {
				a.skip(why)
				continue
			}
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
	translations := sectionNames(live)
	for _, a := range live {
		a.category = r.Category
		if a.category == "" {
			a.category = r.guessCategory(a.section, translations[a.sectionPair])
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

// sectionNames returns the names that each section has in all languages, in English first.
func sectionNames(live []*article) map[string][]string {
	names := map[string][]string{}
	for _, english := range []bool{true, false} {
		for _, a := range live {
			known := slices.Contains(names[a.sectionPair], a.section)
			if (a.locale == kb.EN) == english && a.sectionPair != "" && a.section != "" && !known {
				names[a.sectionPair] = append(names[a.sectionPair], a.section)
			}
		}
	}
	return names
}

// guessCategory returns the category that a section is, in any language, by title or ID;
// else the slug of its name, in English if it has one.
func (r *run) guessCategory(section string, translations []string) string {
	names := append(slices.Clip(translations), section)
	for _, find := range []func(string) string{r.categories.find, slugOf} {
		for _, name := range names {
			if found := find(name); found != "" {
				return found
			}
		}
	}
	return ""
}
