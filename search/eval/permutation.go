package eval

import "math"

// How many differences are enumerated, and how many sign patterns are drawn of more.
const (
	maxEnumerated = 12
	patterns      = 10_000
)

// Permutation returns the two-sided p-value of the paired randomisation test (Smucker, Allan
// and Carterette 2007) for the differences of two systems on the same queries: how often the
// mean would be as far from 0 if it were chance which system each difference speaks for. Up to
// 12 differences that are not 0, every pattern of signs is looked at; of more, 10,000 are
// drawn by a fixed seed, the observed one counted in. 1 when there is no difference.
func Permutation(differences []float64) float64 {
	var moved []float64 // the others are 0 under either sign
	observed := 0.0
	for _, d := range differences {
		if d != 0 {
			moved = append(moved, d)
			observed += d
		}
	}
	// Sums of the same numbers in another order differ in their last digits.
	least := math.Abs(observed) - 1e-9
	if len(moved) <= maxEnumerated {
		return enumerated(moved, least)
	}
	return drawn(moved, least)
}

// enumerated returns the share of sign patterns whose sum is at least as far from 0.
func enumerated(moved []float64, least float64) float64 {
	all, extreme := uint64(1)<<len(moved), 0
	for signs := range all {
		if math.Abs(signed(moved, signs)) >= least {
			extreme++
		}
	}
	return float64(extreme) / float64(all)
}

// drawn estimates that share.
func drawn(moved []float64, least float64) float64 {
	rng, extreme := dice(), 1
	for range patterns {
		sum := 0.0
		for from := 0; from < len(moved); from += 64 {
			sum += signed(moved[from:min(from+64, len(moved))], rng.Uint64())
		}
		if math.Abs(sum) >= least {
			extreme++
		}
	}
	return float64(extreme) / (patterns + 1)
}

// signed adds up at most 64 values, the i-th with a minus where bit i is set.
func signed(values []float64, signs uint64) float64 {
	sum := 0.0
	for i, v := range values {
		if signs>>i&1 == 1 {
			v = -v
		}
		sum += v
	}
	return sum
}
