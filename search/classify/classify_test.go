package classify_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"otvet/search/classify"
)

// desk is what agents of a betting desk could have labelled.
func desk() []classify.Example {
	return []classify.Example{
		{Text: "how long does a withdrawal take", Label: "withdrawal"},
		{Text: "my withdrawal is still pending", Label: "withdrawal"},
		{Text: "when will I get my money on the card", Label: "withdrawal"},
		{Text: "cancel a withdrawal", Label: "withdrawal"},
		{Text: "I cannot log in", Label: "login"},
		{Text: "forgot my password", Label: "login"},
		{Text: "the site does not take my password", Label: "login"},
		{Text: "login code does not arrive", Label: "login"},
		{Text: "my bet was not settled", Label: "bet"},
		{Text: "why was the bet voided", Label: "bet"},
		{Text: "cash out of a bet", Label: "bet"},
		{Text: "сколько идёт вывод на карту", Label: "withdrawal"},
		{Text: "вывод денег завис", Label: "withdrawal"},
		{Text: "не могу войти, забыл пароль", Label: "login"},
		{Text: "почему ставку не рассчитали", Label: "bet"},
	}
}

func train(t testing.TB, examples []classify.Example) *classify.Model {
	t.Helper()
	m, err := classify.Train(context.Background(), examples)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPredict(t *testing.T) {
	t.Parallel()
	m := train(t, desk())
	if diff := cmp.Diff([]string{"bet", "login", "withdrawal"}, m.Labels()); diff != "" {
		t.Fatalf("labels (-want +got):\n%s", diff)
	}
	for text, want := range map[string]string{
		"is my withdrawal pending?":        "withdrawal",
		"WITHDRAWALS":                      "withdrawal",
		"pasword forgotten":                "login", // a typo, another ending
		"the bets are not settled":         "bet",
		"сколько ждать вывода":             "withdrawal",
		"забыла свой пароль":               "login",
		"ставка не рассчитана":             "bet",
		"сколько идет вывод":               "withdrawal", // е for ё
		"pass\u00adword":                   "login",      // an invisible hyphen
		"login":                            "login",      // nothing but a label's name
		"do you know why my bet is voided": "bet",
	} {
		if p := m.Predict(text); p.Label != want {
			t.Errorf("%q is %s, want %s: %v", text, p.Label, want, p.Explanation())
		}
	}
}

// TestNamesOfLabels: what a label is called is an example of it, however it is written.
func TestNamesOfLabels(t *testing.T) {
	t.Parallel()
	m := train(t, []classify.Example{{Text: "where are my boots", Label: "DELIVERY_DELAY"}, {Text: "do you take cards", Label: "Способ оплаты"}})
	for text, want := range map[string]string{"is there a delay": "DELIVERY_DELAY", "чем можно оплатить": "Способ оплаты"} {
		if p := m.Predict(text); p.Label != want || p.Evidence.Nearest == 0 {
			t.Errorf("%q is %s, want %s: %v", text, p.Label, want, p.Explanation())
		}
	}
}

// TestConfidence: what the examples say is surer than what they do not, and nothing is least sure.
func TestConfidence(t *testing.T) {
	t.Parallel()
	m := train(t, desk())
	known, near, far := m.Predict("forgot my password").Confidence, m.Predict("I forgot which email I use").Confidence, m.Predict("жираф ест листья").Confidence
	if known <= near || near <= far {
		t.Errorf("confidence %.3f in an example, %.3f in what is like one, %.3f in a foreign text", known, near, far)
	}
	for _, nothing := range []string{"", " ", "?!", "\x00", "🙂", "\xff\xfe", "\u200b"} {
		p := m.Predict(nothing)
		if p.Confidence > far || p.Evidence.Familiar != 0 || p.Evidence.Alike != (classify.Example{}) {
			t.Errorf("confidence %.3f in %q, more than in a foreign text, or evidence %+v", p.Confidence, nothing, p.Evidence)
		}
	}
}

// TestOutOfScope: examples of what is out of scope speak against every label.
func TestOutOfScope(t *testing.T) {
	t.Parallel()
	const text = "what is the weather in my town"
	before := train(t, desk()).Predict(text)
	with := train(t, append(desk(),
		classify.Example{Text: "what is the weather today", Label: classify.OutOfScope},
		classify.Example{Text: "will it rain in my town", Label: classify.OutOfScope},
	))
	after := with.Predict(text)
	if slices.Contains(with.Labels(), classify.OutOfScope) || after.Label == classify.OutOfScope {
		t.Errorf("labels %v, predicted %s: out of scope is no label", with.Labels(), after.Label)
	}
	if after.Evidence.Margin >= before.Evidence.Margin {
		t.Errorf("margin %.3f with examples of what is out of scope, %.3f without", after.Evidence.Margin, before.Evidence.Margin)
	}
	if after.Evidence.Alike.Label == classify.OutOfScope {
		t.Error("likeness to what is out of scope counts for a label")
	}
}

func TestExplanation(t *testing.T) {
	t.Parallel()
	m := train(t, desk())
	got := strings.Join(m.Predict("I forgot my password").Explanation(), "; ")
	for _, want := range []string{"speak for login: margin +", `most alike is "forgot my password" of login: 0.`, " % of what it says some example says too"} {
		if !strings.Contains(got, want) {
			t.Errorf("explanation %s, want %q in it", got, want)
		}
	}
	got = strings.Join(m.Predict("").Explanation(), "; ")
	for _, want := range []string{"do not speak for ", "nothing in it is like any example", "0 % of"} {
		if !strings.Contains(got, want) {
			t.Errorf("explanation of nothing: %s, want %q in it", got, want)
		}
	}
}

func TestNothingToLearn(t *testing.T) {
	t.Parallel()
	for _, examples := range [][]classify.Example{nil, {{Text: "a", Label: classify.OutOfScope}}} {
		if _, err := classify.Train(context.Background(), examples); !errors.Is(err, classify.ErrNoLabels) {
			t.Errorf("from %v: error %v, want ErrNoLabels", examples, err)
		}
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := classify.Train(ended, desk()); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: error %v, want context.Canceled", err)
	}
}

// TestOneLabel: with nothing to choose between, the label is sure to be the best one, but not
// to be right.
func TestOneLabel(t *testing.T) {
	t.Parallel()
	m := train(t, []classify.Example{{Text: "forgot my password", Label: "login"}, {Text: "cannot log in", Label: "login"}})
	like, unlike := m.Predict("my password"), m.Predict("giraffes")
	if like.Label != "login" || like.Probabilities[0] != 1 || unlike.Probabilities[0] != 1 {
		t.Errorf("predicted %+v and %+v", like, unlike)
	}
	if like.Confidence <= unlike.Confidence {
		t.Errorf("confidence %.3f in what is like an example, %.3f in what is not", like.Confidence, unlike.Confidence)
	}
}

// TestContradiction: where people disagree about a text, the majority has it.
func TestContradiction(t *testing.T) {
	t.Parallel()
	examples := append(desk(), slices.Repeat([]classify.Example{{Text: "the app is slow", Label: "bet"}}, 3)...)
	examples = append(examples, classify.Example{Text: "the app is slow", Label: "login"})
	p := train(t, examples).Predict("the app is slow")
	if p.Label != "bet" || p.Probabilities[0] > .99 {
		t.Errorf("predicted %s with probabilities %v, want bet, in doubt", p.Label, p.Probabilities)
	}
}

// TestLongText: 64 KiB of one thing is that thing, in an example and in a question.
func TestLongText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("verify my passport photo ", 64<<10/25)
	m := train(t, append(desk(), classify.Example{Text: long, Label: "documents"}))
	for _, text := range []string{"passport", long, strings.Repeat("w", 64<<10) + " verify passport"} {
		if p := m.Predict(text); p.Label != "documents" {
			t.Errorf("%.20q… is %s, want documents", text, p.Label)
		}
	}
}

// anyText is what people, programs and attackers send.
func anyText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 50), func(b []byte) string { return string(b) }),
		rapid.Map(rapid.SliceOfN(rapid.SampledFrom(strings.Fields("bet ставка password пароль my withdrawal 100 ? card ё")), 0, 12),
			func(words []string) string { return strings.Join(words, " ") }),
	)
}

func anyExamples() *rapid.Generator[[]classify.Example] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) classify.Example {
		return classify.Example{Text: anyText().Draw(t, "text"), Label: rapid.SampledFrom([]string{"a", "b", "c", classify.OutOfScope, "\xff"}).Draw(t, "label")}
	}), 1, 12)
}

// TestPredictionsAreProbabilities: whatever was learnt, and whatever is asked.
func TestPredictionsAreProbabilities(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		examples, text := anyExamples().Draw(t, "examples"), anyText().Draw(t, "text")
		m, err := classify.Train(context.Background(), examples)
		if errors.Is(err, classify.ErrNoLabels) {
			return
		}
		p := m.Predict(text)
		sum, best := 0.0, slices.Max(p.Probabilities)
		for _, x := range p.Probabilities {
			sum += x
		}
		if math.Abs(sum-1) > 1e-9 || p.Probabilities[slices.Index(m.Labels(), p.Label)] != best {
			t.Fatalf("probabilities %v of %v, predicted %q", p.Probabilities, m.Labels(), p.Label)
		}
		for _, share := range append(p.Probabilities, p.Confidence, p.Evidence.Nearest, p.Evidence.Familiar) {
			if !(share >= 0 && share <= 1) {
				t.Fatalf("%v is no share in %+v", share, p)
			}
		}
	})
}

// TestSameExamplesSameModel: in whatever order, to the last digit.
func TestSameExamplesSameModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		examples := append(desk()[:6], anyExamples().Draw(t, "examples")...)
		shuffled, text := slices.Clone(examples), anyText().Draw(t, "text")
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		var predictions []classify.Prediction
		for _, of := range [][]classify.Example{examples, shuffled} {
			m, err := classify.Train(context.Background(), of)
			if err != nil {
				t.Fatal(err)
			}
			predictions = append(predictions, m.Predict(text))
		}
		if diff := cmp.Diff(predictions[0], predictions[1]); diff != "" {
			t.Fatalf("predictions differ (-first +shuffled):\n%s", diff)
		}
	})
}
