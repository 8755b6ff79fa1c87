package eval

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"otvet/kb"
	"otvet/search"
)

// Content is how well the judged questions of a help section's content are answered.
type Content struct {
	Locale     kb.Locale  `json:"locale"`
	Half       Half       `json:"half"`
	Questions  int        `json:"questions"`
	Refused    int        `json:"refused"`         // that search would not look for: missed
	Metrics    []Metric   `json:"metrics"`         // see figures
	Verdicts   []Verdicts `json:"verdicts"`        // by kind
	Categories []Category `json:"categories"`      // of answerable questions
	Ranks      []Bin      `json:"ranks"`           // of the right passage
	Confidence Tradeoff   `json:"confidence"`      // over what triage let through; right is the right passage first
	Peers      []Rival    `json:"peers,omitempty"` // on answerable questions
	Misses     []Miss     `json:"misses"`          // of the tuning half
	Withheld   int        `json:"withheld"`        // misses of the kept half, which nobody may look at
}

// Category is the figures of the answerable questions whose best section is in one category.
type Category struct {
	ID       string `json:"id"`
	Article  int    `json:"article_first"`
	Passage  int    `json:"passage_first"`
	Within3  int    `json:"passage_in_three"`
	Verdicts        // its Kind is empty
}

// Triage reports whether a text must go to a person, so that search never sees it.
type Triage func(text string) bool

// JudgeContent asks the engine the judged questions of a locale and half as the program does,
// those first put to triage, unless stops is nil, and to peers, unless that is nil. Errors: a fault of search, or the end of ctx.
func JudgeContent(ctx context.Context, engine *search.Engine, loc kb.Locale, half Half, judgments []Judgment, stops Triage, peers Peers) (Content, Timing, error) {
	rivals, err := peers.of(ctx, loc, passageTexts(engine.Library().Passages(loc)))
	if err != nil {
		return Content{}, nil, err
	}
	b := bench{report: Content{Locale: loc, Half: half}, categories: categories(engine.Library(), loc), byCategory: map[string]*Category{}, rivals: rivals}
	for _, kind := range Kinds() {
		b.report.Verdicts = append(b.report.Verdicts, Verdicts{Kind: kind})
	}
	for _, j := range half.Of(judgments) {
		a, err := ask(ctx, engine, search.Query{Text: j.Text, Locale: loc})
		if err != nil {
			return Content{}, nil, fmt.Errorf("line %d: %w", j.Line, err)
		}
		b.took = append(b.took, a.took)
		if stops != nil && stops(j.Text) {
			a.answer = search.Answer{Query: a.answer.Query, Verdict: Handoff, Explanation: []string{"handoff: triage gives it to a person"}}
		}
		b.judge(j, a)
		if err := b.askRivals(ctx, j); err != nil {
			return Content{}, nil, fmt.Errorf("line %d: %w", j.Line, err)
		}
	}
	return b.sum(), b.took, nil
}

// categories returns the category of each section.
func categories(lib *kb.Library, loc kb.Locale) map[string]string {
	of := map[string]string{}
	for _, p := range lib.Passages(loc) {
		of[section(p.Ref)] = p.Category
	}
	return of
}

// bench is an evaluation of content under way.
type bench struct {
	report     Content
	categories map[string]string // of sections
	byCategory map[string]*Category

	// Of the answerable questions, 1 where it holds and 0 where not.
	article, passage, within3, covered []float64
	// The same of those answered, of every kind.
	rightPassage, rightArticle []float64

	ranks     []int
	decisions []Decision
	took      Timing
	rivals    []*rival
}

// askRivals puts a question to the peers, which decide nothing: an answerable one.
func (b *bench) askRivals(ctx context.Context, j Judgment) error {
	for _, r := range b.rivals {
		found, err := r.Find(ctx, j.Text, depth)
		if err != nil {
			return fmt.Errorf("ask %s: %w", r.Name(), err)
		}
		if j.Kind != Answerable {
			continue
		}
		article := false
		if len(found) > 0 {
			name, _, _ := strings.Cut(found[0], "#")
			article = j.rightArticle(kb.Ref{Article: name})
		}
		rank := 1 + slices.IndexFunc(found, func(id string) bool { return slices.Contains(j.Gold, id) })
		r.note(bit(article), bit(rank == 1), bit(rank > 0 && rank <= 3))
	}
	return nil
}

// judge notes what one question got.
func (b *bench) judge(j Judgment, a asked) {
	b.report.Questions++
	if a.refused != nil {
		b.report.Refused++
	}
	rank, article := a.rank(j.right), a.rank(j.rightArticle)
	b.verdicts(j.Kind).count(a.answer.Verdict, a.shown(j.right))
	if a.answer.Verdict != Handoff {
		b.decisions = append(b.decisions, Decision{a.answer.Confidence, j.Kind == Answerable, rank == 1})
	}
	if a.answer.Verdict == search.Answered {
		b.rightPassage = append(b.rightPassage, bit(a.shown(j.right)))
		b.rightArticle = append(b.rightArticle, bit(a.shown(j.rightArticle)))
	}
	if j.Kind == Answerable {
		b.place(j, a, rank, article)
	}
	if fault := j.fault(a, rank); fault != "" {
		b.miss(j, newMiss(j.Text, a, fault, j.wanted(), rank))
	}
}

func (b *bench) verdicts(kind string) *Verdicts {
	return &b.report.Verdicts[slices.Index(Kinds(), kind)]
}

// place notes where an answerable question's right passage and article came.
func (b *bench) place(j Judgment, a asked, rank, article int) {
	b.ranks = append(b.ranks, rank)
	within3 := rank > 0 && rank <= 3
	b.article = append(b.article, bit(article == 1))
	b.passage = append(b.passage, bit(rank == 1))
	b.within3 = append(b.within3, bit(within3))
	b.covered = append(b.covered, bit(a.answer.Verdict == search.Answered))
	id := b.categories[j.Gold[0]]
	c, ok := b.byCategory[id]
	if !ok {
		c = &Category{ID: id}
		b.byCategory[id] = c
	}
	c.count(a.answer.Verdict, a.shown(j.right))
	c.Article += int(bit(article == 1))
	c.Passage += int(bit(rank == 1))
	c.Within3 += int(bit(within3))
}

func (b *bench) miss(j Judgment, m Miss) {
	if HalfOf(j.Text) == Kept {
		b.report.Withheld++
		return
	}
	b.report.Misses = append(b.report.Misses, m)
}

// sum computes the figures.
func (b *bench) sum() Content {
	r := b.report
	r.Metrics = b.figures()
	r.Peers = against(b.rivals, []string{"right article first", "right passage first", "right passage in three"}, b.article, b.passage, b.within3)
	r.Ranks = histogram(b.ranks)
	r.Confidence = newTradeoff(b.decisions)
	for _, id := range slices.Sorted(maps.Keys(b.byCategory)) {
		r.Categories = append(r.Categories, *b.byCategory[id])
	}
	return r
}

// figures are shares of the answerable questions and, for the precision, of all that were
// answered: an answer to a question of another kind is a wrong one.
func (b *bench) figures() []Metric {
	return []Metric{
		{"right article first", Bootstrap(b.article, Mean)},
		{"right passage first", Bootstrap(b.passage, Mean)},
		{"right passage in three", Bootstrap(b.within3, Mean)},
		{"Answered: coverage", Bootstrap(b.covered, Mean)},
		{"Answered: precision, passage", Bootstrap(b.rightPassage, Mean)},
		{"Answered: precision, article", Bootstrap(b.rightArticle, Mean)},
	}
}

// fault says in words what is wrong with what a question got; empty when nothing is.
func (j Judgment) fault(a asked, rank int) string {
	verdict := a.answer.Verdict
	switch {
	case j.Kind == Person && verdict != Handoff:
		return "must go to a person, got " + string(verdict)
	case j.Kind == Person:
		return ""
	case verdict == Handoff:
		return "held back for a person"
	case j.Kind == Answerable && rank != 1:
		return misplaced(rank, a)
	case j.Kind == Answerable && verdict == search.NoAnswer:
		return "the right one came first and was not shown"
	case j.Kind != Answerable && verdict != search.NoAnswer:
		return j.Kind + ", yet " + string(verdict)
	}
	return ""
}

// wanted is what is right, or the kind that says why nothing is.
func (j Judgment) wanted() []string {
	if j.Kind == Answerable {
		return j.Gold
	}
	return []string{j.Kind}
}

// bit is 1 for true.
func bit(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
