package eval

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Estimate is a figure with the interval in which it would lie, 19 times of 20, had other
// questions of the same kind been asked.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// String returns the figure and its interval, to three digits.
func (e Estimate) String() string { return fmt.Sprintf("%.3f (%.3f–%.3f)", e.Value, e.Low, e.High) }

// Metric is a named figure.
type Metric struct {
	Name string `json:"name"`
	Estimate
}

// How often the bootstrap draws, and the seed of everything that is drawn here.
const (
	resamples = 1000
	seed      = 20261122
)

// dice returns the random numbers of one test or interval, the same ones each time.
func dice() *rand.Rand { return rand.New(rand.NewPCG(seed, seed)) }

// Bootstrap returns a statistic of a sample with the 95 % interval of the percentile method
// (Efron and Tibshirani 1993, chapter 13; for retrieval: Sakai 2006): 1,000 samples of the
// same size, drawn with replacement by a fixed seed. All zero for an empty sample.
func Bootstrap[T any](sample []T, statistic func([]T) float64) Estimate {
	if len(sample) == 0 {
		return Estimate{}
	}
	rng, drawn, values := dice(), make([]T, len(sample)), make([]float64, resamples)
	for i := range values {
		for j := range drawn {
			drawn[j] = sample[rng.IntN(len(sample))]
		}
		values[i] = statistic(drawn)
	}
	slices.Sort(values)
	const tail = resamples * 25 / 1000
	return Estimate{round(statistic(sample)), round(values[tail-1]), round(values[resamples-tail-1])}
}

// Mean returns the arithmetic mean; 0 of nothing.
func Mean(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// round cuts what differs from one processor to the next off a figure.
func round(x float64) float64 { return math.Round(x*1e6) / 1e6 }
