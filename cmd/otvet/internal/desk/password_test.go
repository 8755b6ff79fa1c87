package desk_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"

	"otvet/cmd/otvet/internal/desk"
	"otvet/kb"
)

func TestNewPasswordIsReadableAndHashed(t *testing.T) {
	t.Parallel()
	one, hash, err := desk.NewPassword()
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$`).MatchString(one) {
		t.Errorf("password %q is not four groups of five Crockford characters", one)
	}
	ok, err := argon2id.ComparePasswordAndHash(one, hash)
	if !ok || err != nil {
		t.Errorf("the hash does not match: %v %v", ok, err)
	}
	other, _, err := desk.NewPassword()
	if err != nil || other == one {
		t.Errorf("two draws gave %q and %q, %v", one, other, err)
	}
}

func TestOneTimePasswordLeadsToThePasswordPageAndNowhereElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse().signIn(h.hire("new@demo.example", "Мария", kb.EN, true))
	for _, path := range []string{"/desk", "/desk/content", "/desk/tickets/K7M2-Q9XT", "/desk/citations"} {
		p := b.get(path)
		p.want(t, http.StatusSeeOther)
		if p.To != "/desk/password" {
			t.Errorf("%s leads to %q", path, p.To)
		}
	}
	page := b.get("/desk/password")
	page.want(t, http.StatusOK, "one-time password", `autocomplete="new-password"`)
	page.lacks(t, `name="current"`, `href="/desk/content"`)

	before := b.cookie()
	fresh := "four unrelated words"
	p := b.post("/desk/password", url.Values{"new": {fresh}, "again": {fresh}})
	p.want(t, http.StatusSeeOther)
	if b.cookie() == before {
		t.Error("the change of password kept the session's token")
	}
	b.get(p.To).want(t, http.StatusOK, "Your new password is set")
	newBrowser(t, b.base).post("/desk/login", credentials("new@demo.example", password)).want(t, http.StatusUnprocessableEntity)
	newBrowser(t, b.base).post("/desk/login", credentials("new@demo.example", fresh)).want(t, http.StatusSeeOther)
}

func TestPasswordIsRefusedWithAReason(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse().signIn(h.hire("a.long.name@demo.example", "Name", kb.EN, true))
	for _, c := range []struct{ fresh, again, why string }{
		{"tiny-word", "tiny-word", "at least 12 characters"},
		{strings.Repeat("п", 129), strings.Repeat("п", 129), "at most 128 characters"},
		{"four unrelated words", "five unrelated words", "differ"},
		{password, password, "the password you have now"},
		{"A.Long.Name@demo.example", "A.Long.Name@demo.example", "must not be your e-mail"},
	} {
		p := b.post("/desk/password", url.Values{"new": {c.fresh}, "again": {c.again}})
		p.want(t, http.StatusUnprocessableEntity, c.why, `aria-invalid="true"`)
		p.lacks(t, c.fresh)
	}
}

func TestPasswordOfOnesOwnNeedsTheCurrentOneAndEndsOtherSessions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here, there := h.browse().signIn(h.Ben), h.browse().signIn(h.Ben)
	fresh := "four unrelated words"
	form := url.Values{"new": {fresh}, "again": {fresh}}
	here.get("/desk/password").want(t, http.StatusOK, `name="current"`)
	here.post("/desk/password", form).want(t, http.StatusUnprocessableEntity, "not your current password")
	here.post("/desk/password", with(form, "current="+password)).want(t, http.StatusSeeOther)
	here.get("/desk").want(t, http.StatusOK)
	there.get("/desk").want(t, http.StatusSeeOther)
}

func TestPasswordGuessesOfASignedInStrangerRunDry(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.browse().signIn(h.Ben)
	fresh := "four unrelated words"
	form := url.Values{"new": {fresh}, "again": {fresh}, "current": {"a wrong guess"}}
	for range 9 {
		b.post("/desk/password", form).want(t, http.StatusUnprocessableEntity)
	}
	b.post("/desk/password", form).want(t, http.StatusTooManyRequests)
}
