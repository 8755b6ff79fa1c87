// Package classify learns labels from examples and knows when none of them fits.
//
// # What it does
//
// [Train] takes [Example]s, texts that somebody labelled; [Model.Predict] names the label of
// another text, with a [Prediction.Probabilities] among the labels and a
// [Prediction.Confidence], which also weighs that the text may be about something else.
// Nothing but the examples is used: no word list, no other corpus, no pretrained vectors, no
// language. Examples labelled [OutOfScope] are negatives for every label; none are needed.
//
// # How it does it
//
// A text becomes the beginnings of its words, pairs of neighbours and character n-grams
// (feature.go). A feature's weight is its rarity times what it tells about the label
// (dictionary.go), and a text is a vector of these (vector.go). One linear support vector
// machine a label is trained on the vectors (machine.go). The name of a label is one more
// example of it: people name labels for what is in them.
//
// # How sure it is
//
// Three observations are evidence for a prediction: the machine's margin, the likeness to the
// nearest example (neighbours.go), and how much of the text some example has too. What they are
// worth is found in a rehearsal (rehearsal.go): the examples are split into folds, with each
// fold some labels are hidden whole, and a model of the rest judges the held-out texts, of
// which those of hidden labels are out of scope for it. From that, a temperature turns margins
// into probabilities, and a small logistic model turns the evidence into the confidence
// (confidence.go).
//
// # How the constants were chosen
//
// All constants are the same for every set and were chosen on training files alone, by
// cross-validation on those of curekart, sofmattress, rutube and banking77 (third-party, not
// part of the project): for labels ten stratified folds, three times (a sample of 3,000 and
// three folds for banking77), for the confidence the rehearsal six times with other folds.
// Over the three small sets, the mean of accuracy and macro-F1 was .841, and AUROC .844:
//
//	                                             labels  AUROC
//	as it is                                      .841   .844
//	no information about labels in the weights    .823   .839   rutube's macro-F1: .74 to .63
//	twice its power                               .835   .845
//	no names of labels                            .806   .839
//	no beginnings of words                        .836   .844
//	no pairs                                      .833   .843
//	whole words too                               .837   .841
//	n-grams of half their length                  .822   .840
//	the cost of an error halved, doubled          .822, .841   .845, .843
//	confidence from the margin alone                     .829
//	without the likeness, the familiar share             .840, .838
//
// Pairs with gaps, the likeness to each label's examples in the margin or as evidence, and the
// lead over the second label gained nothing either.
//
// # Promises
//
// Same examples, same model, whatever their order and the number of processors; predictions are
// safe for concurrent use. Training takes seconds for ten thousand texts, and its end can be
// forced by its context. Besides its own code the package needs Fold of package search, so
// that a label and a search result never disagree about what a word is.
package classify

// OutOfScope is the label of a text that none of the labels fits.
const OutOfScope = "oos"

// Example is a text with the label that somebody gave it.
type Example struct {
	Text  string
	Label string
}
