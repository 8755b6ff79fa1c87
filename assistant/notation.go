package assistant

import "strings"

// The notation of a line of a lexicon, in which spaces separate words:
//
//	word         this word           one|two   either word
//	begin*       any word with it    a|b_c     "a" or "b c"
//	~word        also with a typo    @name     any word of a list
//	#5-17        a number            $         the end of a clause
//	..           up to three words   a & b     both, in any order, up to ten words apart
const (
	shortGap = ".."
	longGap  = "..."
	maxGap   = 3
	maxApart = 10
)

// expand writes a line without lists and "&", and so that every alternative is one
// word: "a b_c|d" becomes "a d" and "a b c", "a .. b|$" becomes "a .. b" and "a $".
func expand(line string, lists map[string]string) []string {
	if left, right, ok := strings.Cut(line, " & "); ok {
		there := expand(left+" "+longGap+" "+right, lists)
		return append(there, expand(right+" "+longGap+" "+left, lists)...)
	}
	fields := strings.Fields(line)
	for i, field := range fields {
		fields[i] = unfold(field, lists)
	}
	return single(fields)
}

// unfold puts the words of lists in the place of their names.
func unfold(field string, lists map[string]string) string {
	words := strings.Split(field, "|")
	for i, w := range words {
		if list, ok := lists[w]; ok {
			words[i] = list
		}
	}
	return strings.Join(words, "|")
}

// single writes fields as lines in which every alternative is one word.
func single(fields []string) []string {
	for i, field := range fields {
		words, rest := compound(field)
		if len(words) == 0 {
			continue
		}
		var lines []string
		if rest != "" {
			lines = single(replace(fields, i, rest))
		}
		for _, w := range words {
			lines = append(lines, single(replace(fields, i, strings.ReplaceAll(w, "_", " ")))...)
		}
		return lines
	}
	return []string{strings.Join(fields, " ")}
}

// compound takes the alternatives of several words, and the end of the clause, out
// of a field and returns the others as they were.
func compound(field string) (words []string, rest string) {
	if !strings.ContainsAny(field, "|_") {
		return nil, field
	}
	var one []string
	for alt := range strings.SplitSeq(field, "|") {
		if alt == "$" || strings.Contains(alt, "_") {
			words = append(words, alt)
		} else {
			one = append(one, alt)
		}
	}
	return words, strings.Join(one, "|")
}

// replace returns the fields with another field i; nothing stands between a word
// and the end of its clause.
func replace(fields []string, i int, field string) []string {
	before := fields[:i]
	if field == "$" && i > 0 && before[i-1] == shortGap {
		before = before[:i-1]
	}
	line := strings.Join(before, " ") + " " + field + " " + strings.Join(fields[i+1:], " ")
	return strings.Fields(line)
}
