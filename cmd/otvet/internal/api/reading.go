package api

import "otvet/search"

// Reading is a text as it was understood.
type Reading struct {
	Text    string          `json:"text" doc:"The text in the person's own word order." example:"сколько ждать вывод"`
	Changes []search.Change `json:"changes" nullable:"false" enum:"layout,translit,joined,split,typo" doc:"What was done to it. layout: it was typed in the other keyboard layout. translit: in the letters of the other language. joined: one word typed as two. split: two words typed as one. typo: a slip of the hand."`
}

// newReading returns nil for a text that was taken as it was typed.
func newReading(r search.Reading) *Reading {
	if r.Text == "" {
		return nil
	}
	return &Reading{r.Text, r.Changes}
}

// Piece is a stretch of a text.
type Piece struct {
	Text  string `json:"text" doc:"As its author wrote it."`
	Match bool   `json:"match" doc:"Whether it matches what was asked: the same word in any form, a synonym, what a typo was read as, or the beginning that was typed."`
}

// newPieces cuts a text at its marks.
func newPieces(text string, marks []search.Span) []Piece {
	pieces, done := []Piece{}, 0
	add := func(end int, match bool) {
		if end > done {
			pieces = append(pieces, Piece{text[done:end], match})
			done = end
		}
	}
	for _, m := range marks {
		add(m.Start, false)
		add(m.End, true)
	}
	add(len(text), false)
	return pieces
}
