// Package attachments keeps the files that people send: in a folder, each under the
// SHA-256 of its bytes and nothing else. Names are the database's; no name of a user
// and no choice of a user is ever part of a path.
//
// # What is taken
//
// A file is what its bytes are, whatever its name says (sniff.go). Pictures are drawn anew
// (picture.go): what comes out holds the pixels and nothing else, neither the place where
// a photo was taken nor a page hidden behind it. PDF, DOCX, XLSX and texts are kept as they
// are, and are only ever downloaded. Everything else is a *[RefusedError].
//
// # Durability
//
// [Store.Put] returns after the file and its folders were flushed to the disk, so a row
// that is committed afterwards never lacks its file. A file whose row was never
// committed is an orphan: [Store.Sweep] removes it after [Grace]. Between Put and commit a
// file is known to its form by a signed reference ([Store.Seal]), which is valid for half of that
// time.
//
// # When the disk is full or away
//
// Every method returns [ErrUnavailable], wrapped with the cause for the log, and leaves
// nothing half written. The folder is tried anew at each call, so that nothing has to be restarted.
//
// Several processes may share the folder.
package attachments

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// Grace is how long a file without a row is kept.
const Grace = 48 * time.Hour

// Errors of reading and writing.
var (
	// ErrUnavailable: the folder cannot be used now; nothing was kept.
	ErrUnavailable = errors.New("the folder for attachments cannot be used")
	// ErrMissing: there is no file of this hash.
	ErrMissing = errors.New("the file of an attachment is missing")
	// ErrCorrupt: the file is not what it was when it was kept.
	ErrCorrupt = errors.New("the file of an attachment has changed on the disk")
)

// Limits bound what is kept; zero values mean the defaults.
type Limits struct {
	File  int64 // bytes of one file as it is sent: 10 MiB
	Total int64 // bytes of everything in the folder: 10 GiB
}

// Store is a folder of files. It is safe for concurrent use.
type Store struct {
	dir    string
	limits Limits

	mu      sync.Mutex // of what is in the folder, against Sweep
	ready   bool
	key     []byte // signs references; in the folder, which all replicas share
	used    atomic.Int64
	drawing chan struct{} // one element for the picture that is being drawn
}

// Open returns the store in a folder, which is made when it is first used. A folder that
// cannot be used shows in Check, and as ErrUnavailable.
func Open(dir string, l Limits) *Store {
	if l.File <= 0 {
		l.File = 10 << 20
	}
	if l.Total <= 0 {
		l.Total = 10 << 30
	}
	return &Store{dir: dir, limits: l, drawing: make(chan struct{}, 1)}
}

// MaxFile returns how many bytes one file may have.
func (s *Store) MaxFile() int64 { return s.limits.File }

// Check tells whether a file can be kept now, by writing one.
func (s *Store) Check() error {
	if err := s.prepare(); err != nil {
		return err
	}
	f, err := s.temporary()
	if err != nil {
		return err
	}
	defer discard(f)
	if _, err := f.Write([]byte("probe")); err != nil {
		return unavailable(err)
	}
	return nil
}

// prepare makes the folder ready once.
func (s *Store) prepare() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ready {
		return nil
	}
	if err := os.MkdirAll(s.tmp(), 0o700); err != nil {
		return unavailable(err)
	}
	key, err := s.loadKey()
	if err != nil {
		return unavailable(err)
	}
	used, err := s.measure()
	if err != nil {
		return unavailable(err)
	}
	s.key, s.ready = key, true
	s.used.Store(used)
	return nil
}

// loadKey returns the folder's key, the same for every process.
func (s *Store) loadKey() ([]byte, error) {
	path := filepath.Join(s.dir, "key")
	key, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		if err == nil && len(key) != 32 {
			err = fmt.Errorf("%s is not a key of 32 bytes", path)
		}
		return key, err
	}
	f, err := os.CreateTemp(s.tmp(), "key-") // mode 0600
	if err != nil {
		return nil, err
	}
	defer discard(f)
	key = make([]byte, 32)
	_, _ = rand.Read(key) // never fails: crypto/rand ends the program instead
	if _, err = f.Write(key); err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = os.Link(f.Name(), path) // fails when another process was first
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.ReadFile(path)
}

// measure adds up what is kept.
func (s *Store) measure() (used int64, err error) {
	err = s.each(func(_ string, info fs.FileInfo) error {
		used += info.Size()
		return nil
	})
	return used, err
}

// each calls do for every kept file and preview. One that goes away meanwhile is left out.
func (s *Store) each(do func(path string, info fs.FileInfo) error) error {
	paths, err := filepath.Glob(filepath.Join(s.dir, "??", "??", "*"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		info, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil && info.Mode().IsRegular() {
			err = do(path, info)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) tmp() string { return filepath.Join(s.dir, "tmp") }

// path returns where the file of a hash is.
func (s *Store) path(hash string) string { return filepath.Join(s.dir, hash[:2], hash[2:4], hash) }

// temporary makes a file that is not kept yet. The program owns it until rename or discard.
func (s *Store) temporary() (*os.File, error) {
	f, err := os.CreateTemp(s.tmp(), "put-") // mode 0600
	if errors.Is(err, fs.ErrNotExist) {      // somebody took the folder away
		if err = os.MkdirAll(s.tmp(), 0o700); err == nil {
			f, err = os.CreateTemp(s.tmp(), "put-")
		}
	}
	if err != nil {
		return nil, unavailable(err)
	}
	return f, nil
}

// discard removes a temporary file. Where that fails too, Sweep does it.
func discard(f *os.File) {
	_ = f.Close()
	_ = os.Remove(f.Name())
}

func unavailable(err error) error { return fmt.Errorf("%w: %w", ErrUnavailable, err) }
