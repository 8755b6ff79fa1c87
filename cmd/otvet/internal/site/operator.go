package site

import (
	"errors"
	"fmt"
	"net/url"

	"otvet/cmd/otvet/internal/identity"
	"otvet/cmd/otvet/internal/web"
)

// Players says how the operator's site proves who a player is. The zero Players is: not at
// all.
type Players struct {
	Secret   string   // of HS256, 32 bytes or more; or
	Keys     []byte   // public keys of EdDSA, PEM or a JWK set
	Issuer   string   // the tokens' iss
	Audience string   // the tokens' aud
	Origins  []string // of the pages that sign players in, such as "https://www.bet.example"; players are led to the first
}

// On reports whether players can come from the operator's site.
func (p Players) On() bool { return p.Secret != "" || len(p.Keys) > 0 }

// Verifier checks the configuration and returns what checks tokens by it, nil when players
// cannot come from there.
func (p Players) Verifier() (*identity.Verifier, error) {
	if !p.On() {
		return nil, nil
	}
	if len(p.Origins) == 0 {
		return nil, errors.New("players' tokens: want the origin of the pages that sign players in")
	}
	for _, o := range p.Origins {
		if err := checkOrigin(o); err != nil {
			return nil, err
		}
	}
	c := identity.Config{Secret: p.Secret, Issuer: p.Issuer, Audience: p.Audience}
	if len(p.Keys) > 0 {
		var err error
		if c.Keys, err = identity.ParseKeys(p.Keys); err != nil {
			return nil, fmt.Errorf("players' public keys: %w", err)
		}
	}
	return identity.New(c)
}

// checkOrigin accepts scheme, host and port as browsers send them. Plain HTTP is for this
// machine only: a token would go in the clear.
func checkOrigin(o string) error {
	u, err := url.Parse(o)
	if err != nil || u.Host == "" || o != u.Scheme+"://"+u.Host {
		return fmt.Errorf("origin %q is not of the form https://HOST", o)
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && web.Loopback(u.Hostname())) {
		return fmt.Errorf("origin %q is not https", o)
	}
	return nil
}

// Foreign returns the patterns of what another site may post, for web.Config: one form,
// whose handler looks at the origin itself.
func (p Players) Foreign() []string {
	if !p.On() {
		return nil
	}
	return []string{"POST /{lang}/requests/sign-in"}
}
