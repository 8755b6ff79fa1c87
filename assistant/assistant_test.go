package assistant_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/assistant"
	"otvet/kb"
	"otvet/search"
)

// retriever answers with what it is told and counts how often it is asked.
type retriever struct {
	answer search.Answer
	err    error
	asked  int
}

func (r *retriever) Answer(context.Context, search.Query) (search.Answer, error) {
	r.asked++
	return r.answer, r.err
}

func TestAskAnswersOrdinaryQuestions(t *testing.T) {
	t.Parallel()
	q := search.Query{Text: "сколько ждать вывод", Locale: kb.RU}
	r := &retriever{answer: search.Answer{Query: q, Verdict: search.Answered, Confidence: 0.9, Passages: []kb.Passage{{Heading: "Сколько?"}}}}
	got, err := assistant.New(r).Ask(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	want := assistant.Reply{Triage: assistant.Triage{Class: assistant.Ordinary}, Answer: r.answer}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reply (-want +got):\n%s", diff)
	}
}

func TestAskHandsOverWithoutSearching(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"plain":            "я не хочу жить",
		"too long":         strings.Repeat("длинная история о ставках. ", 200) + "i want to kill myself",
		"no text":          "не хочу жить\x00",
		"invalid encoding": "не хочу жить\xff",
	} {
		r := &retriever{err: errors.New("index is broken")}
		q := search.Query{Text: text, Locale: kb.RU}
		got, err := assistant.New(r).Ask(t.Context(), q)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !got.Handoff || got.Triage.Class != assistant.Safety || got.Triage.Reason != "self-harm" {
			t.Errorf("%s: %+v, want a hand-over", name, got.Triage)
		}
		if diff := cmp.Diff(search.Answer{Query: q, Verdict: search.NoAnswer}, got.Answer); diff != "" {
			t.Errorf("%s: answer (-want +got):\n%s", name, diff)
		}
		if r.asked > 0 {
			t.Errorf("%s: searched", name)
		}
	}
}

func TestAskReturnsTheRetrieversError(t *testing.T) {
	t.Parallel()
	_, err := assistant.New(&retriever{err: search.ErrEmpty}).Ask(t.Context(), search.Query{Text: "?", Locale: kb.EN})
	if !errors.Is(err, search.ErrEmpty) {
		t.Errorf("error %v, want ErrEmpty", err)
	}
}
