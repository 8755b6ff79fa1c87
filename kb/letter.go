package kb

// Letter is the text of a letter or of a fixed message. Subject and Body may
// hold the placeholders of [LetterFields], written "{{number}}"; nothing else in
// braces is allowed, and no template language stands behind them, so that text
// from a player can never be run.
type Letter struct {
	Locale  Locale
	Name    string // "ack", "reply", "safety"
	Subject string
	Body    string // plain text
}

// Fields are the values of a letter's placeholders.
type Fields map[string]string

// LetterFields returns the names of the placeholders that letters may use:
// number (of the ticket), link (to the private page), category (its title),
// operator (its name), helpline, reply (the agent's text).
func LetterFields() []string {
	return []string{"number", "link", "category", "operator", "helpline", "reply"}
}

// Render fills the placeholders. A placeholder without a value becomes empty.
func (l Letter) Render(f Fields) (subject, body string) { panic("unbuilt") }
