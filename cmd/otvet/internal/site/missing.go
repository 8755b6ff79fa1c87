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
	return s.writeMissing(w, r, "missing")
}

// missingRequest answers an address of a private page that opens none.
func (s *Site) missingRequest(w http.ResponseWriter, r *http.Request) error {
	return s.writeMissing(w, r, "missing.request")
}

// writeMissing writes the page with the title, lead and next step below the message key.
func (s *Site) writeMissing(w http.ResponseWriter, r *http.Request, key string) error {
	lang := langOf(r)
	words := s.words(lang)
	p := missingPage{s.frame(lang, words.T(key+".title"), "").unlisted(), words.T(key + ".lead"), words.T(key + ".next")}
	private(w)
	return s.pages.missing.Write(w, http.StatusNotFound, &p)
}
