package ingest

import (
	"fmt"
	"io/fs"
	"os"
	"path"
)

// openFolder reads a folder. Links are not followed: they could lead out of it.
func (r *run) openFolder() ([]file, error) {
	root, err := os.OpenRoot(r.Source)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var files []file
	total := int64(0)
	walk := func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if isHidden(path.Base(name)) {
				return fs.SkipDir
			}
			return nil
		case !wanted(name) && entry.Type() != fs.ModeSymlink:
			return nil
		}
		raw, ok, err := r.readEntry(root.FS(), name, entry)
		if err != nil || !ok {
			return err
		}
		files = append(files, file{name: name, raw: raw})
		total += int64(len(raw))
		return withinLimits(len(files), total)
	}
	if err := fs.WalkDir(root.FS(), ".", walk); err != nil {
		return nil, err
	}
	return files, nil
}

// readEntry reads one file of a folder, or skips it and returns false.
func (r *run) readEntry(fsys fs.FS, name string, entry fs.DirEntry) ([]byte, bool, error) {
	if isHidden(path.Base(name)) {
		return nil, false, nil
	}
	if !entry.Type().IsRegular() {
		r.skip(name, "link or special file, which could lead out of the folder: put the file itself here")
		return nil, false, nil
	}
	info, err := entry.Info()
	if err != nil {
		return nil, false, fmt.Errorf("look at %s: %w", name, err)
	}
	if info.Size() > sizeLimit(formatOf(name)) {
		r.skip(name, "%s", tooLarge(name))
		return nil, false, nil
	}
	raw, err := readAll(fsys, name, info.Size())
	if err != nil {
		r.skip(name, "cannot be read: %v", err)
		return nil, false, nil
	}
	return raw, true, nil
}

// withinLimits refuses a source that is too large as a whole.
func withinLimits(files int, total int64) error {
	switch {
	case files > maxFiles:
		return fmt.Errorf("%w: it holds more than %d files: import it in parts", ErrRefused, maxFiles)
	case total > maxTotal:
		return fmt.Errorf("%w: its files are larger than %d MiB together: import it in parts", ErrRefused, maxTotal>>20)
	}
	return nil
}
