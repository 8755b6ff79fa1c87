package kb

// nearest returns the word that takes the fewest edits to become name, or nothing when all
// are further away than a third of its letters. Distance is Levenshtein's, over bytes.
func nearest(name string, words []string) string {
	best, least := "", len(name)/3+1
	for _, w := range words {
		if apart := len(w) - len(name); apart >= least || -apart >= least {
			continue // without a table as large as both together
		}
		if d := distance(name, w); d < least {
			best, least = w, d
		}
	}
	return best
}

// distance counts the bytes to insert, delete or replace.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
