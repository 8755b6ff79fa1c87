package jobs

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"otvet/kb"
)

//go:embed page.html
var pageSource string

// page is the one layout of letters. It loads nothing, so that nobody learns when and where
// a letter is read.
var page = template.Must(template.New("letter").Parse(pageSource))

// Page returns a letter as an HTML document. Its looks are in the elements themselves: many
// mail programs drop style sheets, and then only the dark colours are lost.
func Page(l kb.Locale, operator string, w kb.Writing) (string, error) {
	var b strings.Builder
	err := page.Execute(&b, struct {
		Lang, Operator, Subject string
		Letter                  template.HTML
	}{string(l), operator, w.Subject, template.HTML(looks.Replace(string(w.HTML)))})
	if err != nil {
		return "", fmt.Errorf("letter's page: %w", err)
	}
	return b.String(), nil
}

// looks styles the elements that a letter has (see kb.Letter.Render). Values are escaped in
// it, so that no text of anybody's can look like one of these.
var looks = strings.NewReplacer(
	`<p>`, `<p style="margin:0 0 16px">`,
	`<h2>`, `<h2 style="margin:24px 0 8px;font-size:17px;line-height:1.3">`,
	`<h3>`, `<h3 style="margin:20px 0 8px;font-size:16px;line-height:1.3">`,
	`<ul>`, `<ul style="margin:0 0 16px;padding:0 0 0 24px">`,
	`<ol>`, `<ol style="margin:0 0 16px;padding:0 0 0 24px">`,
	`<li>`, `<li style="margin:0 0 6px">`,
	`<hr>`, `<hr style="margin:20px 0;border:0;border-top:1px solid #8a94a3">`,
	`<p class="button"><a `, `<p style="margin:20px 0 8px"><a class="letter-button" style="display:inline-block;padding:12px 20px;`+
		`background-color:#1a56a6;border:1px solid #1a56a6;border-radius:6px;color:#ffffff;font-weight:600;text-decoration:none" `,
	`<p class="address"><a `, `<p style="margin:0 0 16px;overflow-wrap:anywhere"><a class="letter-link" style="color:#1a56a6" `,
	`<p class="address">`, `<p class="letter-small" style="margin:0 0 20px;font-size:14px;color:#4a5462;overflow-wrap:anywhere">`,
	`<a href`, `<a class="letter-link" style="color:#1a56a6" href`,
)
