package kb

import (
	"slices"
	"strings"
)

// wordings are the references to the facts of one language, by the words that they become: what
// to write in the place of a number that was typed. nil where there is no facts file.
type wordings map[string][]string

// wordings returns every form of every fact; of forms that look the same, the first.
func (f facts) wordings(loc Locale) wordings {
	if f == nil {
		return nil
	}
	w := wordings{}
	for _, name := range f.names() {
		for _, form := range append([]string{""}, forms(loc)...) {
			key := plain(f[name].write(loc, form))
			isKnown := slices.ContainsFunc(w[key], func(ref string) bool { return ref == refer(name, "") || strings.HasPrefix(ref, "{{"+name+":") })
			if form != formNumber && !isKnown {
				w[key] = append(w[key], refer(name, form))
			}
		}
	}
	return w
}

// refer returns a reference to a fact.
func refer(name, form string) string {
	if form == "" {
		return "{{" + name + "}}"
	}
	return "{{" + name + ":" + form + "}}"
}

// plain makes kinds of blanks and dashes equal.
func plain(text string) string {
	return strings.ToLower(strings.NewReplacer(noBreak, " ", " to ", "–", " до ", "–", "-", "–").Replace(text))
}
