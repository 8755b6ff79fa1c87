package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"

	"otvet/cmd/otvet/internal/identity"
)

func block(t *testing.T, kind string, der []byte, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func jwk(id, more string) string {
	x := base64.RawURLEncoding.EncodeToString(public)
	return fmt.Sprintf(`{"kty":"OKP","crv":"Ed25519","kid":%q,"x":%q%s}`, id, x, more)
}

func TestKeys(t *testing.T) {
	t.Parallel()
	der, err := x509.MarshalPKIXPublicKey(public)
	ours := block(t, "PUBLIC KEY", der, err)
	der, err = x509.MarshalPKCS8PrivateKey(keyA)
	private := block(t, "PRIVATE KEY", der, err)
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err = x509.MarshalPKIXPublicKey(&other.PublicKey)
	foreign := block(t, "PUBLIC KEY", der, err)
	for name, c := range map[string]struct {
		data string
		keys int
		want string // of the error
	}{
		"PEM":                 {ours, 1, ""},
		"two PEM blocks":      {"# old\n" + ours + "# new\n" + ours, 2, ""},
		"JWK set":             {`{"keys":[` + jwk("a", "") + `,` + jwk("b", "") + `]}`, 2, ""},
		"one without a name":  {`{"keys":[` + jwk("", "") + `]}`, 1, ""},
		"nothing":             {"", 0, "no key"},
		"an empty set":        {`{"keys":[]}`, 0, "no key"},
		"not JSON":            {`{"keys":`, 0, "JWK set"},
		"private PEM":         {private, 0, "PRIVATE KEY"},
		"private JWK":         {`{"keys":[` + jwk("a", `,"d":"AAAA"`) + `]}`, 0, "private key"},
		"another curve":       {foreign, 0, "not of Ed25519"},
		"another kind of JWK": {`{"keys":[{"kty":"RSA","kid":"a","n":"AAAA","e":"AQAB"}]}`, 0, "not of Ed25519"},
		"a short JWK":         {`{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"AAAA"}]}`, 0, "not of Ed25519"},
		"one name twice":      {`{"keys":[` + jwk("a", "") + `,` + jwk("a", "") + `]}`, 0, `the kid "a"`},
		"several, one no kid": {`{"keys":[` + jwk("a", "") + `,` + jwk("", "") + `]}`, 0, "has no kid"},
	} {
		keys, err := identity.ParseKeys([]byte(c.data))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) || len(keys) != c.keys {
			t.Errorf("%s: %d keys, %v", name, len(keys), err)
		}
	}
}
