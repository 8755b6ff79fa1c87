package eval

import (
	"fmt"

	"otvet/search"
)

// Miss is a question that did not get what its judges would have given it.
type Miss struct {
	ID         string         `json:"id,omitempty"` // of a collection's query
	Question   string         `json:"question"`
	Fault      string         `json:"fault"`  // in words
	Wanted     []string       `json:"wanted"` // what is right, or why nothing is
	Rank       int            `json:"rank"`   // of the first right one, 0 when it was not found
	Verdict    search.Verdict `json:"verdict"`
	Confidence float64        `json:"confidence"`
	First      *Found         `json:"first,omitempty"`    // what came first
	Right      *Found         `json:"right,omitempty"`    // the first right one, further down
	Decision   []string       `json:"decision,omitempty"` // why it was decided so
}

// Found is a passage with the reasons for its place.
type Found struct {
	Ref         string   `json:"ref"`
	Title       string   `json:"title"`
	Score       float64  `json:"score"`
	Explanation []string `json:"explanation"`
}

func newMiss(question string, a asked, fault string, wanted []string, rank int) Miss {
	m := Miss{
		Question: question, Fault: fault, Wanted: wanted, Rank: rank,
		Verdict: a.answer.Verdict, Confidence: round(a.answer.Confidence), Decision: a.answer.Explanation,
	}
	if len(a.hits) > 0 {
		m.First = found(a.hits[0])
	}
	if rank > 1 {
		m.Right = found(a.hits[rank-1])
	}
	return m
}

func found(h search.Hit) *Found {
	ref, title := h.Passage.Ref.Article, h.Passage.Heading
	if h.Passage.Ref.Anchor != "" {
		ref = section(h.Passage.Ref)
	}
	if title == "" {
		title = h.Quote
	}
	return &Found{ref, title, round(h.Score), h.Explanation}
}

// misplaced says in words that the right one is not first.
func misplaced(rank int, a asked) string {
	switch {
	case a.refused != nil:
		return "refused: " + a.refused.Error()
	case rank == 0:
		return fmt.Sprintf("the right one is not among %d", hits)
	}
	return fmt.Sprintf("the right one is at %d", rank)
}
