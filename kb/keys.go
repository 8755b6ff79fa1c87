package kb

import "fmt"

// key is a key of a YAML mapping in the content, as it is read and as the reference for
// editors describes it.
type key struct {
	name     string
	required string // where: "always", "Terms", or empty
	meaning  string
}

// names returns the names of keys.
func names(keys []key) []string {
	var out []string
	for _, k := range keys {
		out = append(out, k.name)
	}
	return out
}

// articleKeys are the keys of an article's front matter.
func articleKeys() []key {
	return []key{
		{"title", "always", "what it is about, in the reader's words"},
		{"category", "always", "an `id` of `categories.yaml`"},
		{"summary", "always", "one sentence on what the reader finds here"},
		{"questions", "", "other ways in which players ask: a list for the whole article, or a mapping from anchor to list"},
		{"updated", "always", "day of the last change of what it says, `2026-10-12`"},
		{"review", "", "day by which an editor looks at it again; without it, a year after `updated`"},
		{"effective", "Terms", "day on which this version takes effect"},
	}
}

// letterKeys are the keys of a letter's front matter.
func letterKeys() []key {
	return []key{
		{"subject", "always", "subject of the letter; placeholders are allowed"},
		{"button", "", "words on the button that `{{link}}` on a line of its own becomes in HTML"},
	}
}

// categoryKeys are the keys of an item of categories.yaml.
func categoryKeys() []key {
	return []key{
		{"id", "always", "the same in every language; a-z, 0-9 and inner hyphens"},
		{"title", "always", "what players read"},
		{"summary", "always", "one sentence"},
		{"department", "", "who works on requests in it: an `id` of `departments.yaml`"},
		{"kind", "", "what a request in it most often is: " + code(RequestKinds()) + "; without it a question"},
		{"asks", "", fmt.Sprintf("facts that the contact form asks for, at most %d: %s", maxAsks, code(Asks()))},
		{"needs", "", "those of `asks` that the player gives, or says that they do not know"},
	}
}

// departmentKeys are the keys of an item of departments.yaml.
func departmentKeys() []key {
	return []key{
		{"id", "always", "the same in every language; a-z, 0-9 and inner hyphens"},
		{"title", "always", "what players and agents read"},
	}
}

// decisionKeys are the keys of decision.yaml.
func decisionKeys() []key {
	return []key{
		{"answer", "always", "confidence, 0 to 1, from which the first passage is shown as the answer"},
		{"suggest", "always", "confidence from which passages are offered to choose from"},
		{"categories", "", "other values of `answer`, by category; `never` leaves a category to people"},
		{"tuned", "", "what the values were set on: written and read by nobody but `otvet tune`"},
	}
}

// styleKeys are the keys of style.yaml.
func styleKeys() []key {
	return []key{
		{"domains", "", "addresses that are yours; any other is an error, unless the list is missing"},
		{"brands", "", "names that must not appear"},
		{"promises", "", "more words that promise, by language; a star stands for every ending"},
		{"promotion", "", "more words of advertising, by language"},
		{"letter-promises", "", "more words that promise when they stand in a letter, by language"},
		{"letter-offers", "", "more words of offers, which no letter makes, by language"},
		{"letter-rights", "", "more phrases that would keep a player from a court or a dispute service, by language"},
		{"letter-internal", "", "more names of your departments and systems that players must not read in letters, by language"},
	}
}
