package identity_test

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"pgregory.net/rapid"

	"otvet/cmd/otvet/internal/identity"
)

const secret = "a shared secret of forty characters long"

var (
	now           = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	public, keyA  = pair(1)
	publicB, keyB = pair(2)
)

func pair(n byte) (ed25519.PublicKey, ed25519.PrivateKey) {
	private := ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune(n)), ed25519.SeedSize)))
	return private.Public().(ed25519.PublicKey), private
}

func verifier(t testing.TB, change ...func(*identity.Config)) *identity.Verifier {
	t.Helper()
	c := identity.Config{Secret: secret, Issuer: "https://bet.example", Audience: "https://help.example"}
	for _, change := range change {
		change(&c)
	}
	v, err := identity.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// withKeys checks EdDSA instead.
func withKeys(keys ...identity.Key) func(*identity.Config) {
	return func(c *identity.Config) { c.Secret, c.Keys = "", keys }
}

// good are the claims of a token in order.
func good() jwt.MapClaims {
	return jwt.MapClaims{
		"iss": "https://bet.example", "aud": "https://help.example", "sub": "u-1", "jti": "1",
		"iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
	}
}

func with(name string, value any) jwt.MapClaims {
	c := good()
	c[name] = value
	return c
}

func without(name string) jwt.MapClaims {
	c := good()
	delete(c, name)
	return c
}

func sign(t testing.TB, method jwt.SigningMethod, key any, claims jwt.Claims, header ...string) string {
	t.Helper()
	token := jwt.NewWithClaims(method, claims)
	for i := 0; i+1 < len(header); i += 2 {
		token.Header[header[i]] = header[i+1]
	}
	s, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// raw signs a header and claims as they stand.
func raw(t testing.TB, header, claims string) string {
	t.Helper()
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(header)) + "." + encode([]byte(claims))
	signature, err := jwt.SigningMethodHS256.Sign(text, []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + encode(signature)
}

func claimsText(t testing.TB, c jwt.MapClaims) string {
	t.Helper()
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAGoodTokenProvesTheAccount(t *testing.T) {
	t.Parallel()
	claims := good()
	maps.Copy(claims, jwt.MapClaims{"email": "ann@player.example", "email_verified": true, "locale": "ru", "nbf": now.Unix(), "roles": []string{"x"}})
	want := identity.Proof{
		ID: "1", Issuer: "https://bet.example", Subject: "u-1", Email: "ann@player.example", Verified: true, Locale: "ru",
		Expires: now.Add(5 * time.Minute),
	}
	set := verifier(t, withKeys(identity.Key{ID: "a", Public: public}, identity.Key{ID: "b", Public: publicB}))
	for name, c := range map[string]struct {
		v     *identity.Verifier
		token string
	}{
		"HS256":                     {verifier(t), sign(t, jwt.SigningMethodHS256, []byte(secret), claims)},
		"EdDSA, first key":          {set, sign(t, jwt.SigningMethodEdDSA, keyA, claims, "kid", "a")},
		"EdDSA, second key":         {set, sign(t, jwt.SigningMethodEdDSA, keyB, claims, "kid", "b")},
		"EdDSA, one key":            {verifier(t, withKeys(identity.Key{ID: "a", Public: public})), sign(t, jwt.SigningMethodEdDSA, keyA, claims)},
		"EdDSA, keys without names": {verifier(t, withKeys(identity.Key{Public: public}, identity.Key{Public: publicB})), sign(t, jwt.SigningMethodEdDSA, keyB, claims)},
	} {
		got, err := c.v.Verify(c.token, now)
		got.Expires = got.Expires.UTC()
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestTheClocksMayDifferALittle(t *testing.T) {
	t.Parallel()
	token := sign(t, jwt.SigningMethodHS256, []byte(secret), with("nbf", now.Unix()))
	for at, ok := range map[time.Duration]bool{
		-31 * time.Second: false, -29 * time.Second: true, 5*time.Minute + 29*time.Second: true, 5*time.Minute + 31*time.Second: false,
	} {
		if _, err := verifier(t).Verify(token, now.Add(at)); (err == nil) != ok {
			t.Errorf("%s after its issue: %v", at, err)
		}
	}
}

func TestForgedTokensAreRefused(t *testing.T) {
	t.Parallel()
	keys := verifier(t, withKeys(identity.Key{ID: "a", Public: public}, identity.Key{ID: "b", Public: publicB}))
	shared := verifier(t)
	hs := func(c jwt.MapClaims, header ...string) string {
		return sign(t, jwt.SigningMethodHS256, []byte(secret), c, header...)
	}
	ed := func(c jwt.MapClaims, header ...string) string {
		return sign(t, jwt.SigningMethodEdDSA, keyA, c, header...)
	}
	text := claimsText(t, good())
	const header = `{"alg":"HS256","typ":"JWT"}`
	pemOf := func() []byte {
		der, err := x509.MarshalPKIXPublicKey(public)
		if err != nil {
			t.Fatal(err)
		}
		return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	}()
	unsigned := sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, good())
	whole := hs(good())
	parts := strings.Split(whole, ".")
	for name, c := range map[string]struct {
		v     *identity.Verifier
		token string
	}{
		"nothing":                             {shared, ""},
		"no token":                            {shared, "a.b.c"},
		"two parts":                           {shared, parts[0] + "." + parts[1]},
		"four parts":                          {shared, whole + ".x"},
		"padded":                              {shared, whole + "="},
		"alg none":                            {shared, unsigned},
		"alg none for keys":                   {keys, unsigned},
		"alg None":                            {shared, raw(t, `{"alg":"None"}`, text)},
		"alg missing":                         {shared, raw(t, `{"typ":"JWT"}`, text)},
		"alg twice":                           {shared, raw(t, `{"alg":"none","alg":"HS256"}`, text)},
		"alg in two cases":                    {shared, raw(t, `{"alg":"HS256","ALG":"none"}`, text)},
		"HS512 with the secret":               {shared, sign(t, jwt.SigningMethodHS512, []byte(secret), good())},
		"HS256 signed with the public key":    {keys, sign(t, jwt.SigningMethodHS256, []byte(public), good(), "kid", "a")},
		"HS256 signed with the key's PEM":     {keys, sign(t, jwt.SigningMethodHS256, pemOf, good(), "kid", "a")},
		"EdDSA where a secret is configured":  {shared, ed(good())},
		"signed with another secret":          {shared, sign(t, jwt.SigningMethodHS256, []byte(secret+"x"), good())},
		"signed with nothing":                 {shared, sign(t, jwt.SigningMethodHS256, []byte(""), good())},
		"signature cut off":                   {shared, parts[0] + "." + parts[1] + "."},
		"claims exchanged":                    {shared, parts[0] + "." + strings.Split(hs(with("sub", "u-2")), ".")[1] + "." + parts[2]},
		"signed with another key":             {keys, sign(t, jwt.SigningMethodEdDSA, keyB, good(), "kid", "a")},
		"other kid":                           {keys, ed(good(), "kid", "c")},
		"kid of the other key":                {keys, ed(good(), "kid", "b")},
		"no kid among several keys":           {keys, ed(good())},
		"kid that is no text":                 {shared, raw(t, `{"alg":"EdDSA","kid":1}`, text)},
		"critical extension":                  {shared, raw(t, `{"alg":"HS256","crit":["exp"]}`, text)},
		"a token of another kind":             {shared, hs(good(), "typ", "at+jwt")},
		"wrong audience":                      {shared, hs(with("aud", "https://help.example.evil"))},
		"no audience":                         {shared, hs(without("aud"))},
		"an audience among others":            {shared, hs(with("aud", []string{"https://help.example", "https://shop.example"}))},
		"wrong issuer":                        {shared, hs(with("iss", "https://bet.example/"))},
		"no issuer":                           {shared, hs(without("iss"))},
		"expired":                             {shared, hs(with("exp", now.Add(-time.Minute).Unix()))},
		"no exp":                              {shared, hs(without("exp"))},
		"exp that is text":                    {shared, hs(with("exp", "2030"))},
		"exp beyond all times":                {shared, raw(t, header, strings.Replace(text, `"exp":`, `"exp":1e300,"was":`, 1))},
		"exp null":                            {shared, hs(with("exp", nil))},
		"issued in the future":                {shared, hs(with("iat", now.Add(time.Minute).Unix()))},
		"no iat":                              {shared, hs(without("iat"))},
		"not yet valid":                       {shared, hs(with("nbf", now.Add(time.Minute).Unix()))},
		"too long lived":                      {shared, hs(with("exp", now.Add(10*time.Minute+time.Second).Unix()))},
		"no jti":                              {shared, hs(without("jti"))},
		"jti that is a number":                {shared, hs(with("jti", 1))},
		"no sub":                              {shared, hs(without("sub"))},
		"empty sub":                           {shared, hs(with("sub", ""))},
		"sub of blanks":                       {shared, hs(with("sub", " \u00a0"))},
		"sub with a blank at the end":         {shared, hs(with("sub", "u-1 "))},
		"sub with NUL":                        {shared, hs(with("sub", "u-1\x00"))},
		"sub with an invisible character":     {shared, hs(with("sub", "u-\u200b1"))},
		"sub that turns the text around":      {shared, hs(with("sub", "u-\u202e1"))},
		"sub with half a surrogate pair":      {shared, raw(t, header, strings.Replace(text, `"u-1"`, `"u-\ud800"`, 1))},
		"sub that is a list":                  {shared, hs(with("sub", []string{"u-1"}))},
		"sub too long":                        {shared, hs(with("sub", strings.Repeat("x", 256)))},
		"sub twice":                           {shared, raw(t, header, strings.Replace(text, `{`, `{"sub":"u-2",`, 1))},
		"sub in two cases":                    {shared, raw(t, header, strings.Replace(text, `{`, `{"Sub":"u-2",`, 1))},
		"sub twice, once escaped":             {shared, raw(t, header, strings.Replace(text, `{`, `{"\u0073ub":"u-2",`, 1))},
		"a key twice deep inside":             {shared, raw(t, header, strings.Replace(text, `{`, `{"x":[{"y":1,"y":2}],`, 1))},
		"not UTF-8":                           {shared, raw(t, header, strings.Replace(text, `u-1`, "u-\xff", 1))},
		"claims that are no object":           {shared, raw(t, header, `["u-1"]`)},
		"something behind the claims":         {shared, raw(t, header, text+"{}")},
		"oversized":                           {shared, hs(with("pad", strings.Repeat("x", identity.MaxToken)))},
		"deeply nested":                       {shared, raw(t, header, strings.Replace(text, `{`, `{"x":`+strings.Repeat("[", 600)+strings.Repeat("]", 600)+`,"s":`+`"u-2","sub":"u-3",`, 1))},
		"line ends in it":                     {shared, parts[0] + "\n." + parts[1] + "." + parts[2]},
		"bits left over in the last sign":     {shared, parts[0] + "." + parts[1] + "." + parts[2][:len(parts[2])-1] + string(parts[2][len(parts[2])-1]+1)},
		"the secret's verifier given an RSA":  {shared, raw(t, `{"alg":"RS256"}`, text)},
		"a key brought along":                 {keys, ed(good(), "kid", "../../dev/null")},
		"a key's address brought along":       {keys, sign(t, jwt.SigningMethodEdDSA, keyB, good(), "jku", "https://evil.example/jwks.json")},
		"the audience of an issuer's prefix":  {shared, hs(with("aud", "https://help"))},
		"the audience in other letters":       {shared, hs(with("aud", "HTTPS://HELP.EXAMPLE"))},
		"the audience with nothing behind it": {shared, hs(with("aud", []string{}))},
	} {
		proof, err := c.v.Verify(c.token, now)
		if err == nil || proof != (identity.Proof{}) {
			t.Errorf("%s: passes as %+v", name, proof)
			continue
		}
		for _, told := range []string{"u-1", "u-2", "evil", "bet.example", "help.example", secret} {
			if strings.Contains(err.Error(), told) {
				t.Errorf("%s: the error tells %q: %v", name, told, err)
			}
		}
	}
}

// An address counts only when the issuer says so in the one right way.
func TestAnAddressIsVerifiedOnlyByTheWordTrue(t *testing.T) {
	t.Parallel()
	for _, value := range []any{nil, false, "true", 1, []bool{true}} {
		claims := with("email", "ann@player.example")
		claims["email_verified"] = value
		got, err := verifier(t).Verify(sign(t, jwt.SigningMethodHS256, []byte(secret), claims), now)
		if err != nil || got.Verified {
			t.Errorf("email_verified %v: %+v, %v", value, got, err)
		}
	}
}

// Of a good token no byte can be changed.
func TestNoByteOfATokenCanBeChanged(t *testing.T) {
	t.Parallel()
	v := verifier(t)
	token := sign(t, jwt.SigningMethodHS256, []byte(secret), good())
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.IntRange(0, len(token)-1).Draw(t, "at")
		b := rapid.Byte().Draw(t, "byte")
		changed := token[:at] + string([]byte{b}) + token[at+1:]
		if _, err := v.Verify(changed, now); err == nil && changed != token {
			t.Fatalf("passes with byte %d changed", at)
		}
	})
}

func TestAWeakConfigurationIsRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*identity.Config){
		"secret of 31 bytes": func(c *identity.Config) { c.Secret = strings.Repeat("x", 31) },
		"neither":            func(c *identity.Config) { c.Secret = "" },
		"both":               func(c *identity.Config) { c.Keys = []identity.Key{{Public: public}} },
		"no issuer":          func(c *identity.Config) { c.Issuer = "" },
		"no audience":        func(c *identity.Config) { c.Audience = "" },
	} {
		c := identity.Config{Secret: secret, Issuer: "i", Audience: "a"}
		change(&c)
		if _, err := identity.New(c); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
