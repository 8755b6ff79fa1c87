package site

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/search"
)

// maxPerhaps is how many hits are offered when none of them is an answer.
const maxPerhaps = 5

// The states of the results page: search's verdicts, and what is no question.
const (
	stateEmpty = "empty"
	stateLong  = "too-long"
)

// searchPage is GET /{lang}/search?q=.
type searchPage struct {
	frame
	State   string // a search.Verdict, stateEmpty or stateLong
	Ask     string // key of the ask
	Answers []excerpt
	More    []link // related to the answer, or perhaps useful when there is none
	Contact string // path of the contact form, filled in
}

// search answers GET /{lang}/search?q=.
func (s *Site) search(w http.ResponseWriter, r *http.Request) error {
	lang, question := langOf(r), strings.TrimSpace(r.URL.Query().Get("q"))
	reply, err := s.Assistant.Ask(r.Context(), search.Query{Text: question, Locale: kb.Locale(lang)})
	switch {
	case errors.Is(err, search.ErrEmpty):
		return s.writeSearch(w, http.StatusOK, s.newSearchPage(lang, stateEmpty, question))
	case errors.Is(err, search.ErrTooLong):
		return s.writeSearch(w, http.StatusRequestEntityTooLarge, s.newSearchPage(lang, stateLong, question))
	case errors.Is(err, search.ErrText):
		return &web.Error{Kind: web.BadRequest, Err: err}
	case err != nil:
		return err
	}
	ask := s.newAsk(w, r, "search", question, reply)
	s.record(r.Context(), ask)
	if reply.Handoff {
		return s.handOff(w, lang, question)
	}
	p := s.newSearchPage(lang, string(reply.Answer.Verdict), question)
	p.Ask = ask.Key
	if err := s.fill(r, p, reply); err != nil {
		return err
	}
	return s.writeSearch(w, http.StatusOK, p)
}

func (s *Site) newSearchPage(lang, state, question string) *searchPage {
	words := s.words(lang)
	p := &searchPage{frame: s.frame(lang, words.T("search.title"), "search").unlisted(), State: state}
	p.Finder, p.Query, p.Contact = false, question, contactWith(lang, question)
	if question != "" {
		p.Title = words.T("search.title.for", question)
		p.Other.URL += "?q=" + url.QueryEscape(question)
	}
	return p
}

// fill puts the answer into the page.
func (s *Site) fill(r *http.Request, p *searchPage, reply assistant.Reply) error {
	answer := reply.Answer
	p.Answers = excerpts(answer.Passages, answer.Citations, p.Lang)
	p.More = passageLinks(answer.Related, p.Lang)
	if answer.Verdict != search.NoAnswer {
		return nil
	}
	found, err := s.Engine.Search(r.Context(), search.Query{Text: answer.Query.Text, Locale: answer.Query.Locale, Limit: maxPerhaps})
	if err != nil {
		return err
	}
	for _, h := range found.Hits {
		p.More = append(p.More, passageLink(h.Passage, p.Lang))
	}
	return nil
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
