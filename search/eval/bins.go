package eval

import "strconv"

// Bin is how many questions have their first right result at these ranks.
type Bin struct {
	Ranks string `json:"ranks"` // such as 4–5; "none" when it was not found
	Count int    `json:"count"`
}

// histogram counts ranks from 1; 0 is not found.
func histogram(ranks []int) []Bin {
	bins := []Bin{{"1", 0}, {"2", 0}, {"3", 0}, {"4–5", 0}, {"6–10", 0}, {"11–" + strconv.Itoa(hits), 0}, {"none", 0}}
	last := []int{1, 2, 3, 5, 10, hits}
	for _, rank := range ranks {
		bin := len(bins) - 1
		for i := len(last) - 1; i >= 0 && rank > 0; i-- {
			if rank <= last[i] {
				bin = i
			}
		}
		bins[bin].Count++
	}
	return bins
}
