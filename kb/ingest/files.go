package ingest

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Limits of a source. Help centres stay far below; what exceeds them is a mistake or an
// attack.
const (
	maxFiles    = 5000
	maxArticles = 10_000   // in the exports of a run, and rows of one CSV
	maxTotal    = 64 << 20 // bytes of all files together
	maxText     = 1 << 20  // bytes of one Markdown or CSV file, which becomes one article
	maxData     = 32 << 20 // bytes of one JSON file
	maxRatio    = 100      // of a zip's entry that unpacks to more than maxText
)

// file is one file of a source.
type file struct {
	name string // slash-separated path within the source
	raw  []byte
	text string // decoded and clean
	note string // what decoding repaired
}

// open reads the files of the source that may hold articles, decoded, ordered by name.
func (r *run) open() ([]file, error) {
	info, err := os.Stat(r.Source)
	switch {
	case isMissing(err):
		return nil, fmt.Errorf("%w: there is no such file or folder", ErrUsage)
	case err != nil:
		return nil, err
	}
	var files []file
	switch {
	case info.IsDir():
		files, err = r.openFolder()
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%w: it is neither a file nor a folder", ErrRefused)
	case strings.EqualFold(path.Ext(r.Source), ".zip"):
		files, err = r.openArchive(info.Size())
	default:
		files, err = r.openSingle(info.Size())
	}
	if err != nil {
		return nil, err
	}
	return r.decode(files), nil
}

// openSingle reads a source that is one file.
func (r *run) openSingle(size int64) ([]file, error) {
	name := filepath.Base(r.Source)
	format := r.Format
	if format == Auto || format == "" {
		format = formatOf(name)
	}
	if limit := sizeLimit(format); size > limit {
		return nil, fmt.Errorf("%w: it is larger than %d MiB: split it", ErrRefused, limit>>20)
	}
	raw, err := readAll(os.DirFS(filepath.Dir(r.Source)), name, size)
	if err != nil {
		return nil, err
	}
	return []file{{name: name, raw: raw}}, nil
}

// wanted says whether a file may hold an article: README files describe the folder.
func wanted(name string) bool {
	base := path.Base(name)
	stem := strings.TrimSuffix(base, path.Ext(base))
	return formatOf(name) != "" && !isHidden(base) && !strings.EqualFold(stem, "readme")
}

// sizeLimit returns the size of the largest file of a format that is read: only exports
// hold many articles.
func sizeLimit(format Format) int64 {
	if format == Zendesk {
		return maxData
	}
	return maxText
}

// tooLarge says that a file exceeds its limit.
func tooLarge(name string) string {
	return fmt.Sprintf("file is larger than %d MiB: split it", sizeLimit(formatOf(name))>>20)
}

// readAll reads a file of known size; more than that is a lie of its header.
func readAll(fsys fs.FS, name string, size int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, size+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if int64(len(raw)) > size {
		return nil, fmt.Errorf("it is longer than its size of %d bytes", size)
	}
	return raw, nil
}

// decode turns bytes into text; files that are no text are skipped.
func (r *run) decode(files []file) []file {
	var out []file
	for _, f := range files {
		text, note, err := decode(f.raw)
		if err != nil {
			r.skip(f.name, "%v", err)
			continue
		}
		text, removed := clean(text)
		f.text, f.note, f.raw = text, join(note, removed), nil
		out = append(out, f)
	}
	return out
}

// join puts two remarks together.
func join(a, b string) string {
	if a != "" && b != "" {
		return a + "; " + b
	}
	return a + b
}
