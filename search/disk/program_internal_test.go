package disk

import (
	"errors"
	"io/fs"
	"os"
	"runtime/debug"
	"testing"
	"testing/fstest"
	"time"
)

// build returns what Go notes of a program, and its executable.
func build(revision, modified, sum string, changed int64) (*debug.BuildInfo, func() (os.FileInfo, error)) {
	info := &debug.BuildInfo{
		GoVersion: "go1.26",
		Deps:      []*debug.Module{{Path: "example.com/stems", Version: "v1.0.0", Sum: sum}},
		Settings:  []debug.BuildSetting{{Key: "vcs.revision", Value: revision}, {Key: "vcs.modified", Value: modified}},
	}
	file := fstest.MapFS{"otvet": {Data: []byte("code"), ModTime: time.Unix(changed, 0)}}
	return info, func() (os.FileInfo, error) { return fs.Stat(file, "otvet") }
}

// TestProgramsAreToldApart: two builds share a name only when they are surely of the same sources.
func TestProgramsAreToldApart(t *testing.T) {
	t.Parallel()
	type of struct {
		revision, modified, sum string
		changed                 int64
	}
	name := func(b of) string { return programOf(build(b.revision, b.modified, b.sum, b.changed)) }
	for what, pair := range map[string]struct {
		one, other of
		same       bool
	}{
		"built again":                    {of{"1a", "false", "h1:x", 1}, of{"1a", "false", "h1:x", 2}, true},
		"another revision":               {of{"1a", "false", "h1:x", 1}, of{"2b", "false", "h1:x", 1}, false},
		"another module":                 {of{"1a", "false", "h1:x", 1}, of{"1a", "false", "h1:y", 1}, false},
		"changed after the revision":     {of{"1a", "true", "h1:x", 1}, of{"1a", "true", "h1:x", 2}, false},
		"the same build":                 {of{"1a", "true", "h1:x", 1}, of{"1a", "true", "h1:x", 1}, true},
		"no revision":                    {of{"", "", "h1:x", 1}, of{"", "", "h1:x", 2}, false},
		"a module without checksum":      {of{"1a", "false", "", 1}, of{"1a", "false", "", 2}, false},
		"with changes, and without them": {of{"1a", "true", "h1:x", 1}, of{"1a", "false", "h1:x", 1}, false},
	} {
		if got := name(pair.one) == name(pair.other); got != pair.same {
			t.Errorf("%s: same name %t", what, got)
		}
	}
}

// TestAProgramThatCannotBeNamedSharesNothing: not even with itself.
func TestAProgramThatCannotBeNamedSharesNothing(t *testing.T) {
	t.Parallel()
	nowhere := func() (os.FileInfo, error) { return nil, errors.New("no such place") }
	info, _ := build("1a", "true", "h1:x", 1)
	if one, other := programOf(info, nowhere), programOf(info, nowhere); one == other {
		t.Errorf("both are %q", one)
	}
}
