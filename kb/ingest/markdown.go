package ingest

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"

	"otvet/kb"
)

// Fences before the Markdown parser, whose time grows with the square of nesting and of
// the brackets in one block. They are kb's, which would refuse the article anyway.
const (
	maxMarkdown = 256 << 10 // bytes
	maxMarkers  = 32        // quotes and lists inside each other
	maxBlock    = 16 << 10  // bytes without an empty line
)

// dialect reads Markdown of other tools: tables, strikethrough, bare addresses, task
// lists, definition lists, {#anchor}, and raw HTML, which is sanitised later.
func dialect(more ...goldmark.Option) goldmark.Markdown {
	return goldmark.New(append(more,
		goldmark.WithParserOptions(parser.WithAttribute()),
		goldmark.WithExtensions(extension.GFM, extension.DefinitionList),
		goldmark.WithRendererOptions(html.WithUnsafe()),
	)...)
}

// readMarkdown reads one article of each file.
func (r *run) readMarkdown(ctx context.Context, files []file) error {
	markdown := dialect()
	for _, f := range files {
		if err := going(ctx); err != nil {
			return err
		}
		stem := strings.TrimSuffix(f.name, path.Ext(f.name))
		locale, pair := localeFolder(stem)
		a := &article{source: f.name, key: stem, pair: pair, language: locale, updated: r.Now}
		a.section = sectionFolder(pair)
		a.sectionPair = a.section
		body, front := cutFrontMatter(f.text)
		draft, problem := a.take(front)
		if draft {
			r.skip(f.name, "draft: publish it, then import it")
			continue
		}
		body, taken := plainMarkdown(body) // before the fence: what it leaves is what is parsed
		if why := unfitMarkdown(body); why != "" {
			r.skip(f.name, "%s", why)
			continue
		}
		a.html = toHTML(markdown, body)
		r.take(a)
		a.noteAll(f.note, problem)
		if taken > 0 {
			a.noteAll(fmt.Sprintf("%d lines for a site generator (import, export, :::) were taken out", taken))
		}
	}
	return nil
}

// localeFolder takes the folder of a language out of a path, wherever it stands: "ru/pay/card"
// and "i18n/ru/pay/card" are in Russian.
func localeFolder(stem string) (language, rest string) {
	folders := strings.Split(stem, "/")
	for i, f := range folders[:len(folders)-1] {
		if kb.Locale(strings.ToLower(f)).Valid() {
			return f, strings.Join(folders[i+1:], "/")
		}
	}
	return "", stem
}

// sectionFolder returns the name of the folder that an article stands in, as a title;
// empty at the root, and for folders that are named for one of our kinds.
func sectionFolder(stem string) string {
	dir := path.Base(path.Dir(stem))
	for _, kind := range kb.Kinds() {
		if dir == string(kind) {
			return ""
		}
	}
	if dir == "." {
		return ""
	}
	return titleOf(dir)
}

// titleOf makes a title of the name of a file or folder, which is not empty.
func titleOf(name string) string {
	words := []rune(line(strings.NewReplacer("_", " ", "-", " ").Replace(name)))
	if len(words) == 0 {
		return name
	}
	return strings.ToUpper(string(words[:1])) + string(words[1:])
}

// noteAll adds the remarks that there are.
func (a *article) noteAll(notes ...string) {
	for _, note := range notes {
		if note != "" {
			a.item.note("%s", note)
		}
	}
}

// toHTML renders Markdown that passed [unfitMarkdown].
func toHTML(markdown goldmark.Markdown, body string) string {
	var b bytes.Buffer
	// A buffer takes every write, and the dialect has a renderer for every node.
	_ = markdown.Convert([]byte(body), &b)
	return b.String()
}

// marker is one quote or list marker at the front of a line.
var marker = regexp.MustCompile(`^(?:>|[-+*](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$))`)

// unfitMarkdown says why a text must not reach the parser; empty when it may.
func unfitMarkdown(body string) string {
	if len(body) > maxMarkdown {
		return fmt.Sprintf("text is larger than %d KiB: split it into several articles", maxMarkdown>>10)
	}
	block := 0
	for line := range strings.Lines(body) {
		if depth(line) > maxMarkers {
			return fmt.Sprintf("quotes and lists are nested deeper than %d: use headings instead", maxMarkers)
		}
		if strings.TrimSpace(line) == "" {
			block = 0
		}
		if block += len(line); block > maxBlock {
			return fmt.Sprintf("more than %d KiB of text without an empty line: split it into paragraphs", maxBlock>>10)
		}
	}
	return ""
}

// depth bounds from above how many quotes and lists a line is inside of: one for each
// marker and for each two columns of indentation, the least that an inner list takes.
func depth(line string) int {
	markers, columns := 0, 0
	for line != "" {
		if trimmed := strings.TrimLeft(line, " \t"); len(trimmed) < len(line) {
			for _, blank := range line[:len(line)-len(trimmed)] {
				columns++
				if blank == '\t' {
					columns += 3
				}
			}
			line = trimmed
			continue
		}
		found := marker.FindString(line)
		if found == "" {
			break
		}
		markers++
		line = line[len(found):]
	}
	if line == "" {
		return markers
	}
	return markers + columns/2
}
