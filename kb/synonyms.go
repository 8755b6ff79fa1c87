package kb

import "go.yaml.in/yaml/v3"

// synonymsFile lists the sets of words that mean the same. It may be missing.
const synonymsFile = "synonyms.yaml"

// readSynonyms reads a list of lists, and reports a set that joins nothing and a
// word that would join two sets.
func (e *edition) readSynonyms(src *source) bool {
	items, ok := src.items("[word, word]")
	seen := map[string]place{}
	e.synonymsIn = src
	for _, n := range items {
		set := src.textsOf(n, "synonyms")
		if n.Kind == yaml.SequenceNode && len(set) < 2 {
			src.problem(src.node(n), "synonyms: a set of fewer than two words joins nothing: add a word or remove the set")
		}
		for _, word := range set {
			if first, twice := seen[fold(word.text)]; twice {
				src.problem(word.at, "synonyms: %q is also on line %d: a word belongs to one set, once", word.text, first.line)
			}
			seen[fold(word.text)] = word.at
		}
		e.synonyms = append(e.synonyms, set)
	}
	return ok
}
