package disk

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Draft is a folder that is being filled.
type Draft struct{ dir string }

// Path returns where a file or folder of the draft is to be made by others.
func (d Draft) Path(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

// WriteFile makes a file.
func (d Draft) WriteFile(name string, data []byte) error {
	return os.WriteFile(d.Path(name), data, 0o600)
}

// seal writes the manifest and makes sure that the whole draft is on the disk.
func seal(dir string) error {
	if err := writeManifest(dir); err != nil {
		return err
	}
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, flush(path))
	})
}

// Folder is a folder of a store, as its manifest describes it.
type Folder struct {
	dir   string
	info  fs.FileInfo // when it was opened
	files []file
}

// What is wrong with a folder for good. An error of another kind may be over the next time.
var (
	ErrDamaged = errors.New("damaged")         // not as it was written
	ErrForeign = errors.New("of another form") // as some other program writes
)

// Path returns where a file or folder is, for others to open once it was checked.
func (f *Folder) Path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

// Copy copies a file to w, which must not be trusted with it until Copy has returned nil.
func (f *Folder) Copy(w Growing, name string) error {
	for _, file := range f.files {
		if file.name == name {
			w.Grow(int(file.size))
			return f.copy(w, file)
		}
	}
	return fmt.Errorf("%s is not listed: %w", name, ErrDamaged)
}

// Growing is a writer that can make room beforehand, as strings.Builder and bytes.Buffer.
type Growing interface {
	io.Writer
	Grow(n int)
}

// Check reads all files below a folder, of which there must be some.
func (f *Folder) Check(dir string) error {
	n := 0
	for _, file := range f.files {
		if !strings.HasPrefix(file.name, dir+"/") {
			continue
		}
		if err := f.copy(io.Discard, file); err != nil {
			return err
		}
		n++
	}
	if n == 0 {
		return fmt.Errorf("%s is not listed: %w", dir, ErrDamaged)
	}
	return nil
}

// copy copies a file that must be as it was written.
func (f *Folder) copy(w io.Writer, want file) error {
	sum, size, err := copySum(w, f.Path(want.name))
	if err == nil && (sum != want.sum || size != want.size) {
		err = fmt.Errorf("%s: %w", want.name, ErrDamaged)
	}
	return f.explain(err)
}

// Gone reports whether another process has removed the folder since it was opened.
func (f *Folder) Gone() bool {
	now, err := os.Stat(f.dir)
	return errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(now, f.info)
}

// explain makes of a file that is missing, or is not the one that was listed, what that means: there
// is no such folder any more, or it is damaged.
func (f *Folder) explain(err error) error {
	absent := errors.Is(err, fs.ErrNotExist)
	switch {
	case (absent || errors.Is(err, ErrDamaged)) && f.Gone():
		return fmt.Errorf("%s was removed: %w", f.dir, fs.ErrNotExist)
	case absent:
		return fmt.Errorf("%w: %s", ErrDamaged, err)
	}
	return err
}

// copySum copies a file and returns its CRC-32C and size.
func copySum(w io.Writer, path string) (sum uint32, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	h := crc32.New(castagnoli)
	size, err = io.Copy(io.MultiWriter(w, h), f)
	return h.Sum32(), size, err
}
