package kb

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// parseNumber reads "4" or "4.2".
func parseNumber(number string) (parts []int, ok bool) {
	for part := range strings.SplitSeq(number, ".") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || strconv.Itoa(n) != part {
			return nil, false
		}
		parts = append(parts, n)
	}
	return parts, len(parts) <= 2
}

// inForce returns the newest version with an effective day not after now, or false.
// versions are newest first.
func inForce(versions []*page, now time.Time) (*page, bool) {
	i := slices.IndexFunc(versions, func(p *page) bool { return !p.article.Effective.After(now) })
	if i < 0 {
		return nil, false
	}
	return versions[i], true
}
