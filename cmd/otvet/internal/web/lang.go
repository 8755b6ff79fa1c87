package web

import (
	"net/http"
	"strings"

	"golang.org/x/text/language"
)

var matcher = language.NewMatcher([]language.Tag{language.English, language.Russian})

// Preferred returns the language that the browser asks for, "en" when it asks for none
// of ours.
func Preferred(r *http.Request) string {
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return "en"
	}
	tag, _, _ := matcher.Match(tags...)
	base, _ := tag.Base()
	return base.String()
}

// Lang returns the language of a request: that of its path, else the preferred one.
func Lang(r *http.Request) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	for _, lang := range Langs() {
		if first == lang {
			return lang
		}
	}
	return Preferred(r)
}
