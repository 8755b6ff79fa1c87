package main

import (
	"fmt"
	"io/fs"
	"os"

	"otvet/tickets/postgres"
)

// rulesFlags say by which rules requests are handled.
type rulesFlags struct {
	Pack     string `default:"default" placeholder:"NAME" setting:"OTVET_PACK" help:"Rules under which new requests are handled: default, ukgc, cga or a pack of your own, in its latest version (${default}). Requests keep the version that they were opened under."`
	PacksDir folder `name:"packs-dir" placeholder:"DIR" setting:"OTVET_PACKS_DIR" help:"Folder with rules of your own, as packs/NAME@VERSION.yaml and calendars/NAME.yaml, beside those that are compiled in."`
}

// use gives the store its rules. A pack that is wrong or not there is refused before
// anything starts.
func (r rulesFlags) use(z zone, store *postgres.Store) error {
	var own fs.FS
	if r.PacksDir != "" {
		own = os.DirFS(string(r.PacksDir))
	}
	err := store.LoadRules(z.Location, own, r.Pack)
	if err != nil {
		return &exitError{statusUsage, fmt.Errorf("--pack, --packs-dir: %w", err)}
	}
	return nil
}
