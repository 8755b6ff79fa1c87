package disk

import (
	"crypto/rand"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
)

// Program names the running program, for what only the program that wrote it can use: by its Go
// version, its settings, the checksums of the modules in it and its revision. Where these do not tell all,
// for files were changed after the revision, or there is none, the size and time of the
// executable tell one build from the next.
var Program = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return programOf(info, executable)
})

// programOf names the program of a build.
func programOf(info *debug.BuildInfo, executable func() (os.FileInfo, error)) string {
	if reproducible(info) {
		return info.String()
	}
	file, err := executable()
	if err != nil {
		return rand.Text() // unlike any other: nothing is shared
	}
	return fmt.Sprintf("%sexecutable %d %d\n", info, file.Size(), file.ModTime().UnixNano())
}

func executable() (os.FileInfo, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return os.Stat(path)
}

// reproducible reports whether all of a build's sources are known: a revision without
// changes, and modules with checksums.
func reproducible(info *debug.BuildInfo) bool {
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		if m.Sum == "" {
			return false // vendored, or replaced by a folder
		}
	}
	told := map[string]string{}
	for _, s := range info.Settings {
		told[s.Key] = s.Value
	}
	return told["vcs.revision"] != "" && told["vcs.modified"] == "false"
}
