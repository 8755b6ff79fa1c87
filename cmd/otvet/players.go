package main

import (
	"fmt"
	"os"

	"otvet/cmd/otvet/internal/site"
)

// playerFlags say how the operator's site proves who a player is.
type playerFlags struct {
	Secret   string   `name:"jwt-secret" placeholder:"TEXT" setting:"OTVET_PLAYER_JWT_SECRET" secret:"" help:"Secret of 32 bytes or more that your site signs tokens of its players with (HS256). Without it and --player-jwt-keys, players cannot come from your site."`
	Keys     string   `name:"jwt-keys" placeholder:"FILE" setting:"OTVET_PLAYER_JWT_KEYS" help:"Instead of a secret: public keys of Ed25519, PEM or a JWK set, for tokens signed with EdDSA."`
	Issuer   string   `name:"jwt-issuer" placeholder:"TEXT" setting:"OTVET_PLAYER_JWT_ISSUER" help:"The tokens' iss. Accounts belong to it: with another one, players no longer see what they sent before."`
	Audience string   `name:"jwt-audience" placeholder:"TEXT" setting:"OTVET_PLAYER_JWT_AUDIENCE" help:"The tokens' aud. Without it, the address of --base-url."`
	Origins  []string `placeholder:"URL" setting:"OTVET_PLAYER_ORIGINS" help:"Where your pages are that sign players in, such as https://www.example.com; players are led to the first."`
}

// players reads the configuration. One that is incomplete or weak is an error of usage.
func (f playerFlags) players(base baseURL) (site.Players, error) {
	p := site.Players{Secret: f.Secret, Issuer: f.Issuer, Audience: f.Audience, Origins: f.Origins}
	if p.Audience == "" {
		p.Audience = base.String()
	}
	var err error
	if f.Keys != "" {
		p.Keys, err = os.ReadFile(f.Keys)
	}
	if err == nil {
		_, err = p.Verifier()
	}
	if err != nil {
		return p, &exitError{statusUsage, fmt.Errorf("--player-…: %w", err)}
	}
	return p, nil
}
