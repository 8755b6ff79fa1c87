package web

import (
	"net"
	"net/http"
	"net/url"
)

// Cookies names and marks cookies by how the site is reached.
type Cookies struct{ secure bool }

// NewCookies derives the marking from the site's address. Plain HTTP on a loopback
// address, where browsers refuse a __Host- cookie, gets cookies without prefix and
// Secure; every other address gets both.
func NewCookies(base *url.URL) Cookies {
	return Cookies{secure: !(base.Scheme == "http" && Loopback(base.Hostname()))}
}

// Loopback reports whether a host, without a port, is this machine.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Name returns a cookie's full name.
func (c Cookies) Name(name string) string {
	if c.secure {
		return "__Host-" + name
	}
	return name
}

// Secure reports whether cookies carry the prefix and the Secure mark.
func (c Cookies) Secure() bool { return c.secure }

// Set sends a cookie for the browser's session: HttpOnly, SameSite=Lax, for the whole site.
func (c Cookies) Set(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, &http.Cookie{
		Name: c.Name(name), Value: value, Path: "/", Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// Get returns a cookie's value, empty when there is none.
func (c Cookies) Get(r *http.Request, name string) string {
	cookie, err := r.Cookie(c.Name(name))
	if err != nil {
		return ""
	}
	return cookie.Value
}
