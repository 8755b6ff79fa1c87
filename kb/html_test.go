package kb_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// checkHTML says what in rendered HTML is not well nested, or is no element, attribute
// or address that articles may hold.
func checkHTML(rendered string) error {
	closed := strings.NewReplacer("<br>", "<br/>", "<hr>", "<hr/>", "\ufffe", "", "\uffff", "").Replace(rendered)
	d := xml.NewDecoder(strings.NewReader("<section>" + closed + "</section>"))
	d.Strict = true
	parents := []string{}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("not well nested: %w", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := checkElement(t, parents); err != nil {
				return err
			}
			parents = append(parents, t.Name.Local)
		case xml.EndElement:
			parents = parents[:len(parents)-1]
		case xml.Comment, xml.ProcInst, xml.Directive:
			return fmt.Errorf("%T in the HTML", t)
		}
	}
}

// checkElement says what is wrong with one element.
func checkElement(e xml.StartElement, parents []string) error {
	allowed := map[string][]string{
		"section": {}, "p": {}, "ul": {}, "ol": {"start"}, "li": {}, "blockquote": {}, "pre": {}, "code": {"class"},
		"em": {}, "strong": {}, "a": {"href", "rel"}, "br": {}, "hr": {}, "mark": {},
		"table": {}, "thead": {}, "tbody": {}, "tr": {}, "th": {"align"}, "td": {"align"},
	}
	name := e.Name.Local
	attributes, ok := allowed[name]
	if !ok {
		return fmt.Errorf("element %s", name)
	}
	for _, a := range e.Attr {
		if !slices.Contains(attributes, a.Name.Local) {
			return fmt.Errorf("attribute %s of %s", a.Name.Local, name)
		}
		if a.Name.Local == "href" && !isSafe(a.Value) {
			return fmt.Errorf("link to %q", a.Value)
		}
	}
	if len(parents) > 0 && !isAllowedIn(name, parents[len(parents)-1]) || name == "a" && slices.Contains(parents, "a") {
		return fmt.Errorf("%s inside %q", name, parents)
	}
	return nil
}

// isAllowedIn says whether HTML lets the child stand in the parent, as far as marks
// could break it.
func isAllowedIn(child, parent string) bool {
	switch parent {
	case "ul", "ol":
		return child == "li"
	case "table", "thead", "tbody":
		return child == "thead" || child == "tbody" || child == "tr"
	case "tr":
		return child == "td" || child == "th"
	}
	return true
}

// isSafe says whether an address runs nothing and stays on the site or on https.
func isSafe(href string) bool {
	site := strings.HasPrefix(href, "/ru/") || strings.HasPrefix(href, "/en/")
	return site || strings.HasPrefix(href, "https://") || strings.HasPrefix(href, "mailto:") || strings.HasPrefix(href, "tel:")
}
