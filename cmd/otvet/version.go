package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
)

// versionCommand is "otvet version".
type versionCommand struct{}

// Run prints the module's version, the revision it was built from, and Go's version.
func (versionCommand) Run(w world) error {
	version, revision := "(unknown)", "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = cmp.Or(info.Main.Version, version)
		revision = cmp.Or(revisionOf(info), revision)
	}
	fmt.Fprintf(w.stdout, "otvet %s\nrevision %s\n%s %s/%s\n", version, revision, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// revisionOf returns the revision, with a mark when files had been changed after it.
func revisionOf(info *debug.BuildInfo) string {
	values := map[string]string{}
	for _, s := range info.Settings {
		values[s.Key] = s.Value
	}
	if values["vcs.modified"] == "true" {
		return values["vcs.revision"] + " with changes"
	}
	return values["vcs.revision"]
}
