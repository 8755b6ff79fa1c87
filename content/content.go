// Package content is the knowledge base that ships with otvet: the FAQ, guides,
// Terms and letters of Demo Bet, an invented operator, in Russian and in English.
//
// It is compiled in, so that one binary answers questions with nothing beside it.
// An operator keeps its own articles in a repository of the same layout (package kb
// describes it) and serves them with --content DIR; this package is then unused.
//
// # Editing
//
// Articles are Markdown files, the same in both languages, down to the anchors. Their
// numbers stand in facts.yaml, each once; an article writes {{withdrawal-minimum}}.
// "otvet check --content content" says what is wrong with them, file by file and
// line by line, and so does this package's test. Names that begin with "." or "_"
// are not compiled in, and package kb passes over them as well: a file
// "_draft.md" is a draft.
package content

import (
	"embed"
	"io/fs"
)

//go:embed ru en facts.yaml style.yaml
var files embed.FS

// Content returns the shipped content, one folder a language.
func Content() fs.FS { return files }
