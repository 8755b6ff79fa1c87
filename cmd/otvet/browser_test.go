package main

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	keys "github.com/chromedp/chromedp/kb"

	"otvet/tickets/postgres/postgrestest"
)

// tab is a page of a real browser with cookies of its own, which fails the test when the
// page reports an error or breaks its content security policy.
type tab struct {
	t    *testing.T
	ctx  context.Context
	base string
}

// browser starts Chromium. Without one the test is skipped, and fails under CI.
func browser(t *testing.T) context.Context {
	t.Helper()
	// A page that still scrolls moves away under the click.
	still := chromedp.Flag("force-prefers-reduced-motion", true)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, still)
	allocator, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		if os.Getenv("CI") == "" && isMissing(err) {
			t.Skip("no Chromium found: install it (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium)")
		}
		t.Fatalf("start Chromium: %v", err)
	}
	return ctx
}

func isMissing(err error) bool {
	return strings.Contains(err.Error(), exec.ErrNotFound.Error())
}

// open returns a new tab that shares no cookies with others.
func open(t *testing.T, browser context.Context, base string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(375, 800)); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err == nil && (m.Type == "error" || m.Type == chromedp.ConsoleException) {
				t.Errorf("the browser reports: %s", m.Text)
			}
		}
	}()
	return &tab{t, ctx, base}
}

// do runs steps, each of which must succeed within half a minute.
func (p *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		body, _ := chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS("main")))
		p.t.Fatalf("%s: %v; the page says: %s", what, err, body)
	}
}

func (p *tab) goTo(path string) chromedp.Action[chromedp.Void] {
	if strings.HasPrefix(path, "http") {
		return chromedp.Navigate(path)
	}
	return chromedp.Navigate(p.base + path)
}

// text returns what an element shows.
func (p *tab) text(selector string) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 10*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(selector)))
	if err != nil {
		p.t.Fatalf("read %s: %v", selector, err)
	}
	return text
}

func (p *tab) value(selector string) string {
	p.t.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Value(chromedp.CSS(selector)))
	if err != nil {
		p.t.Fatalf("read the value of %s: %v", selector, err)
	}
	return value
}

func (p *tab) location() string {
	p.t.Helper()
	at, err := chromedp.Run(p.ctx, chromedp.Location())
	if err != nil {
		p.t.Fatalf("read the address: %v", err)
	}
	return at
}

func see(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.WaitVisible(chromedp.CSS(selector))
}

func click(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.CSS(selector))
}

func write(selector, text string) chromedp.Action[chromedp.Void] {
	return chromedp.SendKeys(chromedp.CSS(selector), text)
}

// speech is what people say in a language.
type speech struct {
	lang, question, subject, body, reply, thanks string
}

var speeches = []speech{
	{
		"ru", "сколько ждать вывод", "Вывод третий день на проверке",
		"Заказал вывод 200 евро в понедельник, номер 4471, до сих пор на проверке. Когда ждать?",
		"Здравствуйте! Заявка 4471 проверена и одобрена сегодня утром.", "Спасибо, деньги пришли!",
	},
	{
		"en", "how long does a withdrawal take", "Withdrawal in review for three days",
		"I asked for 200 euro on Monday, number 4471, and it is still in review. When will it arrive?",
		"Hello! Request 4471 was checked and approved this morning.", "Thank you, the money is here!",
	},
}

// TestAPlayerIsAnswered: a question typed on a phone finds its answer, by keyboard and by
// search, and the player says that it helped.
func TestAPlayerIsAnswered(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	base := serveForTest(t, postgrestest.URL(t))
	for _, s := range speeches {
		t.Run(s.lang, func(t *testing.T) {
			p := open(t, chromium, base)
			p.do("suggestions appear while typing", p.goTo("/"+s.lang+"/"), write("#q", s.question), see("#q-options [role=option]"))
			p.do("the keyboard opens the first", chromedp.KeyEvent(keys.ArrowDown), chromedp.KeyEvent(keys.Enter), see("nav.crumbs"))
			if at := p.location(); !strings.Contains(at, "/"+s.lang+"/") || strings.Contains(at, "/search") {
				t.Errorf("the first suggestion led to %s", at)
			}
			p.do("the question is answered", p.goTo("/"+s.lang+"/"), write("#q", s.question+"\r"), see(".answer mark"))
			p.do("the player says so", click(".outcome form button"), see(".done h1"))
		})
	}
}

// TestAPlayerIsHelpedByAnAgent: a request goes to the desk, an agent sees what the player
// had searched and replies, the player reads it, answers and closes.
func TestAPlayerIsHelpedByAnAgent(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	for _, s := range speeches {
		t.Run(s.lang, func(t *testing.T) {
			url := postgrestest.URL(t)
			base := serveForTest(t, url)
			player, agent := open(t, chromium, base), open(t, chromium, base)

			player.do("the player searches", player.goTo("/"+s.lang+"/search?q="+strings.ReplaceAll(s.question, " ", "+")), see(".answer mark"))
			page := player.sendRequest(s)
			agent.signIn(url, s.lang)
			agent.answer(s)
			player.readAndClose(page, s)
			agent.do("the ticket is closed at the desk", chromedp.Reload(), see(".status-closed"))
		})
	}
}

// sendRequest fills in the contact form and returns the address of the private page.
func (p *tab) sendRequest(s speech) string {
	p.t.Helper()
	p.do("the contact form", p.goTo("/"+s.lang+"/contact"), chromedp.SetValue(chromedp.CSS("#category"), "withdrawals"))
	p.do("answers are shown while the text is typed", write("#subject", s.subject), write("#body", s.body), see(".offers details"))
	p.do("the request is sent all the same", write("#contact", "player@demo.example"), click(".actions [data-next]"), see(".accepted"))
	if !regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}`).MatchString(p.text(".accepted")) {
		p.t.Errorf("no number in %q", p.text(".accepted"))
	}
	return p.value("#o-link")
}

// signIn adds an agent and signs in with the one-time password, which must be replaced.
func (p *tab) signIn(url, lang string) {
	p.t.Helper()
	var out strings.Builder
	env := func(name string) (string, bool) { return url, name == "DATABASE_URL" }
	args := []string{"agent", "add", "--email", "agent@demo.example", "--name", "Anna", "--locale", lang}
	if status := run(p.t.Context(), world{args, env, strings.NewReader(""), &out, &out}); status != 0 {
		p.t.Fatalf("add an agent: %d %s", status, out.String())
	}
	once := regexp.MustCompile(`[0-9A-Z]{5}(-[0-9A-Z]{5})+`).FindString(out.String())
	own := "a long sentence for tests"
	p.do("the agent signs in", p.goTo("/desk"), see("#password"), write("#email", "agent@demo.example"), write("#password", once+"\r"))
	p.do("and replaces the one-time password", see("#again"), write("#new", own), write("#again", own+"\r"), see(".queue"))
}

// answer opens the only ticket, sees what the player had asked, and replies.
func (p *tab) answer(s speech) {
	p.t.Helper()
	p.do("the agent opens the ticket", click(".queue a.open"), see("#reply"))
	if asked := p.text("[aria-labelledby=asked]"); !strings.Contains(asked, s.question) {
		p.t.Errorf("the desk does not show what the player had searched: %s", asked)
	}
	p.do("the agent replies", write("#reply", s.reply), click(".compose .send button"), see(".notice[role=status]"))
	if talk := p.text(".talk"); !strings.Contains(talk, s.reply) {
		p.t.Errorf("the reply is not in the correspondence: %s", talk)
	}
}

// readAndClose reads the reply on the private page, answers and closes the request.
func (p *tab) readAndClose(page string, s speech) {
	p.t.Helper()
	p.do("the player opens the private page", p.goTo(page), see(".talk"))
	if talk := p.text(".talk"); !strings.Contains(talk, s.reply) || !strings.Contains(talk, "Anna") {
		p.t.Errorf("the player does not see the reply: %s", talk)
	}
	p.do("the player answers", write("#body", s.thanks), click("form[action$='/reply'] button"), see(".notice[role=status]"))
	if talk := p.text(".talk"); !strings.Contains(talk, s.thanks) {
		p.t.Errorf("the player's answer is missing: %s", talk)
	}
	p.do("the player closes the request", click(".closing summary"), click(".closing button"), chromedp.WaitNotPresent(chromedp.CSS(".closing")))
}

// serveForTest runs the whole program on a database and returns its address.
func serveForTest(t *testing.T, databaseURL string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, ended, data := &growing{}, make(chan int, 1), t.TempDir()
	env := func(name string) (string, bool) { return databaseURL, name == "DATABASE_URL" }
	go func() {
		ended <- run(ctx, world{[]string{"serve", "--addr=127.0.0.1:0", "--data=" + data}, env, strings.NewReader(""), out, out})
	}()
	t.Cleanup(func() {
		cancel()
		if status := <-ended; status != 0 {
			t.Errorf("serve ended with %d: %s", status, out)
		}
		if _, err := os.Stat(".otvet"); err == nil {
			t.Error("the server has left its data beside the tests")
		}
	})
	address := regexp.MustCompile(`help section +(http://\S+)/`)
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if m := address.FindStringSubmatch(out.String()); m != nil && strings.Contains(out.String(), "Ready") {
			return m[1]
		}
	}
	t.Fatalf("serve is not ready: %s", out)
	return ""
}
