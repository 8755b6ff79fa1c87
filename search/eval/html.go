package eval

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"sync"
)

//go:embed report.html
var page string

// pageTemplate is the page of [WriteHTML]; it does not change.
var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report").Funcs(template.FuncMap{
		"curve": drawCurve,
		"ranks": drawRanks,
	}).Parse(page))
})

// WriteHTML writes reports as one page that needs nothing else: tables, the precision–coverage
// curve, the histogram of ranks, and every miss or mistake with its explanation.
func WriteHTML(w io.Writer, reports ...Report) error {
	var views []view
	for _, r := range reports {
		views = append(views, r.view())
	}
	if err := pageTemplate().Execute(w, views); err != nil {
		return fmt.Errorf("write a report: %w", err)
	}
	return nil
}
