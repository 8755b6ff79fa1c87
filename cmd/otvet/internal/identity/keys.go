package identity

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
)

// Key is a public key of the operator's site. One with an ID checks only tokens whose kid
// names it.
type Key struct {
	ID     string
	Public ed25519.PublicKey
}

// ParseKeys reads Ed25519 public keys: PEM blocks "PUBLIC KEY", or a JWK set (RFC 7517),
// in which each of several keys has a kid. Private keys are refused: they have no business
// here.
func ParseKeys(data []byte) ([]Key, error) {
	parse := parsePEM
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		parse = parseSet
	}
	keys, err := parse(data)
	if err == nil && len(keys) == 0 {
		err = errors.New("no key: want PEM blocks PUBLIC KEY or a JWK set")
	}
	return keys, err
}

func parsePEM(data []byte) ([]Key, error) {
	var keys []Key
	for {
		block, rest := pem.Decode(data)
		if block == nil {
			return keys, nil
		}
		if block.Type != "PUBLIC KEY" {
			return nil, fmt.Errorf("a block %q: want only PUBLIC KEY", block.Type)
		}
		key, err := x509.ParsePKIXPublicKey(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("key %d: %w", len(keys)+1, err)
		}
		public, ok := key.(ed25519.PublicKey)
		if !ok {
			return nil, fmt.Errorf("key %d is not of Ed25519", len(keys)+1)
		}
		keys, data = append(keys, Key{Public: public}), rest
	}
}

func parseSet(data []byte) ([]Key, error) {
	var set struct {
		Keys []struct {
			Type    string `json:"kty"`
			Curve   string `json:"crv"`
			ID      string `json:"kid"`
			X       string `json:"x"`
			Private string `json:"d"`
		} `json:"keys"`
	}
	if err := json.Unmarshal(data, &set); err != nil {
		return nil, fmt.Errorf("read a JWK set: %w", err)
	}
	var keys []Key
	seen := map[string]bool{}
	for i, k := range set.Keys {
		x, err := base64.RawURLEncoding.DecodeString(k.X)
		switch {
		case k.Private != "":
			return nil, fmt.Errorf("key %d is a private key: want only public ones", i+1)
		case k.Type != "OKP" || k.Curve != "Ed25519" || err != nil || len(x) != ed25519.PublicKeySize:
			return nil, fmt.Errorf("key %d is not of Ed25519", i+1)
		case k.ID == "" && len(set.Keys) > 1:
			return nil, fmt.Errorf("key %d has no kid", i+1)
		case seen[k.ID]:
			return nil, fmt.Errorf("two keys have the kid %q", k.ID)
		}
		seen[k.ID] = true
		keys = append(keys, Key{k.ID, x})
	}
	return keys, nil
}
