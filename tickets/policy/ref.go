package policy

import (
	"fmt"
	"regexp"
	"strconv"
)

// Ref names one version of a pack: "default@1".
type Ref struct {
	Name    string
	Version int // from 1
}

// refs is how a reference is written.
var refs = regexp.MustCompile(`^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)@([1-9][0-9]{0,5})$`)

// ParseRef reads a reference as [Ref.String] writes it.
func ParseRef(s string) (Ref, error) {
	m := refs.FindStringSubmatch(s)
	if m == nil {
		return Ref{}, fmt.Errorf("pack %q: write a name and a version, as default@1", s)
	}
	version, err := strconv.Atoi(m[2])
	if err != nil {
		return Ref{}, fmt.Errorf("pack %q: %w", s, err)
	}
	return Ref{m[1], version}, nil
}

// String returns the reference as it is stored and shown; nothing for the zero value.
func (r Ref) String() string {
	if r == (Ref{}) {
		return ""
	}
	return r.Name + "@" + strconv.Itoa(r.Version)
}
