package site

import (
	"errors"
	"net/http"
	"net/url"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/search"
)

// maxPerhaps is how many hits are offered when none of them is an answer.
const maxPerhaps = 5

// The states of the results page: search's verdicts, a list that a filter narrows, and
// what is no question.
const (
	stateNarrowed = "narrowed"
	stateEmpty    = "empty"
	stateLong     = "too-long"
)

// searchPage is GET /{lang}/search?q=. With as=typed the text is not rewritten; kind and
// category narrow the results of the ask that from names.
type searchPage struct {
	frame
	State   string // a search.Verdict or one of the states
	Ask     string // key of the ask
	Reading rewritten
	Answers []answered
	Also    []link // other questions, below an answer
	Found   findings
	Contact string // path of the contact form, filled in
}

// answered are the answers to a question of the text.
type answered struct {
	Question string // the part of the text; empty when it is one question
	Excerpts []excerpt
}

// rewritten is what became of the text before it was searched for.
type rewritten struct {
	Text     string // as it was read; empty: as it was typed
	Changes  []search.Change
	Verbatim bool   // it was not to be rewritten
	Other    string // path of the results as it was typed, or with corrections when it is Verbatim
}

// search answers GET /{lang}/search?q=.
func (s *Site) search(w http.ResponseWriter, r *http.Request) error {
	v := readSearchView(r, s.Engine.Library())
	if v.narrowed() {
		return s.narrowed(w, r, v)
	}
	reply, err := s.Assistant.Ask(r.Context(), v.query())
	if err != nil {
		return s.refused(w, v, err)
	}
	ask := s.newAsk(w, r, "search", v.Text, reply)
	s.record(r.Context(), ask)
	if reply.Handoff {
		return s.handOff(w, v.Lang, v.Text)
	}
	p := s.newSearchPage(v, string(reply.Answer.Verdict))
	p.Ask = ask.Key
	if err := s.fill(r, p, v, reply.Answer); err != nil {
		return err
	}
	return s.writeSearch(w, http.StatusOK, p)
}

// refused answers a text that cannot be searched for.
func (s *Site) refused(w http.ResponseWriter, v searchView, err error) error {
	switch {
	case errors.Is(err, search.ErrEmpty):
		return s.writeSearch(w, http.StatusOK, s.newSearchPage(v, stateEmpty))
	case errors.Is(err, search.ErrTooLong):
		return s.writeSearch(w, http.StatusRequestEntityTooLarge, s.newSearchPage(v, stateLong))
	case errors.Is(err, search.ErrText):
		return &web.Error{Kind: web.BadRequest, Err: err}
	}
	return err
}

// narrowed answers GET /{lang}/search with a filter: the list alone. It belongs to an ask
// that was recorded before; a question that a person must answer has no list either.
func (s *Site) narrowed(w http.ResponseWriter, r *http.Request, v searchView) error {
	if len(v.Text) <= search.MaxBytes && assistant.Assess(v.Text).Class == assistant.Safety {
		return s.handOff(w, v.Lang, v.Text)
	}
	p := s.newSearchPage(v, stateNarrowed)
	found, reading, err := s.find(r.Context(), v, v.Ask, nil)
	if err != nil {
		return s.refused(w, v, err)
	}
	p.Found, p.Reading = found, newRewritten(v, reading)
	return s.writeSearch(w, http.StatusOK, p)
}

func (s *Site) newSearchPage(v searchView, state string) *searchPage {
	words := s.words(v.Lang)
	p := &searchPage{frame: s.frame(v.Lang, words.T("search.title"), "search").unlisted(), State: state}
	p.Finder, p.Query, p.Contact = false, v.Text, contactWith(v.Lang, v.Text)
	if v.Text != "" {
		p.Title = words.T("search.title.for", v.Text)
		p.Other.URL = v.whole().in(p.Other.Lang).url()
	}
	return p
}

// fill puts the answer and what else was found into the page.
func (s *Site) fill(r *http.Request, p *searchPage, v searchView, a search.Answer) error {
	found, _, err := s.find(r.Context(), v, p.Ask, a.Passages)
	if err != nil {
		return err
	}
	p.Found, p.Reading = found, newRewritten(v, a.Reading)
	if a.Verdict == search.NoAnswer { // what is merely alike must not bury the way to a person
		p.Found.Hits, p.Found.Sets = found.Hits[:min(len(found.Hits), maxPerhaps)], nil
	}
	for _, part := range a.Parts {
		p.Answers = append(p.Answers, answered{part.Query.Text, s.excerpts(part.Passages, part.Citations, p.Lang, p.Ask)})
	}
	if a.Parts == nil && len(a.Passages) > 0 {
		p.Answers = []answered{{Excerpts: s.excerpts(a.Passages, a.Citations, p.Lang, p.Ask)}}
	}
	if a.Verdict == search.Answered {
		p.Also = s.alsoAsked(p.Lang, p.Ask, a.Passages, found.Hits)
	}
	return nil
}

func newRewritten(v searchView, r search.Reading) rewritten {
	w := rewritten{Text: r.Text, Changes: r.Changes, Verbatim: v.Verbatim}
	v = v.whole()
	v.Verbatim = !v.Verbatim
	w.Other = v.url()
	return w
}

func (s *Site) writeSearch(w http.ResponseWriter, status int, p *searchPage) error {
	private(w)
	return s.pages.search.Write(w, status, p)
}

// contactWith returns the path of the contact form with a question filled in.
func contactWith(lang, question string) string {
	if question == "" {
		return address(lang, "contact")
	}
	return address(lang, "contact?q="+url.QueryEscape(question))
}
