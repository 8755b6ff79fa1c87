package eval

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"otvet/kb"
	"otvet/search"
)

// Goal is what thresholds are to reach.
type Goal struct {
	Precision float64  `json:"precision"` // of answers, as far as the judged questions can tell
	Strict    []string `json:"strict"`    // categories where half as many may be wrong
	Idle      float64  `json:"idle"`      // of the questions that have no answer, how many may be shown passages
	Never     []string `json:"never"`     // categories that people answer, whatever the questions say
}

// Calibration is the thresholds for a goal, chosen on one half of a judged set and measured on both.
type Calibration struct {
	Locale     kb.Locale     `json:"locale"`
	Goal       Goal          `json:"goal"`
	Questions  int           `json:"questions"` // of the tuning half
	Thresholds kb.Thresholds `json:"thresholds"`
	OnTuning   Reached       `json:"tuning"`
	OnKept     Reached       `json:"kept"`
	Curve      []Point       `json:"curve"` // of the tuning half: threshold, coverage of all its questions, precision
}

// Reached is what thresholds make of judged questions.
type Reached struct {
	Answerable int `json:"answerable"` // questions that have an answer
	Answered   int `json:"answered"`   // questions of any kind that got one
	Right      int `json:"right"`      // of those
	Unanswered int `json:"unanswered"` // questions that have none
	Idle       int `json:"idle"`       // of those, how many got an answer or passages to choose from
}

// probe is what search made of one judged question, whatever the thresholds in force.
type probe struct {
	Decision
	category string // of the first passage
	whole    bool   // see search.Answer
}

// Calibrate asks the judged questions of a locale and chooses thresholds by the tuning half. Questions
// that triage stops take no part.
func Calibrate(ctx context.Context, engine *search.Engine, loc kb.Locale, judgments []Judgment, goal Goal, stops Triage) (Calibration, error) {
	goal.Never = slices.Concat(goal.Never, leftToPeople(engine.Library(), loc))
	t := Calibration{Locale: loc, Goal: goal}
	halves := map[Half][]probe{}
	for _, j := range judgments {
		if j.Kind == Person || stops != nil && stops(j.Text) {
			continue
		}
		a, err := ask(ctx, engine, search.Query{Text: j.Text, Locale: loc})
		if err != nil {
			return Calibration{}, fmt.Errorf("line %d: %w", j.Line, err)
		}
		halves[HalfOf(j.Text)] = append(halves[HalfOf(j.Text)], newProbe(j, a))
	}
	probes := halves[Tuning]
	t.Questions = len(probes)
	t.Thresholds = goal.thresholds(probes)
	t.Curve = thin(Curve(decisions(probes)))
	t.OnTuning, t.OnKept = reach(t.Thresholds, probes), reach(t.Thresholds, halves[Kept])
	return t, nil
}

// leftToPeople returns the categories that the editors have closed to answers: an owner's decision,
// which no figure undoes.
func leftToPeople(lib *kb.Library, loc kb.Locale) []string {
	own, _ := lib.Thresholds(loc)
	var closed []string
	for category, from := range own.Categories {
		if from > 1 {
			closed = append(closed, category)
		}
	}
	slices.Sort(closed)
	return closed
}

func newProbe(j Judgment, a asked) probe {
	t := probe{Decision: Decision{a.answer.Confidence, j.Kind == Answerable, a.rank(j.right) == 1}, whole: a.answer.Whole}
	switch { // several answers, or one of the other language, are as right as the first of them
	case len(a.answer.Passages) > 0:
		t.category, t.Right = a.answer.Passages[0].Category, a.shown(j.right)
	case len(a.hits) > 0:
		t.category = a.hits[0].Passage.Category
	}
	return t
}

func decisions(probes []probe) []Decision {
	var out []Decision
	for _, t := range probes {
		out = append(out, t.Decision)
	}
	return out
}

// thresholds chooses the lowest that reach the goal.
func (g Goal) thresholds(probes []probe) kb.Thresholds {
	candidates := slices.DeleteFunc(slices.Clone(probes), func(p probe) bool { return !p.whole || slices.Contains(g.Never, p.category) })
	t := kb.Thresholds{Answer: lowest(candidates, g.Precision, 0), Categories: map[string]float64{}}
	t.Suggest = min(g.suggest(probes), t.Answer)
	byCategory := map[string][]probe{}
	for _, c := range candidates {
		byCategory[c.category] = append(byCategory[c.category], c)
	}
	for _, category := range slices.Sorted(maps.Keys(byCategory)) {
		wanted := g.Precision
		if slices.Contains(g.Strict, category) {
			wanted = 1 - (1-g.Precision)/2
		}
		if from := lowest(byCategory[category], wanted, borrowed); from > t.Answer {
			t.Categories[category] = from
		}
	}
	for _, category := range g.Never {
		t.Categories[category] = kb.Never
	}
	return t
}

// borrowed is how many right answers a category is credited with before its own are counted:
// a handful of questions prove little against it, and two wrong answers do.
const borrowed = 20

// lowest returns the lowest confidence from which the share of right ones is as wanted, one more
// wrong one being imagined, as a threshold must hold for questions that it has not seen; credit
// right ones are imagined besides. [kb.Never] when there is none.
func lowest(probes []probe, wanted, credit float64) float64 {
	from := float64(kb.Never)
	right, all := credit, credit+1
	steps := decisions(probes)
	for i := range steps {
		steps[i].Confidence = floor(steps[i].Confidence)
	}
	for group := range groups(byConfidence(steps)) {
		for _, d := range group {
			all++
			right += bit(d.Right)
		}
		if right/all >= wanted {
			from = group[0].Confidence
		}
	}
	return from
}

// suggest returns the confidence that all but the idle share of the questions without an answer
// stay below.
func (g Goal) suggest(probes []probe) float64 {
	var without []float64
	for _, t := range probes {
		if !t.Answerable {
			without = append(without, t.Confidence)
		}
	}
	if len(without) == 0 {
		return 0
	}
	slices.SortFunc(without, func(a, b float64) int { return cmp.Compare(b, a) })
	n := min(int(g.Idle*float64(len(without))), len(without)-1)
	return floor(without[n]) + step
}

// step is how finely thresholds are written.
const step = 0.001

func floor(confidence float64) float64 { return math.Floor(confidence/step) * step }

// reach counts what thresholds make of probes.
func reach(t kb.Thresholds, probes []probe) Reached {
	var r Reached
	for _, probe := range probes {
		answered := probe.whole && probe.Confidence >= t.AnswerFrom(probe.category)
		if probe.Answerable {
			r.Answerable++
		} else {
			r.Unanswered++
			if answered || probe.Confidence >= t.Suggest {
				r.Idle++
			}
		}
		if answered {
			r.Answered++
			r.Right += int(bit(probe.Right))
		}
	}
	return r
}
