package classify

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

// machine is one linear classifier a label, "this one or another": the margin of a text is
// above 0 when the label seems to fit. One against the rest suits the question whether any
// label fits better than a softmax does: for a text with nothing known in it, all margins are low.
type machine struct {
	labels  int
	weights []float32 // of each feature, for each label in turn
	bias    []float32
}

// margins returns the margin of each label.
func (m *machine) margins(v vector) []float64 {
	sums := make([]float32, m.labels)
	copy(sums, m.bias)
	for i, id := range v.ids {
		x := v.values[i]
		for label, w := range m.weights[int(id)*m.labels:][:m.labels] {
			sums[label] += x * w
		}
	}
	margins := make([]float64, m.labels)
	for label, s := range sums {
		margins[label] = float64(s)
	}
	return margins
}

// newMachine trains on vectors with their labels, numbers below labels, or -1 for a text
// that none fits. Each label's problem is independent, so they share the processors and
// the outcome does not depend on how many there are. It is unfinished when ctx has ended.
func newMachine(ctx context.Context, vectors []vector, gold []int, labels, features int) *machine {
	m := &machine{labels: labels, weights: make([]float32, labels*features), bias: make([]float32, labels)}
	next := make(chan int)
	var done sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			for label := range next {
				p := newProblem(vectors, gold, label, features)
				p.solve()
				for id, w := range p.weights {
					m.weights[id*labels+label] = float32(w)
				}
				m.bias[label] = float32(p.bias)
			}
		})
	}
	for label := 0; label < labels && ctx.Err() == nil; label++ {
		next <- label
	}
	close(next)
	done.Wait()
	return m
}

// The cost of a unit of squared loss, and when to stop.
const (
	cost      = 2
	tolerance = .05
	maxRounds = 60
)

// problem is the training of one label: ½|w|² + cost·Σ max(0, 1 − y·w·x)², solved in the dual, one example
// after the other in random order, with those left out that will hardly matter any more
// (Hsieh and others 2008, algorithm 3, L2-loss).
type problem struct {
	vectors []vector
	side    []float64 // +1 for the label, -1 for another
	alpha   []float64
	active  []int // examples; those from size on are left out
	size    int
	weights []float64
	bias    float64
	random  *rand.Rand
}

func newProblem(vectors []vector, gold []int, label, features int) *problem {
	p := &problem{
		vectors: vectors, size: len(vectors), weights: make([]float64, features),
		side: make([]float64, len(vectors)), alpha: make([]float64, len(vectors)), active: make([]int, len(vectors)),
		random: rand.New(rand.NewPCG(seed, uint64(label))),
	}
	for i, g := range gold {
		p.active[i], p.side[i] = i, -1
		if g == label {
			p.side[i] = 1
		}
	}
	return p
}

// solve makes rounds until no example violates the optimum by more than the tolerance.
func (p *problem) solve() {
	bound := math.Inf(1)
	for range maxRounds {
		low, high := p.round(bound)
		bound = high
		if bound <= 0 {
			bound = math.Inf(1)
		}
		if high-low > tolerance {
			continue
		}
		if p.size == len(p.active) {
			return
		}
		p.size, bound = len(p.active), math.Inf(1) // once more with all
	}
}

// round visits the active examples and returns the least and the largest projected
// gradient. An example with none of the weight whose gradient is above bound is left out.
func (p *problem) round(bound float64) (low, high float64) {
	p.random.Shuffle(p.size, func(i, j int) { p.active[i], p.active[j] = p.active[j], p.active[i] })
	low, high = math.Inf(1), math.Inf(-1)
	for s := 0; s < p.size; s++ {
		i := p.active[s]
		gradient := p.side[i]*p.margin(i) - 1 + p.alpha[i]/(2*cost)
		if p.alpha[i] == 0 && gradient > bound {
			p.size--
			p.active[s], p.active[p.size] = p.active[p.size], p.active[s]
			s--
			continue
		}
		projected := gradient
		if p.alpha[i] == 0 {
			projected = min(gradient, 0)
		}
		low, high = min(low, projected), max(high, projected)
		if projected != 0 {
			p.step(i, gradient)
		}
	}
	return low, high
}

func (p *problem) margin(i int) float64 {
	sum, v := p.bias, p.vectors[i]
	for k, id := range v.ids {
		sum += p.weights[id] * float64(v.values[k])
	}
	return sum
}

// step moves the example's weight to where its gradient is 0. The vector's length is 1, and
// the bias is one more feature of value 1.
func (p *problem) step(i int, gradient float64) {
	const length = 2 + 1/(2.*cost)
	before := p.alpha[i]
	p.alpha[i] = max(0, before-gradient/length)
	change := (p.alpha[i] - before) * p.side[i]
	p.bias += change
	for k, id := range p.vectors[i].ids {
		p.weights[id] += change * float64(p.vectors[i].values[k])
	}
}
