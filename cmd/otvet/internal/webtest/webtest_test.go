package webtest_test

import (
	"fmt"
	"net/http"
	"testing"

	"otvet/cmd/otvet/internal/webtest"
)

func TestScriptSendsShapesAndChecks(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /form", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes"})
		http.Redirect(w, r, "/done?by="+r.PostFormValue("name"), http.StatusSeeOther)
	})
	mux.HandleFunc("GET /done", func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie("seen")
		fmt.Fprintf(w, "<p>thanks,\n  %s</p> %v %v", r.FormValue("by"), c, err)
	})
	webtest.Script(t, "inline", `
# the form leads to a page that greets
POST /form
field name=Anna
code == 303
header Location contains by=Anna
set place from header Location

GET ${place}
code == 200
body contains thanks, Anna
body lacks Boris
body matches seen=y.s
set who from body thanks, (\w+)

POST /form
field name=${who}
follow
body contains thanks, Anna
`, mux)
}
