package desk

import (
	"embed"
	"io/fs"
)

//go:embed all:templates all:messages all:assets
var files embed.FS

// Files returns the desk's templates, messages and assets, for web.LoadCatalog and
// web.LoadAssets.
func Files() fs.FS { return files }
