package eval_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"strings"
	"testing"

	"otvet/kb"
	"otvet/search/eval"
	"otvet/search/eval/plain"
)

// stubborn is a peer that always finds the same.
type stubborn []string

func (s stubborn) Name() string { return "stubborn" }

func (s stubborn) Find(context.Context, string, int) ([]string, error) { return s, nil }

// broken is a peer that fails.
type broken struct{ stubborn }

func (broken) Find(context.Context, string, int) ([]string, error) {
	return nil, errors.New("peer fell over")
}

// field returns plain bleve and another peer.
func field(t *testing.T, other eval.Peer) eval.Peers {
	return func(_ context.Context, loc kb.Locale, texts iter.Seq2[string, string]) ([]eval.Peer, error) {
		match, err := plain.New(loc, texts)
		if err != nil {
			return nil, err
		}
		t.Cleanup(func() { _ = match.Close() })
		return []eval.Peer{match, other}, nil
	}
}

func TestRetrieveBesidePeers(t *testing.T) {
	t.Parallel()
	set := garden()
	watch := &eval.Stopwatch{Peer: stubborn{"slugs"}}
	report, _, timing, err := eval.Retrieve(t.Context(), set, eval.Options{Locale: kb.EN, Peers: field(t, watch)})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Peers) != 2 || report.Peers[0].Name != "bleve match" || report.Peers[1].Name != "stubborn" {
		t.Fatalf("peers %+v", report.Peers)
	}
	for i, d := range report.Peers[0].Figures {
		if d.Name != report.Metrics[i].Name || d.New != report.Metrics[i].Value || d.Old == 0 {
			t.Errorf("bleve: %+v beside %+v", d, report.Metrics[i])
		}
	}
	if d := report.Peers[1].Figures[1]; d.Old >= d.New || d.P > 1 || d.P <= 0 {
		t.Errorf("stubborn: %+v, want less than ours", d)
	}
	if len(watch.Took) != len(timing) {
		t.Errorf("%d of %d questions timed", len(watch.Took), len(timing))
	}
	var text bytes.Buffer
	if err := eval.WriteText(&text, &report); err != nil || !strings.Contains(text.String(), "stubborn") {
		t.Errorf("no peer in the text, %v:\n%s", err, &text)
	}
}

func TestJudgeContentBesidePeers(t *testing.T) {
	t.Parallel()
	report, _, err := eval.JudgeContent(t.Context(), gardener(t), kb.EN, eval.Both, judgments(t), nil, field(t, stubborn{"water#", "prune#", "compost#"}))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{.5, .5, 1} { // of four answerable questions
		if d := report.Peers[1].Figures[i]; d.Old != want || d.New != report.Metrics[i].Value {
			t.Errorf("%s: %+v, want %.2f of the peer", d.Name, d, want)
		}
	}
}

func TestPeersThatFail(t *testing.T) {
	t.Parallel()
	_, _, _, err := eval.Retrieve(t.Context(), garden(), eval.Options{Locale: kb.EN, Peers: field(t, broken{})})
	if err == nil || !strings.Contains(err.Error(), "peer fell over") {
		t.Errorf("error %v", err)
	}
	_, _, err = eval.JudgeContent(t.Context(), gardener(t), kb.EN, eval.Both, judgments(t), nil, field(t, broken{}))
	if err == nil || !strings.Contains(err.Error(), "peer fell over") {
		t.Errorf("error %v", err)
	}
}
