package ingest

import (
	"archive/zip"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// openArchive reads a zip without unpacking it to the disk. One that is larger than what
// may be in it is refused unopened: its directory alone could fill the memory.
func (r *run) openArchive(size int64) ([]file, error) {
	if size > maxTotal {
		return nil, withinLimits(0, size)
	}
	archive, err := zip.OpenReader(r.Source)
	if err != nil {
		return nil, fmt.Errorf("%w: it is not a sound zip file: %w", ErrRefused, err)
	}
	defer archive.Close()
	if err := checkSizes(archive.File); err != nil {
		return nil, err
	}
	var files []file
	seen := map[string]bool{}
	for _, entry := range archive.File {
		name := entryName(entry)
		if why := unsafeEntry(name, entry.Mode()); why != "" {
			r.skip(name, "%s", why)
			continue
		}
		if !wanted(name) || entry.Mode().IsDir() || underHidden(name) {
			continue
		}
		raw, why := readEntry(entry, name)
		if seen[name] {
			why = "a second file of this name in the archive"
		}
		if why != "" {
			r.skip(name, "%s", why)
			continue
		}
		seen[name] = true
		files = append(files, file{name: name, raw: raw})
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	return files, nil
}

// checkSizes refuses an archive by what its directory says. Entries that are longer than
// that are caught when they are read.
func checkSizes(entries []*zip.File) error {
	total := uint64(0)
	for _, e := range entries {
		if e.UncompressedSize64 > maxText && e.UncompressedSize64/max(e.CompressedSize64, 1) > maxRatio {
			return fmt.Errorf("%w: %q unpacks to more than %d times its size, as a zip bomb does", ErrRefused, e.Name, maxRatio)
		}
		total += min(e.UncompressedSize64, maxTotal+1) // a header may claim any size: the sum must not overflow
	}
	return withinLimits(len(entries), int64(total))
}

// entryName returns the name of an entry. Older Windows tools write Russian names in
// code page 866.
func entryName(entry *zip.File) string {
	if !entry.NonUTF8 || utf8.ValidString(entry.Name) {
		return strings.TrimPrefix(entry.Name, "./") // as some tools begin every name
	}
	name, err := charmap.CodePage866.NewDecoder().String(entry.Name)
	if err != nil {
		return fmt.Sprintf("%q", entry.Name)
	}
	return name
}

// unsafeEntry says why an entry must not be read; empty when it may.
func unsafeEntry(name string, mode fs.FileMode) string {
	inner := strings.TrimSuffix(name, "/")
	switch {
	case strings.Contains(name, `\`):
		return "file name with a backslash, which could lead out of the archive: pack the folder anew"
	case strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':':
		return "absolute file name: pack the folder anew"
	case !fs.ValidPath(inner):
		return "file name that leads out of the archive: pack the folder anew"
	case mode&fs.ModeSymlink != 0 || !mode.IsDir() && !mode.IsRegular():
		return "link or special file, which could lead out of the archive: pack the file itself"
	}
	return ""
}

// underHidden says whether a folder of the path is passed over.
func underHidden(name string) bool {
	return slices.ContainsFunc(strings.Split(path.Dir(name), "/"), isHidden)
}

// encrypted is the flag of an entry that needs a password.
const encrypted = 0x1

// readEntry reads one entry, or says why not.
func readEntry(entry *zip.File, name string) (raw []byte, why string) {
	limit := sizeLimit(formatOf(name))
	switch {
	case entry.UncompressedSize64 > uint64(limit):
		return nil, tooLarge(name)
	case entry.Flags&encrypted != 0:
		return nil, "encrypted: pack the folder anew without a password"
	}
	f, err := entry.Open()
	if err != nil {
		return nil, fmt.Sprintf("cannot be unpacked: %v", err)
	}
	defer f.Close()
	raw, err = io.ReadAll(io.LimitReader(f, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Sprintf("cannot be unpacked: %v", err)
	case int64(len(raw)) > limit:
		return nil, tooLarge(name)
	}
	return raw, ""
}
