package desk

import "testing"

func TestLocalNeverLeavesTheDesk(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"/desk":                      "/desk",
		"/desk?status=solved&q=a+b":  "/desk?status=solved&q=a+b",
		"/desk/tickets/K7M2-Q9XT":    "/desk/tickets/K7M2-Q9XT",
		"/desk/citations?ref=a%2Fb":  "/desk/citations?ref=a%2Fb",
		"":                           "/desk",
		"/en/":                       "/desk",
		"desk":                       "/desk",
		"/deskevil":                  "/desk",
		"//evil.example":             "/desk",
		"//evil.example/desk":        "/desk",
		"///evil.example":            "/desk",
		"https://evil.example/desk":  "/desk",
		"https:/desk":                "/desk",
		"javascript:alert(1)":        "/desk",
		"/\\evil.example":            "/desk",
		"/desk\\..\\..\\evil":        "/desk",
		"/desk/../../evil":           "/desk",
		"/desk/%2e%2e/evil":          "/desk",
		"/desk//evil.example":        "/desk",
		"/desk\r\nSet-Cookie: x=y":   "/desk",
		"/desk/%0d%0aSet-Cookie:x=y": "/desk/%0D%0ASet-Cookie:x=y", // stays escaped
		"http://[::1":                "/desk",
	} {
		if got := local(address); got != want {
			t.Errorf("local(%q) = %q, want %q", address, got, want)
		}
	}
}
