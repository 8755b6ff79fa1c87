package kb

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"strings"
)

// Fingerprint tells one state of a folder from another without reading it: by path, size
// and time of change of every file outside hidden folders.
func Fingerprint(fsys fs.FS) (string, error) {
	h := fnv.New128a()
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if path != "." && strings.HasPrefix(d.Name(), ".") {
				return fs.SkipDir // the checkout's own affairs
			}
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(h, "%q %d %d\n", path, info.Size(), info.ModTime().UnixNano())
		return err
	})
	if err != nil {
		return "", fmt.Errorf("look at content: %w", err)
	}
	return string(h.Sum(nil)), nil
}
