package site_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"otvet/tickets/postgres/postgrestest"
)

// TestEveryPageIsSoundAndEveryLinkLeadsSomewhere follows every link from the start pages,
// with some pages that no link leads to.
func TestEveryPageIsSoundAndEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), postgrestest.Store(t)))
	private := v.open(message("0123456789abcdef0123456789abcdef"))
	c := crawler{visitor: v, pages: map[string]*page{}, targets: map[string][]string{}}
	c.visit(
		"/en/", "/ru/", private, private+"?new=1", "/en/search?q=withdrawal+limit", "/ru/search?q=лимиты",
		"/en/search?q=weather", "/en/search?q=kill+myself", "/ru/search",
	)
	if len(c.pages) < 100 {
		t.Errorf("only %d pages were found", len(c.pages))
	}
	c.checkFragments()
}

type crawler struct {
	*visitor
	pages   map[string]*page    // by path
	targets map[string][]string // of a path: the fragments that links name
}

func (c *crawler) visit(queue ...string) {
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if c.pages[path] != nil {
			continue
		}
		w := c.get(path)
		if w.Code == http.StatusMovedPermanently {
			queue = append(queue, w.Header().Get("Location"))
			c.pages[path] = &page{}
			continue
		}
		if w.Code != http.StatusOK {
			c.t.Errorf("%s answered %d", path, w.Code)
		}
		if strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") { // a file to keep, no page
			c.pages[path] = &page{}
			continue
		}
		p := readPage(c.t, path, w.Body.String())
		p.check(path)
		c.pages[path] = p
		queue = append(queue, c.internal(path, p.links)...)
	}
}

// internal returns the paths of ours among the links, and notes their fragments.
func (c *crawler) internal(from string, links []string) []string {
	base, _ := url.Parse(from)
	var paths []string
	for _, link := range links {
		u, err := base.Parse(link)
		if err != nil {
			c.t.Errorf("%s: bad link %q", from, link)
			continue
		}
		if u.Host != "" || u.Scheme != "" || strings.HasPrefix(u.Path, "/assets/") {
			continue
		}
		path := u.EscapedPath()
		if u.RawQuery != "" {
			path += "?" + u.RawQuery
		}
		if u.Fragment != "" {
			c.targets[path] = append(c.targets[path], u.Fragment)
		}
		paths = append(paths, path)
	}
	return paths
}

func (c *crawler) checkFragments() {
	for path, fragments := range c.targets {
		for _, f := range fragments {
			if p := c.pages[path]; p != nil && p.title != "" && !slices.Contains(p.ids, f) {
				c.t.Errorf("nothing on %s has the id %q that a link leads to", path, f)
			}
		}
	}
}

// page is what the checks look at.
type page struct {
	t        *testing.T
	path     string
	lang     string
	title    string
	ids      []string
	links    []string
	fields   []*html.Node
	labelled map[string]bool
	levels   []int
}

func readPage(t *testing.T, path, source string) *page {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	p := &page{t: t, path: path, labelled: map[string]bool{}}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			p.read(n)
		}
	}
	return p
}

func (p *page) read(n *html.Node) {
	if id := attr(n, "id"); id != "" {
		p.ids = append(p.ids, id)
	}
	switch n.Data {
	case "html":
		p.lang = attr(n, "lang")
	case "title":
		if n.Parent.Data == "head" {
			p.title = n.FirstChild.Data
		}
	case "h1", "h2", "h3", "h4":
		p.levels = append(p.levels, int(n.Data[1]-'0'))
	case "a":
		p.links = append(p.links, attr(n, "href"))
	case "label":
		p.labelled[attr(n, "for")] = true
	case "input", "select", "textarea":
		p.fields = append(p.fields, n)
	case "script":
		p.expect(attr(n, "src") != "", "a script without src")
	case "style":
		p.expect(false, "a style element")
	case "button", "form":
		p.expect(attr(n, "action") == "" || strings.HasPrefix(attr(n, "action"), "/"), "a form that leaves the site")
	}
	p.expect(attr(n, "style") == "", "an inline style on "+n.Data)
	for _, a := range n.Attr {
		p.expect(!strings.HasPrefix(a.Key, "on"), "an inline handler "+a.Key)
	}
}

func (p *page) expect(ok bool, what string) {
	p.t.Helper()
	if !ok {
		p.t.Errorf("%s has %s", p.path, what)
	}
}

func (p *page) check(path string) {
	p.t.Helper()
	p.expect(p.lang == path[1:3], "lang "+p.lang)
	p.expect(len(p.title) > 3 && strings.HasSuffix(p.title, "Demo Bet"), "title "+p.title)
	once := 0
	for i, level := range p.levels {
		if level == 1 {
			once++
		}
		p.expect(i == 0 || level <= p.levels[i-1]+1, "a heading that skips a level")
	}
	p.expect(once == 1, "not exactly one h1")
	slices.Sort(p.ids)
	p.expect(len(slices.Compact(slices.Clone(p.ids))) == len(p.ids), "an id twice")
	for _, f := range p.fields {
		named := p.labelled[attr(f, "id")] && attr(f, "id") != "" || attr(f, "aria-label") != "" || attr(f, "type") == "hidden"
		p.expect(named, "a field without a label: "+attr(f, "name"))
	}
	for _, id := range p.described() {
		p.expect(slices.Contains(p.ids, id), "a description that is not there: "+id)
	}
}

// described returns the ids that fields are described by.
func (p *page) described() []string {
	var ids []string
	for _, f := range p.fields {
		ids = append(ids, strings.Fields(attr(f, "aria-describedby"))...)
	}
	return ids
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestPagesThatNoLinkLeadsToAreSound looks at the answers to posts and at errors.
func TestPagesThatNoLinkLeadsToAreSound(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, newHandler(t, engine(t), postgrestest.Store(t)))
	link := v.open(message("0123456789abcdef0123456789abcdef"))
	offered := message("11111111111111111111111111111111")
	offered.Set("step", "offer")
	for name, w := range map[string]interface{ String() string }{
		"form with mistakes": v.post("/en/contact", url.Values{}).Body,
		"step with answers":  v.post("/en/contact", offered).Body,
		"solved":             v.post("/ru/asks/00000000000000000000000000000000/solved", nil).Body,
		"reply with mistake": v.post(link+"/reply", url.Values{}).Body,
		"missing":            v.get("/en/nothing").Body,
		"no such request":    v.get("/ru/requests/x").Body,
	} {
		lang := "/en/"
		if name == "solved" || name == "no such request" {
			lang = "/ru/"
		}
		readPage(t, lang+name, w.String()).check(lang)
	}
}
