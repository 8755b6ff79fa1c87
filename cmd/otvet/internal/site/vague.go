package site

import (
	"strings"
	"unicode"
)

// enoughWords is how many words a text needs that say something of their own.
const enoughWords = 3

// empty are words that say that something is wrong, and not what.
var emptyWords = wordSet(`
	не ни нет работает работают работать ничего всё все вообще совсем помогите помогите пожалуйста
	проблема проблемы проблемка ошибка ошибки сломалось сломался сломано беда что делать что-то как почему
	здравствуйте привет добрый день вопрос у меня мне вас вы я и а но это срочно опять снова плохо
	not nothing no doesnt doesn't dont don't does do is isnt isn't work works working broken problem problems issue
	error errors help please hello hi hey urgent again bad something everything anything wrong what why how it the a an
	i my me you and but this that there question have has got`)

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// vague reports whether a text is too general for anybody to answer it at once ("it does
// not work"; requirement 116). A number is always something to begin with.
func vague(text string) bool {
	if strings.TrimSpace(text) == "" || strings.ContainsFunc(text, unicode.IsDigit) {
		return false
	}
	said := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), notInWord) {
		if !emptyWords[w] {
			said[w] = true
		}
	}
	return len(said) < enoughWords
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '-' }
