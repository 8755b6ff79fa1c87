package site

import "net/http"

// missingPage says that there is nothing at an address. It never repeats the address.
type missingPage struct {
	frame
	Lead string
	Next string
}

// missing answers every address below a language that is no page.
func (s *Site) missing(w http.ResponseWriter, r *http.Request) error {
	return s.writeMissing(w, r, "missing", "missing.next")
}

// missingRequest answers an address of a private page that opens none.
func (s *Site) missingRequest(w http.ResponseWriter, r *http.Request) error {
	next := "missing.request.next"
	if s.MailOut {
		next += ".mail"
	}
	return s.writeMissing(w, r, "missing.request", next)
}

// writeMissing writes the page with the title and lead below the message key, and the
// message of the next step.
func (s *Site) writeMissing(w http.ResponseWriter, r *http.Request, key, next string) error {
	lang := langOf(r)
	words := s.words(lang)
	p := missingPage{s.frame(lang, words.T(key+".title"), "").unlisted(), words.T(key + ".lead"), words.T(next)}
	private(w)
	return s.pages.missing.Write(w, http.StatusNotFound, &p)
}
