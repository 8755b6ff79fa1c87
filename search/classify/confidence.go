package classify

import "math"

// confidence is a logistic model of the probability that a label is right.
type confidence struct {
	mean, deviation, weights [observations]float64
	bias                     float64
}

const observations = 3

// values returns the evidence as numbers.
func (e Evidence) values() [observations]float64 {
	return [observations]float64{e.Margin, e.Nearest, e.Familiar}
}

// of returns the probability. Each observation is standardised and squashed by tanh, so
// that no single one can make up for the others.
func (c *confidence) of(e Evidence) float64 {
	sum := c.bias
	for i, x := range c.squash(e) {
		sum += c.weights[i] * x
	}
	return 1 / (1 + math.Exp(-sum))
}

func (c *confidence) squash(e Evidence) [observations]float64 {
	x := e.values()
	for i := range x {
		x[i] = math.Tanh((x[i] - c.mean[i]) / c.deviation[i])
	}
	return x
}

// untried is the confidence where a rehearsal had nothing right or nothing wrong: roughly
// what it is on larger sets.
func untried() confidence {
	return confidence{
		mean: [observations]float64{-.2, .4, .5}, deviation: [observations]float64{.4, .2, .25},
		weights: [observations]float64{1, 1, 1},
	}
}

// newConfidence fits the model to trials by gradient descent on the logistic loss, in which
// right and wrong weigh the same together, with a penalty on the squares of the weights.
// Weights cannot be negative: evidence speaks for a label, and if it seems not to, that is chance.
func newConfidence(trials []trial) confidence {
	right := 0
	for _, t := range trials {
		if t.right() {
			right++
		}
	}
	if right == 0 || right == len(trials) {
		return untried()
	}
	c := standardise(trials)
	targets := make([]target, len(trials))
	for i, t := range trials {
		targets[i] = target{c.squash(t.evidence), 0, .5 / float64(len(trials)-right)}
		if t.right() {
			targets[i].right, targets[i].share = 1, .5/float64(right)
		}
	}
	const steps = 600
	for range steps {
		c.descend(targets)
	}
	return c
}

// target is a trial as the fit sees it.
type target struct {
	x     [observations]float64
	right float64
	share float64 // of all, in the loss
}

// descend makes one step.
func (c *confidence) descend(targets []target) {
	const rate, penalty = .5, .01
	var gradient [observations]float64
	bias := 0.0
	for _, t := range targets {
		sum := c.bias
		for i, x := range t.x {
			sum += c.weights[i] * x
		}
		miss := t.share * (1/(1+math.Exp(-sum)) - t.right)
		bias += miss
		for i, x := range t.x {
			gradient[i] += miss * x
		}
	}
	for i := range c.weights {
		c.weights[i] = max(0, c.weights[i]-rate*(gradient[i]+penalty*c.weights[i]))
	}
	c.bias -= rate * bias
}

// standardise finds the mean and the deviation of each observation.
func standardise(trials []trial) (c confidence) {
	n := float64(len(trials))
	for _, t := range trials {
		for i, x := range t.evidence.values() {
			c.mean[i] += x / n
			c.deviation[i] += x * x / n
		}
	}
	for i := range c.mean {
		c.deviation[i] = math.Sqrt(max(c.deviation[i]-square(c.mean[i]), 1e-6))
	}
	return c
}

// newTemperature returns the temperature of the softmax under which the trials in scope are
// least surprising (Guo and others 2017), to a factor of the fourth root of 2; 1/4 without trials.
func newTemperature(trials []trial) float64 {
	best, least := .25, math.Inf(1)
	for step := -20; step <= 8; step++ {
		t := math.Exp2(float64(step) / 4)
		if s := surprise(trials, t); s > 0 && s < least {
			best, least = t, s
		}
	}
	return best
}

// surprise is the negative log-likelihood of the labels.
func surprise(trials []trial, temperature float64) float64 {
	sum := 0.0
	for _, t := range trials {
		if t.gold >= 0 {
			sum -= math.Log(max(softmax(t.scores, temperature)[t.gold], 1e-12))
		}
	}
	return sum
}
