//go:build !unix

package disk

import "os"

// trust leaves it to the system's own rules who may write into a folder: its mode does not tell.
func trust(string, os.FileInfo) error { return nil }
