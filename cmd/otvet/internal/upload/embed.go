package upload

import (
	"embed"
	"io/fs"
)

//go:embed all:templates all:messages all:assets
var files embed.FS

// Templates returns the folder with this package's templates, messages and assets, for web.LoadCatalog,
// web.LoadAssets and web.ParseTemplates.
func Templates() fs.FS { return files }
