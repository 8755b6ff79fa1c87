package site

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

// missingPage says that there is nothing at an address. It never repeats the address.
type missingPage struct {
	frame
	Lead  string
	Next  string
	Again bool // the list of one's own requests may help
}

// missing answers every address below a language that is no page.
func (s *Site) missing(w http.ResponseWriter, r *http.Request) error {
	return s.writeMissing(w, r, "missing", "missing.next", false)
}

// missingRequest answers an address of a request's page that opens none. Of a number it
// says the same whether it is another's or nobody's.
func (s *Site) missingRequest(w http.ResponseWriter, r *http.Request) error {
	again := s.canSignIn(langOf(r))
	if chi.URLParam(r, "number") != "" {
		return s.writeMissing(w, r, "missing.own", "missing.own.next", again)
	}
	next := "missing.request.next"
	if s.MailOut {
		next += ".mail"
	}
	return s.writeMissing(w, r, "missing.request", next, again)
}

// writeMissing writes the page with the title and lead below the message key, and the
// message of the next step.
func (s *Site) writeMissing(w http.ResponseWriter, r *http.Request, key, next string, again bool) error {
	lang := langOf(r)
	words := s.words(lang)
	p := missingPage{s.frame(lang, words.T(key+".title"), "").unlisted(), words.T(key + ".lead"), words.T(next), again}
	private(w)
	return s.pages.missing.Write(w, http.StatusNotFound, &p)
}
