package jobs

import (
	"html/template"
	"strings"

	"otvet/kb"
	"otvet/tickets"
)

// cautioned adds to a letter what nobody of ours ever asks for, so that a player can tell a
// forged one (requirement 115): in the frame, since an editor may leave it out of a text. A
// letter that says so itself is left as it is, and so is one to a dispute body.
func cautioned(l tickets.Letter, w kb.Writing) kb.Writing {
	if l.Kind == tickets.LetterEnquiryCover || strings.Contains(w.Text, "CVV") {
		return w
	}
	sentence := caution(l.Locale)
	w.Text = strings.TrimRight(w.Text, "\n") + "\n\n" + sentence + "\n"
	w.HTML += template.HTML("<p>" + template.HTMLEscapeString(sentence) + "</p>\n")
	return w
}

func caution(l kb.Locale) string {
	if l == kb.RU {
		return "Поддержка никогда не спрашивает пароль, код для входа, CVV или полный номер карты."
	}
	return "Support never asks for your password, a sign-in code, your CVV or your full card number."
}
