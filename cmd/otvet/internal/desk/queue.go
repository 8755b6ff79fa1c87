package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/policy"
)

// view is what the queue page was asked to show. It has an address, so that it can be
// kept as a bookmark.
type view struct {
	Status     string // "" unfinished, a status, or "all"
	Category   string
	Kind       string
	Stage      string
	Department string
	Lang       string
	Who        string // "" anybody, or "mine"
	Only       string // "" everything, "review" or "overdue"
	Text       string // the store looks at the first 200 characters
	page       int
}

const (
	allStatuses  = "all"
	assignedToMe = "mine"
	onlyReview   = "review"  // waits for the review of the agent who looks
	onlyOverdue  = "overdue" // a clock of ours has run out
	maxPage      = 1000      // beyond it nobody reads, and the database must count
)

// readView reads a view from an address. A value that does not exist selects nothing
// special, and the page's form shows so.
func readView(q url.Values) view {
	v := view{
		Category: q.Get("category"), Text: strings.TrimSpace(q.Get("q")),
		Status: q.Get("status"), Lang: q.Get("lang"), Who: q.Get("who"),
		Kind: q.Get("kind"), Stage: q.Get("stage"), Department: q.Get("department"), Only: q.Get("only"),
	}
	if !tickets.Kind(v.Kind).Valid() {
		v.Kind = ""
	}
	if !slices.Contains(tickets.Stages(), tickets.Stage(v.Stage)) {
		v.Stage = ""
	}
	if v.Only != onlyReview && v.Only != onlyOverdue {
		v.Only = ""
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
	f := tickets.Filter{
		Category: v.Category, Locale: kb.Locale(v.Lang), Text: v.Text, Page: v.page,
		Kind: tickets.Kind(v.Kind), Stage: tickets.Stage(v.Stage), Department: v.Department, Overdue: v.Only == onlyOverdue,
	}
	if v.Only == onlyReview {
		f.Reviewer = me
	}
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
	for key, value := range map[string]string{
		"status": v.Status, "category": v.Category, "lang": v.Lang, "who": v.Who, "q": v.Text,
		"kind": v.Kind, "stage": v.Stage, "department": v.Department, "only": v.Only,
	} {
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
	View        view
	Narrowed    bool // shows less than every unfinished ticket
	Statuses    []choice
	Categories  []choice
	Kinds       []choice
	Stages      []choice
	Departments []choice
	Only        []choice
	Languages   []choice
	Count       string
	Lines       []queueLine
	Pager       pager
	Everywhere  string // the same search in all statuses; empty: it was
	Done        string
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
	Label    string // the status, or the stage of a case, in words
	Kind     string
	Badges   []badge
	Due      clockLine // the next clock of ours; without words: none runs
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
		Kinds: selected(p.kinds(tickets.Kinds()), v.Kind), Departments: p.departments(v.Department), Stages: selected(values(p, "desk.stage.", tickets.Stages()), v.Stage),
		Only:  selected([]choice{{onlyReview, p.T("desk.queue.my_review"), false}, {onlyOverdue, p.T("desk.queue.overdue"), false}}, v.Only),
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
		Status: t.Status, Label: w.state(t), Kind: w.kindOf(t.Kind), Badges: w.badges(t), Due: w.nextDue(t),
		Waits:    w.waits(t.Status, item.LastBy, item.LastAt),
		Waiting:  item.LastBy == tickets.ByPlayer && (t.Status == tickets.StatusNew || t.Status == tickets.StatusOpen),
		LastWord: w.lastWord(t.Status, item.LastBy, item.LastAt), LastAt: item.LastAt,
		Arrived: w.ago(t.CreatedAt), At: t.CreatedAt,
		Assignee: item.Assignee, Mine: t.Assignee == me,
	}
}

// badge is a mark of a ticket that everybody must see, in words.
type badge struct{ Words, Class string }

func (w words) badges(t tickets.Ticket) []badge {
	var all []badge
	if t.Case.Late && t.Case.Lateness == nil {
		all = append(all, badge{w.T("desk.badge.late"), "near"})
	}
	if t.Case.Appeals > 0 && !t.Case.Stage.Ended() {
		all = append(all, badge{w.T("desk.badge.appeal"), "near"})
	}
	if t.Case.Hold != "" {
		all = append(all, badge{w.T("desk.badge.hold"), ""})
	}
	return all
}

// state is where a ticket stands: the stage of a case, the status of all others.
func (w words) state(t tickets.Ticket) string {
	if t.Case.Stage != tickets.StageNone {
		return w.stage(t.Case.Stage)
	}
	return w.status(t.Status)
}

// nextDue is the clock of ours that runs out next, those that ran out and are owed before
// all others.
func (w words) nextDue(t tickets.Ticket) clockLine {
	t.Case.Passed = nil
	s := scene{words: w, ticket: t}
	for _, d := range t.Deadlines() {
		switch d.Rule {
		case policy.RuleWait, policy.RuleRemind, policy.RuleRespond:
			continue
		}
		return s.clock(d)
	}
	return clockLine{}
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
