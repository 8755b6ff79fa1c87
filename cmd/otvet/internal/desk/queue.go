package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"otvet/kb"
	"otvet/tickets"
)

// view is what the queue page was asked to show. It has an address, so that it can be
// kept as a bookmark.
type view struct {
	Status   string // "" unfinished, a status, or "all"
	Category string
	Lang     string
	Who      string // "" anybody, or "mine"
	Text     string // the store looks at the first 200 characters
	page     int
}

const (
	allStatuses  = "all"
	assignedToMe = "mine"
	maxPage      = 1000 // beyond it nobody reads, and the database must count
)

// readView reads a view from an address. A value that does not exist selects nothing
// special, and the page's form shows so.
func readView(q url.Values) view {
	v := view{
		Category: q.Get("category"), Text: strings.TrimSpace(q.Get("q")),
		Status: q.Get("status"), Lang: q.Get("lang"), Who: q.Get("who"),
	}
	if v.Status != allStatuses && !tickets.Status(v.Status).Valid() {
		v.Status = ""
	}
	if !kb.Locale(v.Lang).Valid() {
		v.Lang = ""
	}
	if v.Who != assignedToMe {
		v.Who = ""
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil {
		v.page = n
	}
	v.page = min(max(v.page, 1), maxPage)
	return v
}

func (v view) filter(me tickets.AgentID) tickets.Filter {
	f := tickets.Filter{Category: v.Category, Locale: kb.Locale(v.Lang), Text: v.Text, Page: v.page}
	switch v.Status {
	case "":
	case allStatuses:
		f.Statuses = tickets.Statuses()
	default:
		f.Statuses = []tickets.Status{tickets.Status(v.Status)}
	}
	if v.Who == assignedToMe {
		f.Assignee = me
	}
	return f
}

// url returns the view's address.
func (v view) url() string {
	q := url.Values{}
	for key, value := range map[string]string{"status": v.Status, "category": v.Category, "lang": v.Lang, "who": v.Who, "q": v.Text} {
		if value != "" {
			q.Set(key, value)
		}
	}
	if v.page > 1 {
		q.Set("page", strconv.Itoa(v.page))
	}
	return strings.TrimSuffix("/desk?"+q.Encode(), "?")
}

// at returns the same view on another page.
func (v view) at(page int) view {
	v.page = page
	return v
}

type queuePage struct {
	frame
	View       view
	Narrowed   bool // shows less than every unfinished ticket
	Statuses   []choice
	Categories []choice
	Languages  []choice
	Count      string
	Lines      []queueLine
	Pager      pager
	Everywhere string // the same search in all statuses; empty: it was
	Done       string
}

// pager leads to the neighbours of a page; an empty address leads nowhere.
type pager struct{ Words, Previous, Next string }

// queueLine is a ticket in the queue.
type queueLine struct {
	Number   tickets.Number
	Subject  string
	Safety   bool
	Category string
	Lang     kb.Locale
	Language string
	Status   tickets.Status
	Label    string // the status in words
	Waits    string
	Waiting  bool // the player waits for us
	LastWord string
	LastAt   time.Time
	Arrived  string
	At       time.Time
	Assignee string
	Mine     bool
}

// showQueue serves GET /desk.
func (d *Desk) showQueue(w http.ResponseWriter, r *http.Request, me tickets.Agent) error {
	v := readView(r.URL.Query())
	found, err := d.Store.Queue(r.Context(), me.ID, v.filter(me.ID))
	if err != nil {
		return fmt.Errorf("read the queue: %w", err)
	}
	return d.pages.queue.Write(w, http.StatusOK, d.newQueuePage(r, me, v, found))
}

func (d *Desk) newQueuePage(r *http.Request, me tickets.Agent, v view, found tickets.QueuePage) *queuePage {
	p := d.words(r, me)
	page := &queuePage{
		frame: d.newFrame(r, me, p.T("desk.queue.title")), View: v, Narrowed: v.at(1) != view{page: 1},
		Statuses: p.statuses(tickets.Statuses(), tickets.Status(v.Status)), Categories: p.categories(v.Category), Languages: p.languages(v.Lang),
		Count: p.N("desk.queue.count", found.Total), Pager: p.pager(v, found),
	}
	page.Section = "queue"
	for _, item := range found.Items {
		page.Lines = append(page.Lines, p.line(item, me.ID))
	}
	if v.Status != allStatuses {
		everywhere := v.at(1)
		everywhere.Status = allStatuses
		page.Everywhere = everywhere.url()
	}
	if r.URL.Query().Get("done") == "password" {
		page.Done = p.T("desk.done.password")
	}
	return page
}

func (w words) line(item tickets.QueueItem, me tickets.AgentID) queueLine {
	t := item.Ticket
	return queueLine{
		Number: t.Number, Subject: t.Subject, Safety: t.Priority == tickets.PrioritySafety,
		Category: w.category(t.Category), Lang: t.Locale, Language: w.language(t.Locale),
		Status: t.Status, Label: w.status(t.Status),
		Waits:    w.waits(t.Status, item.LastBy, item.LastAt),
		Waiting:  item.LastBy == tickets.ByPlayer && (t.Status == tickets.StatusNew || t.Status == tickets.StatusOpen),
		LastWord: w.lastWord(t.Status, item.LastBy, item.LastAt), LastAt: item.LastAt,
		Arrived: w.ago(t.CreatedAt), At: t.CreatedAt,
		Assignee: item.Assignee, Mine: t.Assignee == me,
	}
}

func (w words) pager(v view, found tickets.QueuePage) pager {
	p := pager{}
	if found.Pages > 1 {
		p.Words = w.T("desk.queue.page", w.Number(found.Page), w.Number(found.Pages))
	}
	if found.Page > 1 {
		p.Previous = v.at(found.Page - 1).url()
	}
	if found.Page < found.Pages {
		p.Next = v.at(found.Page + 1).url()
	}
	return p
}
