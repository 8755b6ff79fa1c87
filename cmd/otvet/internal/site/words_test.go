package site

import (
	"testing"
	"time"

	"otvet/cmd/otvet/internal/upload"
	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
)

// Keys that are put together at run time, which the check of the templates cannot see.
func TestEveryCodeAndStatusHasWords(t *testing.T) {
	t.Parallel()
	catalog, err := web.LoadCatalog(time.UTC, web.Messages(), upload.Templates(), files)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, s := range tickets.Statuses() {
		keys = append(keys, "request.status."+string(s), "request.status."+string(s)+".words")
	}
	for _, field := range []string{"subject", "body", "contact"} {
		for _, code := range []tickets.Code{tickets.Required, tickets.TooLong, tickets.BadText} {
			keys = append(keys, "mistake."+field+"."+string(code))
		}
	}
	keys = append(keys, "mistake.category.required", "mistake.category.unknown", "mistake.contact.bad_email")
	for _, key := range keys {
		if !catalog.Has(key) {
			t.Errorf("there is no message %q", key)
		}
	}
}
