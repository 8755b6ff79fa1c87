// Package eval measures search and what is learnt from labels: what is found, what is decided,
// and how sure that is.
//
// # Four evaluations
//
// [Retrieve] asks the questions of a [Set], a collection in the layout of BEIR (Thakur and
// others 2021), and compares the order of what search.Engine.Search finds with the
// collection's judgments. [JudgeContent] asks the [Judgment]s of a help section's own
// content, and looks at the verdict too. [Classify] and [Abstain] train the classifier of
// search/classify on one file of labelled texts and look at what it makes of another: at the
// labels, and at whether its confidence knows when none fits. All return a [Report], written as
// a table ([WriteText]), as a page ([WriteHTML]) or by encoding/json.
//
// # The figures
//
// Each is a small pure function of its own: [ReciprocalRank], [Recall] and [NDCG] of one
// ranking (metric.go, conventions of trec_eval), [Accuracy], [MacroF1], [LabelScores] and
// [Confusions] of labels (labelmetric.go), [AUROC] and [Curve] of many decisions, with
// [Bootstrap] for the interval of a figure and [Permutation] for the difference of two.
// A query that search refuses counts as missed; it never ends a run.
//
// # The same twice
//
// Reports and runs of the same engine over the same data are the same to the byte: random
// numbers have a fixed seed, figures are rounded to six digits, and what a clock says is
// kept apart in [Timing] and [Learning].
//
// # Halves
//
// A judged set of content has two halves by a fixed rule, see [HalfOf]. Whoever changes
// search looks at the tuning half only, so no report names a miss of the kept one.
//
// # Adding to it
//
// A metric of rankings is a line of measures (metric.go); it then has its interval and its
// comparison too. A new evaluation is a type with a method view (report.go). The package
// opens no file: callers pass readers with the names to use in errors.
package eval
