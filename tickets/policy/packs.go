package policy

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed packs calendars floor.yaml
var shipped embed.FS

// ErrUnknown is that there is no such pack.
var ErrUnknown = errors.New("no such pack of rules")

// Packs is every pack there is, in all versions. It does not change.
type Packs struct {
	zone      *time.Location
	packs     map[Ref]*Pack
	calendars map[string]*workweek
	floor     *floor
}

// Load returns the shipped packs, counting in the operator's zone. An error means that
// the program was built with bad ones.
func Load(zone *time.Location) (Packs, error) {
	return Packs{zone: zone}.read(shipped)
}

// With returns the packs and those of an operator's own folder: packs/NAME@VERSION.yaml
// and calendars/NAME.yaml. What exists may not be defined again, and every pack must keep
// to the floor. The error names every file, line and key that is wrong.
func (p Packs) With(fsys fs.FS) (Packs, error) {
	return p.read(fsys)
}

// Pack returns one version of a pack, or [ErrUnknown].
func (p Packs) Pack(r Ref) (*Pack, error) {
	if found, ok := p.packs[r]; ok {
		return found, nil
	}
	return nil, fmt.Errorf("pack %s: %w", r, ErrUnknown)
}

// Latest returns the newest version of a pack, or [ErrUnknown].
func (p Packs) Latest(name string) (*Pack, error) {
	var latest *Pack
	for _, pack := range p.All() {
		if pack.ref.Name == name {
			latest = pack
		}
	}
	if latest == nil {
		return nil, fmt.Errorf("pack %q: %w", name, ErrUnknown)
	}
	return latest, nil
}

// All returns every pack by name and version.
func (p Packs) All() []*Pack {
	var all []*Pack
	for _, pack := range p.packs {
		all = append(all, pack)
	}
	slices.SortFunc(all, func(a, b *Pack) int {
		return cmp.Or(cmp.Compare(a.ref.Name, b.ref.Name), cmp.Compare(a.ref.Version, b.ref.Version))
	})
	return all
}

// named returns the name in a path: what is before the extension.
func named(file string) string { return strings.TrimSuffix(path.Base(file), ".yaml") }
