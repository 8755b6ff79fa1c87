package eval

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// Timing is how long each question took, one after the other. It is kept
// apart from reports, which are the same in every run.
type Timing []time.Duration

// Percentile returns the smallest duration that p percent of them do not exceed (the nearest
// rank); 0 of none.
func (t Timing) Percentile(p float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}

// String says in a line how long Engine.Answer took.
func (t Timing) String() string { return t.line("Engine.Answer", "questions") }

// line says what took how long over how many of what.
func (t Timing) line(what, of string) string {
	return fmt.Sprintf("%s: p50 %.2f ms, p99 %.2f ms over %d %s",
		what, milliseconds(t.Percentile(50)), milliseconds(t.Percentile(99)), len(t), of)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
