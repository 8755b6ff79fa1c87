package site_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"otvet/tickets/postgres/postgrestest"
)

// chromium opens a page in a browser of the test's own. Without Chromium the test is
// skipped, and fails under CI.
func chromium(t *testing.T, address string) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	if err := chromedp.Do(ctx); err != nil {
		if os.Getenv("CI") == "" && strings.Contains(err.Error(), exec.ErrNotFound.Error()) {
			t.Skip("no Chromium found: install it (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium)")
		}
		t.Fatalf("start Chromium: %v", err)
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	do(t, ctx, chromedp.Navigate(address))
	return ctx
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// until waits for an expression to become true. It outlives a change of the page, during
// which nothing can be evaluated.
func until(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("never came true: %s", expression)
		case <-ticker.C:
		}
	}
}

func TestSearchAsYouTypeIsACombobox(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(newHandler(t, engine(t), unready(t)))
	t.Cleanup(server.Close)
	ctx := chromium(t, server.URL+"/en/")
	do(t, ctx, chromedp.Focus("#q"))
	until(t, ctx, `document.querySelector("#q").getAttribute("role") === "combobox"`)
	// Before anything is typed there is what is asked most; Escape leaves the box alone.
	do(t, ctx, chromedp.Click("#q"))
	until(t, ctx, `document.querySelectorAll("#q-options [role=option]").length === 6`)
	until(t, ctx, `document.querySelector("[data-status]").textContent.includes("Common questions")`)
	until(t, ctx, `document.querySelector("#q").getAttribute("aria-activedescendant") === null`)
	do(t, ctx, chromedp.KeyEvent(kb.Escape))
	until(t, ctx, `document.querySelector("#q-options").hidden && document.activeElement.id === "q"`)

	do(t, ctx, chromedp.KeyEvent("withdra"))
	until(t, ctx, `document.querySelectorAll("#q-options [role=option]").length > 2 && document.querySelector("#q-option-all") !== null`)
	until(t, ctx, `document.querySelector("#q-options mark").textContent.toLowerCase() === "withdra"`)
	until(t, ctx, `document.querySelector("#q").getAttribute("aria-expanded") === "true"`)
	until(t, ctx, `document.querySelector("[data-status]").textContent.includes("suggestions")`)

	do(t, ctx, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowUp))
	until(t, ctx, `document.querySelector("#q").getAttribute("aria-activedescendant") === "q-option-0"`)
	until(t, ctx, `document.querySelector("#q-option-0").getAttribute("aria-selected") === "true"`)

	do(t, ctx, chromedp.KeyEvent(kb.Escape))
	until(t, ctx, `document.querySelector("#q-options").hidden && document.querySelector("#q").value === "withdra"`)

	do(t, ctx, chromedp.KeyEvent(kb.ArrowDown))
	until(t, ctx, `!document.querySelector("#q-options").hidden`)
	do(t, ctx, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
	until(t, ctx, `/^\/en\/(faq|help|terms)\//.test(location.pathname)`)
}

func TestSuggestionsReadTheOtherLayout(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(newHandler(t, engine(t), unready(t)))
	t.Cleanup(server.Close)
	ctx := chromium(t, server.URL+"/ru/")
	do(t, ctx, chromedp.Focus("#q"), chromedp.KeyEvent("dsdj"))
	until(t, ctx, `document.querySelector("#q-options mark")?.textContent === "выво"`)
	until(t, ctx, `document.querySelector("[data-status]").textContent.startsWith("Показаны результаты по запросу «выво»")`)
	// The last but one option searches for what was typed.
	do(t, ctx, chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowUp))
	until(t, ctx, `document.querySelector("#q").getAttribute("aria-activedescendant") === "q-option-typed"`)
	do(t, ctx, chromedp.KeyEvent(kb.Enter))
	until(t, ctx, `location.search === "?q=dsdj&as=typed"`)
}

func TestAnUnfoldedAnswerIsTold(t *testing.T) {
	t.Parallel()
	site, told := newHandler(t, engine(t), unready(t)), make(chan string, 9)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/opened") {
			told <- r.Method
		}
		site.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	ctx := chromium(t, server.URL+lure)
	for range 3 {
		do(t, ctx, chromedp.Click(chromedp.CSS("details[data-opened] summary")))
	}
	select {
	case method := <-told:
		if method != http.MethodPost {
			t.Errorf("told by %s", method)
		}
	case <-ctx.Done():
		t.Fatal("nothing was told")
	}
	if len(told) > 0 {
		t.Errorf("told %d times more", len(told))
	}
}

func TestAnswersStandBesideTheForm(t *testing.T) {
	t.Parallel()
	site, steps := newHandler(t, engine(t), postgrestest.Store(t)), make(chan string, 9)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.Path == "/ru/contact" {
			steps <- r.PostFormValue("step")
		}
		site.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	ctx := chromium(t, server.URL+"/ru/contact?category=withdrawals")
	do(t, ctx, chromedp.Focus("#subject"), chromedp.KeyEvent("Сколько времени занимает вывод?"))
	until(t, ctx, `document.querySelectorAll("[data-part=offers] details").length > 0`)
	until(t, ctx, `document.querySelector(".actions [data-next]").textContent === "Отправить"`)
	until(t, ctx, `document.querySelector("[name=showings]").value === "1"`)

	// Another question, another answer; one that is being read stays.
	empty := `(document.querySelector("#subject").value = "") === ""`
	ask := `document.querySelector("[name=ask]").value`
	until(t, ctx, `document.querySelector("[data-part=offers] button").formAction.includes(`+ask+`)`)
	until(t, ctx, empty)
	do(t, ctx, chromedp.Focus("#subject"), chromedp.KeyEvent("Как отыграть бонус?"))
	until(t, ctx, `document.querySelector("[name=showings]").value === "2"`)
	until(t, ctx, `document.querySelector("[data-part=offers] button").formAction.includes(`+ask+`)`)
	until(t, ctx, `document.querySelector("[data-part=offers] details").open = true`)
	until(t, ctx, empty)
	do(t, ctx, chromedp.Focus("#subject"), chromedp.KeyEvent("Сколько времени занимает вывод?"))
	do(t, ctx, chromedp.Focus("#body"), chromedp.KeyEvent("Карта 4111 1111 1111 1111"))
	until(t, ctx, `document.querySelector("[data-part=secrets]").textContent.includes("•••• 1111")`)
	until(t, ctx, `document.querySelector("[name=showings]").value === "2" && document.querySelector("[data-part=offers] details[open]") !== null`)

	// Enter in a field sends the form, never a button among the answers.
	do(t, ctx, chromedp.Focus("#contact"), chromedp.KeyEvent("anna_77"), chromedp.KeyEvent(kb.Enter))
	until(t, ctx, `document.querySelector("[name=warned]") !== null`)
	do(t, ctx, chromedp.Click(chromedp.CSS("button[value=send]")))
	until(t, ctx, `location.pathname.startsWith("/ru/requests/")`)
	if step := <-steps; step != "send" {
		t.Errorf("the script sends the form with step=%s", step)
	}
	until(t, ctx, `document.querySelector("[data-copy]") && !document.querySelector("[data-copy]").hidden`)
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText`))
	if err != nil || !strings.Contains(text, "Принято.") {
		t.Errorf("the private page reads %.200q, %v", text, err)
	}
}
