package kb

import (
	"bytes"
	"html/template"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newMarkdown returns the dialect of the content: CommonMark with tables and
// {#anchor} after headings. Alignment is an attribute because a strict
// Content-Security-Policy drops inline styles.
func newMarkdown() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParserOptions(parser.WithAttribute()),
		goldmark.WithExtensions(extension.NewTable(
			extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute))),
	)
}

// manuscript is an article's body on its way from Markdown to sections.
type manuscript struct {
	src      *source
	kind     Kind
	markdown goldmark.Markdown
	text     []byte // the body at the file's offsets
	links    []link
}

// parse returns the body's tree with everything taken out that must not be shown,
// each thing reported. The body must have passed [source.fits].
func (m *manuscript) parse() ast.Node {
	doc := m.markdown.Parser().Parse(text.NewReader(m.text))
	for _, n := range suspects(doc) {
		m.clean(n)
	}
	return doc
}

// suspects returns the nodes to look at more closely, outer before inner.
func suspects(doc ast.Node) []ast.Node {
	var found []ast.Node
	visit := func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindHTMLBlock, ast.KindRawHTML, ast.KindImage, ast.KindLink, ast.KindAutoLink:
			found = append(found, n)
		case ast.KindHeading:
			if n.Parent() != doc {
				found = append(found, n)
			}
		}
		return ast.WalkContinue, nil
	}
	// The visitor returns no error, so neither does Walk.
	_ = ast.Walk(doc, visit)
	return found
}

// clean replaces one node by what may be shown of it.
func (m *manuscript) clean(n ast.Node) {
	at := m.at(n)
	switch n := n.(type) {
	case *ast.HTMLBlock, *ast.RawHTML:
		m.src.problem(at, "raw HTML: write Markdown instead, or &lt; for the character itself")
		n.Parent().RemoveChild(n.Parent(), n)
	case *ast.Image:
		m.src.problem(at, "%s", imageProblem(string(n.Destination)))
		unwrap(n)
	case *ast.Heading:
		m.src.problem(at, "heading inside a list or a quote: move it to the left margin")
		paragraph := ast.NewParagraph()
		moveChildren(paragraph, n)
		n.Parent().ReplaceChild(n.Parent(), n, paragraph)
	case *ast.AutoLink:
		m.link(m.spellOut(n), at)
	case *ast.Link:
		m.link(n, at)
	}
}

// imageProblem says why an image cannot stay: a remote one would tell its host who
// reads what, and the content has no place for local ones.
func imageProblem(dest string) string {
	if isRemote(dest) {
		return "remote image: nothing is loaded from other sites; describe what it shows in words"
	}
	return "image: articles are text only; describe what it shows in words"
}

// spellOut turns "<https://...>" into an ordinary link, so that one rule holds for both.
func (m *manuscript) spellOut(n *ast.AutoLink) *ast.Link {
	link := ast.NewLink()
	link.Destination = n.URL(m.text)
	if n.AutoLinkType == ast.AutoLinkEmail {
		link.Destination = append([]byte("mailto:"), link.Destination...)
	}
	label := ast.NewString(n.Label(m.text))
	label.SetRaw(true)
	link.AppendChild(link, label)
	n.Parent().ReplaceChild(n.Parent(), n, link)
	return link
}

// link points a link to its place on the site, or takes it off its text.
func (m *manuscript) link(n *ast.Link, at place) {
	if insideLink(n) {
		unwrap(n)
		return
	}
	t, problem := resolve(m.src.file, destination(n.Destination))
	if problem != "" {
		m.src.problem(at, "%s", problem)
		unwrap(n)
		return
	}
	n.Destination = util.EscapeHTML([]byte(t.href))
	n.Title = nil // an unseen text, and one reference could repeat it a million times
	if t.external {
		n.SetAttributeString("rel", []byte("noopener noreferrer nofollow"))
	}
	if t.file != "" {
		m.links = append(m.links, link{at: at, target: t})
	}
}

// insideLink says whether a link stands in the text of another, which HTML forbids.
func insideLink(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindLink {
			return true
		}
	}
	return false
}

// destination returns what a browser would make of a link's destination in Markdown.
func destination(raw []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw))))
}

// at returns the place in the file at which a node begins.
func (m *manuscript) at(n ast.Node) place {
	for ; n != nil; n = n.Parent() {
		if pos := n.Pos(); pos >= 0 {
			return m.src.at(pos)
		}
	}
	return place{}
}

// render returns nodes as HTML. They leave the tree that they were in.
func (m *manuscript) render(nodes ...ast.Node) template.HTML {
	doc := ast.NewDocument()
	for _, n := range nodes {
		doc.AppendChild(doc, n)
	}
	var b bytes.Buffer
	// A buffer takes every write, and the dialect has a renderer for every node.
	_ = m.markdown.Renderer().Render(&b, m.text, doc)
	return template.HTML(strings.Map(dropControl, b.String()))
}

// dropControl drops control characters, which "&#27;" can bring in: a terminal would
// obey them.
func dropControl(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}

// unwrap puts a node's children in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
}

// moveChildren gives to all children of from.
func moveChildren(to, from ast.Node) {
	for c := from.FirstChild(); c != nil; c = from.FirstChild() {
		to.AppendChild(to, c)
	}
}
