package eval

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"otvet/kb"
	"otvet/search/eval/plain"
)

// Peer is another engine that is asked the same questions over the same texts. An interface
// because the engines are technologies that what is measured must not know.
type Peer interface {
	Name() string
	// Find returns the IDs of at most n texts, best first.
	Find(ctx context.Context, question string, n int) ([]string, error)
}

// PlainPeer is stock bleve over the texts: one field, the language's own analyzer. It is
// closed when it is done with.
func PlainPeer(loc kb.Locale, texts iter.Seq2[string, string]) (interface {
	Peer
	io.Closer
}, error,
) {
	return plain.New(loc, texts)
}

// Peers gives texts of a language, as pairs of ID and text, to peers. Whoever makes them closes
// them.
type Peers func(context.Context, kb.Locale, iter.Seq2[string, string]) ([]Peer, error)

// of returns the peers of some texts; none without a maker.
func (p Peers) of(ctx context.Context, loc kb.Locale, texts iter.Seq2[string, string]) ([]*rival, error) {
	if p == nil {
		return nil, nil
	}
	peers, err := p(ctx, loc, texts)
	if err != nil {
		return nil, fmt.Errorf("index for peers: %w", err)
	}
	var rivals []*rival
	for _, peer := range peers {
		rivals = append(rivals, &rival{Peer: peer})
	}
	return rivals, nil
}

// rival is a peer with what it reached, by figure and question.
type rival struct {
	Peer
	figures [][]float64
}

// note adds what the peer reached with one question, a value for each figure.
func (r *rival) note(values ...float64) {
	if r.figures == nil {
		r.figures = make([][]float64, len(values))
	}
	for i, v := range values {
		r.figures[i] = append(r.figures[i], v)
	}
}

// Rival is how a peer did beside us on the same questions.
type Rival struct {
	Name    string       `json:"name"`
	Figures []Difference `json:"figures"` // old is the peer, new is we
}

// against compares figures of ours with those of the peers, question by question.
func against(rivals []*rival, names []string, ours ...[]float64) []Rival {
	var all []Rival
	for _, r := range rivals {
		compared := Rival{Name: r.Name()}
		for i, is := range ours {
			was := make([]float64, len(is))
			if len(r.figures) > 0 {
				was = r.figures[i]
			}
			deltas := minus(is, was)
			compared.Figures = append(compared.Figures, Difference{names[i], round(Mean(was)), round(Mean(is)), round(Mean(deltas)), round(Permutation(deltas))})
		}
		all = append(all, compared)
	}
	return all
}

// rivalTable shows the peers side by side.
func rivalTable(rivals []Rival) table {
	t := table{Caption: "Beside peers on the same texts (p of the difference to us)", Head: []string{"figure", "otvet"}}
	for i, r := range rivals {
		t.Head = append(t.Head, r.Name, "p")
		for j, d := range r.Figures {
			if i == 0 {
				t.Rows = append(t.Rows, []string{d.Name, fmt.Sprintf("%.3f", d.New)})
			}
			t.Rows[j] = append(t.Rows[j], fmt.Sprintf("%.3f", d.Old), fmt.Sprintf("%.4f", d.P))
		}
	}
	return t
}

// Stopwatch is a peer whose times are taken. Questions are put to everyone in turns, so that
// what slows the machine down slows all of them down.
type Stopwatch struct {
	Peer
	Took Timing
}

// Find asks the peer.
func (s *Stopwatch) Find(ctx context.Context, question string, n int) ([]string, error) {
	begin := time.Now()
	found, err := s.Peer.Find(ctx, question, n)
	s.Took = append(s.Took, time.Since(begin))
	return found, err
}

// Beside says how long the peer took, and how much longer or shorter answers did.
func (s *Stopwatch) Beside(answers Timing) string {
	ratio := func(p float64) float64 { return float64(answers.Percentile(p)) / float64(max(s.Took.Percentile(p), 1)) }
	return fmt.Sprintf("%s: p50 %.2f ms, p99 %.2f ms; Engine.Answer takes %.2f and %.2f times that", s.Name(),
		milliseconds(s.Took.Percentile(50)), milliseconds(s.Took.Percentile(99)), ratio(50), ratio(99))
}

// documentTexts are documents for peers.
func documentTexts(docs []kb.Document) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, d := range docs {
			if !yield(d.ID, d.Title+"\n"+d.Text) {
				return
			}
		}
	}
}

// passageTexts are passages for peers, each under the name of its section.
func passageTexts(passages []kb.Passage) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, p := range passages {
			text := strings.Join(slices.Concat([]string{p.Title, p.Heading}, p.Questions, []string{p.Text}), "\n")
			if !yield(section(p.Ref), text) {
				return
			}
		}
	}
}
