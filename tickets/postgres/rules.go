package postgres

import (
	"fmt"
	"io/fs"
	"time"

	"otvet/tickets/policy"
)

// defaultPack names the pack of rules under which tickets are opened unless UseRules says
// otherwise.
const defaultPack = "default"

// rules are the packs that tickets were opened under, and the one for new tickets.
type rules struct {
	packs policy.Packs
	name  string
}

// UseRules opens tickets from now on under the latest version of a pack, and reads earlier
// ones with theirs. It is called before the store is used. Without it the shipped packs
// count in UTC, and new tickets are under "default".
func (s *Store) UseRules(packs policy.Packs, name string) error {
	if _, err := packs.Latest(name); err != nil {
		return fmt.Errorf("use rules: %w", err)
	}
	s.rules = rules{packs, name}
	return nil
}

// LoadRules is UseRules with the shipped packs, counted in a zone, and those of an operator's
// own folder; nil: there is none.
func (s *Store) LoadRules(zone *time.Location, own fs.FS, name string) error {
	packs, err := policy.Load(zone)
	if err == nil && own != nil {
		packs, err = packs.With(own)
	}
	if err != nil {
		return fmt.Errorf("load rules: %w", err)
	}
	return s.UseRules(packs, name)
}

// Rules returns the pack under which tickets are opened now.
func (s *Store) Rules() *policy.Pack {
	pack, _ := s.rules.packs.Latest(s.rules.name) // UseRules has seen that it is there
	return pack
}

// packRef scans the reference of a pack into the pack.
type packRef struct {
	packs policy.Packs
	to    **policy.Pack
}

// Scan implements sql.Scanner.
func (p *packRef) Scan(src any) error {
	text, _ := src.(string)
	ref, err := policy.ParseRef(text)
	if err == nil {
		*p.to, err = p.packs.Pack(ref)
	}
	return err
}
