package disk

import (
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The manifest lists the files of a folder:
//
//	otvet index 1
//	1f2e3d4c 18223 library.text
//	...
//	end 99aabbcc
//
// with the CRC-32C of each, in hexadecimal, its size, and at the end the CRC-32C of the
// lines before.
const (
	manifest      = "manifest"
	manifestTitle = "otvet index 1\n"
	manifestLine  = "%08x %d %s\n"
	manifestEnd   = "end %08x\n"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// file is a line of the manifest.
type file struct {
	sum  uint32
	size int64
	name string // with slashes
}

// writeManifest lists the files of a folder in it.
func writeManifest(dir string) error {
	var b strings.Builder
	b.WriteString(manifestTitle)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		sum, size, err := copySum(io.Discard, path)
		fmt.Fprintf(&b, manifestLine, sum, size, filepath.ToSlash(name))
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(&b, manifestEnd, crc32.Checksum([]byte(b.String()), castagnoli))
	return os.WriteFile(filepath.Join(dir, manifest), []byte(b.String()), 0o600)
}

// readManifest reads the list of the folder's files.
func (f *Folder) readManifest() error {
	data, err := os.ReadFile(f.Path(manifest))
	if err != nil {
		return err
	}
	text := string(data)
	end := strings.LastIndex(text, "end ")
	if end < 0 || text[end:] != fmt.Sprintf(manifestEnd, crc32.Checksum(data[:end], castagnoli)) {
		return fmt.Errorf("%s: %w", manifest, ErrDamaged)
	}
	lines, ok := strings.CutPrefix(text[:end], manifestTitle)
	if !ok {
		return fmt.Errorf("%s: %w", manifest, ErrForeign)
	}
	for line := range strings.Lines(lines) {
		var l file
		if _, err := fmt.Sscanf(line, manifestLine, &l.sum, &l.size, &l.name); err != nil {
			return fmt.Errorf("%s: %w", manifest, ErrDamaged)
		}
		f.files = append(f.files, l)
	}
	return nil
}
