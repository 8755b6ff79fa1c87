package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed assets
var assets embed.FS

// Assets are the stylesheets, scripts and pictures of all packages, each under an
// address that holds a hash of its bytes and can be cached for ever.
type Assets struct {
	byName map[string]string // "base.css" → "/assets/base.0123abcd.css"
	byURL  map[string][]byte
}

// LoadAssets reads assets/* of this package and of each folder.
func LoadAssets(folders ...fs.FS) (*Assets, error) {
	a := &Assets{map[string]string{}, map[string][]byte{}}
	for _, folder := range append([]fs.FS{assets}, folders...) {
		if err := a.add(folder); err != nil {
			return nil, fmt.Errorf("load assets: %w", err)
		}
	}
	return a, nil
}

func (a *Assets) add(folder fs.FS) error {
	names, err := fs.Glob(folder, "assets/*")
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		base, ext := path.Base(name), path.Ext(name)
		if _, twice := a.byName[base]; twice {
			return fmt.Errorf("two assets are named %s", base)
		}
		url := "/assets/" + strings.TrimSuffix(base, ext) + "." + hex.EncodeToString(sum[:4]) + ext
		a.byName[base], a.byURL[url] = url, data
	}
	return nil
}

// URL returns an asset's address. A name that does not exist is an error, which a
// template reports at its first run.
func (a *Assets) URL(name string) (string, error) {
	url, ok := a.byName[name]
	if !ok {
		return "", fmt.Errorf("no asset %q", name)
	}
	return url, nil
}

// Asset serves GET /assets/*.
func (web *Web) Asset(w http.ResponseWriter, r *http.Request) error {
	data, ok := web.Assets.byURL[r.URL.Path]
	if !ok {
		return Failf(NotFound, "no such asset")
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(r.URL.Path)))
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(data) // the reader has gone; nobody is left to tell
	return nil
}
