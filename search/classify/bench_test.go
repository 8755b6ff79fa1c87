package classify_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"otvet/search/classify"
)

// mixed are texts of the desk's words: each label has its own, and all share the rest.
func mixed(texts int) []classify.Example {
	const labels = 40
	rng := rand.New(rand.NewPCG(1, 2))
	var words []string
	for _, e := range desk() {
		words = append(words, strings.Fields(e.Text)...)
	}
	examples := make([]classify.Example, texts)
	for i := range examples {
		label := fmt.Sprintf("label %d", i%labels)
		text := []string{fmt.Sprintf("subject%d", i%labels+rng.IntN(2))}
		for range 4 + rng.IntN(8) {
			text = append(text, words[rng.IntN(len(words))])
		}
		examples[i] = classify.Example{Text: strings.Join(text, " "), Label: label}
	}
	return examples
}

func BenchmarkTrain(b *testing.B) {
	for _, texts := range []int{300, 3000} {
		b.Run(fmt.Sprint(texts), func(b *testing.B) {
			examples := mixed(texts)
			for b.Loop() {
				if _, err := classify.Train(context.Background(), examples); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPredict(b *testing.B) {
	examples := mixed(3000)
	m := train(b, examples)
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		m.Predict(examples[i%len(examples)].Text)
		i++
	}
}
