package main

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"otvet/cmd/otvet/internal/web"
)

// headAsGet routes HEAD as GET; net/http leaves the body out. chi's GetHead would not do:
// see methodsOf.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			chi.RouteContext(r.Context()).RouteMethod = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// notAllowed answers a method that a route does not have, and names those it has.
func notAllowed(routes chi.Routes) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Allow", strings.Join(methodsOf(routes, r.URL.Path), ", "))
		return web.Failf(web.NotAllowed, "method not allowed")
	}
}

// methodsOf returns the methods that a path answers. The routes are walked because chi's
// Match says yes to every method at a path where another router is mounted, such as /ru/.
func methodsOf(routes chi.Routes, path string) (methods []string) {
	has := map[string]bool{}
	_ = chi.Walk(routes, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		has[method+" "+pattern] = true
		return nil // and so is Walk's error
	})
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		pattern := routes.Find(chi.NewRouteContext(), method, path)
		if pattern != "" && (has[method+" "+pattern] || has[method+" "+pattern+"/"]) {
			methods = append(methods, method)
		}
	}
	if len(methods) > 0 && methods[0] == http.MethodGet {
		methods = append(methods, http.MethodHead)
	}
	return methods
}
