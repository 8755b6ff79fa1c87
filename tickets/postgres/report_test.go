package postgres_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"

	"otvet/tickets"
	"otvet/tickets/policy"
)

// life is a generated ticket with everything that reports count.
type life struct {
	number, kind, category, channel, department string
	login                                       string
	priority                                    string
	merged, late, approved                      bool
	outcome, cause                              string
	received, answered, closed                  time.Time // answered and closed may be zero
	score                                       int
	helped                                      *bool
	rated                                       time.Time // zero: never
	noAnswer                                    bool
	events                                      []turn
	clocks                                      []tick
}

// turn is an event that changes where a ticket stands.
type turn struct {
	at               time.Time
	change, from, to string
	status           string
}

// ends and resumes say what a turn does, in the words of the domain and not of the query.
func (u turn) ends() bool    { return u.change == "agent_replied" || u.change == "decision_reviewed" }
func (u turn) resumes() bool { return u.change == "player_replied" || u.change == "appealed" }

// tick is a clock.
type tick struct {
	rule       policy.Rule
	round      int
	due, ended time.Time
	state      string
}

// times of the generated world: it begins long before the span of the report, and ends
// after it.
var (
	worldFrom = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	worldTo   = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
)

// lives generates tickets.
func lives(r *rand.Rand, n int) []life {
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	after := func(at time.Time, hours int) time.Time {
		return at.Add(time.Duration(r.Int64N(int64(hours)*int64(time.Hour))) + time.Microsecond).Truncate(time.Microsecond)
	}
	var all []life
	for i := range n {
		l := life{
			number: fmt.Sprintf("AAAA-%04d", i), kind: pick("question", "problem", "complaint", "safety"),
			category: pick("bonuses", "withdrawals", "account"), channel: pick("form", "email", "chat"), department: pick("support", "payments"),
			login: pick("a", "A", "b", "c", "d", "e", "f", "g"), priority: "normal", merged: r.IntN(12) == 0, late: r.IntN(5) == 0,
			noAnswer: r.IntN(3) == 0, received: after(worldFrom, 24*140),
		}
		if l.kind == "safety" {
			l.priority = "safety"
		}
		if r.IntN(5) > 0 {
			l.answered = after(l.received, 24*20)
		}
		if r.IntN(2) == 0 {
			l.cause, l.outcome, l.approved = pick("delay", "software"), pick("upheld", "explained"), r.IntN(3) > 0
		}
		at, staged := l.received, l.kind == "complaint"
		for range r.IntN(4) {
			at = after(at, 24*30)
			l.events = append(l.events, turnOf("ends", staged, at))
			at = after(at, 24*10)
			switch r.IntN(3) {
			case 0:
				l.events = append(l.events, turnOf("resumes", staged, at))
			case 1:
				l.events = append(l.events, turn{at, "closed", "solved", "closed", ""})
				l.closed = at
			}
		}
		l.events = append(l.events, turn{at, "category_set", "closed", "open", ""}, turn{at, "assigned", "solved", "Anna", "open"}, turn{at, "status_set", "pending", "open", ""})
		if r.IntN(2) == 0 {
			l.rated, l.score = after(at, 24*5), r.IntN(6)
			if said := r.IntN(3); said < 2 {
				yes := said == 0
				l.helped = &yes
			}
		}
		for i, rule := range []policy.Rule{policy.RuleFirst, policy.RuleFinal, policy.RuleUpdate, policy.RuleTask} {
			due := after(l.received, 24*20)
			k := tick{rule, i, due, after(l.received, 24*20), pick("open", "met", "met", "passed")}
			if k.state == "passed" {
				k.ended = after(k.due, 2)
			}
			if k.state == "met" && r.IntN(4) == 0 {
				k.due = time.Time{} // it stood still
			}
			l.clocks = append(l.clocks, k)
		}
		all = append(all, l)
	}
	return all
}

func turnOf(what string, staged bool, at time.Time) turn {
	switch {
	case what == "ends" && staged:
		return turn{at, "decision_reviewed", "decided", "answered", "solved"}
	case what == "ends":
		return turn{at, "agent_replied", "open", "solved", ""}
	case staged:
		return turn{at, "appealed", "answered", "appealed", "open"}
	}
	return turn{at, "player_replied", "solved", "open", ""}
}

// recount counts without SQL what the report says.
func recount(all []life, span tickets.Span, now time.Time) tickets.Report {
	r := tickets.Report{Span: span, By: map[tickets.Dimension][]tickets.Figures{}}
	r.All = figures(all, all, span)
	keys := map[tickets.Dimension]func(life) string{
		tickets.ByKind: func(l life) string { return l.kind }, tickets.ByCategory: func(l life) string { return l.category },
		tickets.ByChannel: func(l life) string { return l.channel }, tickets.ByDepartment: func(l life) string { return l.department },
		tickets.ByCause: func(l life) string { return l.cause },
		tickets.ByOutcome: func(l life) string {
			if !l.approved {
				return ""
			}
			return l.outcome
		},
	}
	for by, key := range keys {
		groups := map[string][]life{}
		for _, l := range all {
			groups[key(l)] = append(groups[key(l)], l)
		}
		for name, group := range groups {
			f := figures(group, all, span)
			if f.Key = name; name != "" && f != (tickets.Figures{Key: name}) {
				r.By[by] = append(r.By[by], f)
			}
		}
		slices.SortFunc(r.By[by], func(a, b tickets.Figures) int {
			return cmp.Or(b.Received-a.Received, cmp.Compare(a.Key, b.Key))
		})
	}
	for _, rule := range tickets.Duties() {
		k := tickets.Duty{Rule: rule}
		for _, l := range all {
			for _, c := range l.clocks {
				if l.merged || c.rule != rule {
					continue
				}
				kept := c.state == "met" && (c.due.IsZero() || !c.ended.After(c.due))
				at := c.due
				if kept {
					at = c.ended
				}
				if !span.Within(at) || at.After(now) {
					continue
				}
				k.Total++
				if kept {
					k.Kept++
				}
			}
		}
		if k.Total > 0 {
			r.Clocks = append(r.Clocks, k)
		}
	}
	for _, l := range all {
		if l.merged {
			continue
		}
		if l.late && span.Within(l.received) {
			r.Late++
		}
		if slices.ContainsFunc(l.events, func(u turn) bool { return u.change == "appealed" && span.Within(u.at) }) {
			r.Appeals++
		}
		if overtook(l, all, span) {
			r.Overtakings++
		}
	}
	return r
}

// overtook compares each pair.
func overtook(l life, all []life, span tickets.Span) bool {
	if l.priority == "safety" || l.answered.IsZero() || !span.Within(l.answered) {
		return false
	}
	return slices.ContainsFunc(all, func(o life) bool {
		waits := o.answered.IsZero() || o.answered.After(l.answered)
		gone := !o.closed.IsZero() && !o.closed.After(l.answered)
		return !o.merged && o.priority != "safety" && o.department == l.department && o.channel == l.channel &&
			o.received.Before(l.received) && waits && !gone
	})
}

func figures(group, all []life, span tickets.Span) (f tickets.Figures) {
	var answer, solve []time.Duration
	for _, l := range group {
		if l.merged {
			continue
		}
		if span.Within(l.received) {
			f.Received++
			if l.noAnswer {
				f.Unanswered++
			}
			if slices.ContainsFunc(all, func(o life) bool {
				return !o.merged && folded(o.login) == folded(l.login) && o.category == l.category &&
					o.received.Before(l.received) && l.received.Sub(o.received) <= 30*24*time.Hour
			}) {
				f.Repeated++
			}
		}
		if span.Within(l.answered) {
			answer = append(answer, l.answered.Sub(l.received))
		}
		var ended time.Time
		reopened := false
		for _, u := range l.events {
			if u.ends() && span.Within(u.at) {
				ended = u.at
			}
			reopened = reopened || u.resumes() && span.Within(u.at)
		}
		if !ended.IsZero() {
			f.Resolved++
			solve = append(solve, ended.Sub(l.received))
		}
		if reopened {
			f.Reopened++
		}
		if !l.rated.IsZero() && span.Within(l.rated) {
			if l.score > 0 {
				f.Said.Scores, f.Said.Sum = f.Said.Scores+1, f.Said.Sum+l.score
			}
			if l.helped != nil {
				f.Said.Asked++
				if *l.helped {
					f.Said.Helped++
				}
			}
		}
	}
	f.Answer, f.Solve = spreadOf(answer), spreadOf(solve)
	return f
}

func folded(s string) string { return string(s[0] | 0x20) }

func spreadOf(took []time.Duration) tickets.Spread {
	if len(took) == 0 {
		return tickets.Spread{}
	}
	slices.Sort(took)
	at := func(part float64) time.Duration { return took[int(math.Ceil(part*float64(len(took))))-1] }
	return tickets.Spread{Count: len(took), Median: at(.5), P90: at(.9)}
}

// write puts generated tickets into the database as the store would leave them.
func (d *desk) write(all []life) {
	d.t.Helper()
	conn, err := pgx.Connect(d.t.Context(), d.url)
	if err != nil {
		d.t.Fatal(err)
	}
	defer conn.Close(d.t.Context())
	other := d.open(func(n *tickets.NewTicket) { n.At = worldTo.AddDate(1, 0, 0) }).Ticket.Number // what is merged goes on there
	for _, l := range all {
		var batch pgx.Batch
		d.queue(&batch, l, other)
		if err := conn.SendBatch(d.t.Context(), &batch).Close(); err != nil {
			d.t.Fatal(err)
		}
	}
}

func (d *desk) queue(batch *pgx.Batch, l life, other tickets.Number) {
	procedure := map[string]any{"received_at": l.received, "late": l.late, "findings": map[string]any{"cause": l.cause}}
	if l.cause == "" {
		delete(procedure, "findings")
	}
	if l.outcome != "" {
		procedure["decisions"] = []any{map[string]any{"outcome": "refused", "approved": true}, map[string]any{"outcome": l.outcome, "approved": l.approved}}
	}
	if !l.answered.IsZero() {
		procedure["first_answer_at"] = l.answered
	}
	if !l.closed.IsZero() {
		procedure["closed_at"] = l.closed
	}
	if !l.rated.IsZero() {
		procedure["rating"] = map[string]any{"score": l.score, "helped": l.helped, "at": l.rated}
	}
	status, stage := "open", any(nil)
	if l.merged {
		status = "closed"
	}
	if l.kind == "complaint" {
		stage = "assessed"
		if l.merged {
			stage = "closed"
		}
		procedure["stage"] = stage
	}
	var into any
	if l.merged {
		into = other
	}
	batch.Queue(`INSERT INTO tickets (number, version, status, priority, category, locale, subject, login, created_at, updated_at,
			kind, channel, department, pack, stage, received_at, merged_into, procedure)
		VALUES ($1, 1, $2, $3, $4, 'ru', 'x', $5, $6, $7, $8, $9, $10, 'default@1', $11, $6, $12, $13)`,
		l.number, status, l.priority, l.category, l.login, l.received, worldTo, l.kind, l.channel, l.department, stage, into, procedure)
	for _, u := range l.events {
		detail := map[string]string{"from": u.from, "to": u.to}
		if u.status != "" {
			detail["status"] = u.status
		}
		batch.Queue(`INSERT INTO events (ticket_id, version, at, actor_kind, change, detail, hash)
			VALUES ((SELECT id FROM tickets WHERE number = $1), 1, $2, 'system', $3, $4, sha256(''))`, l.number, u.at, u.change, detail)
	}
	for _, k := range l.clocks {
		var due, ended, next any
		if !k.due.IsZero() {
			due = k.due
		}
		if k.state != "open" {
			ended = k.ended
		} else {
			next = due
		}
		batch.Queue(`INSERT INTO deadlines (ticket_id, rule, round, from_at, due_at, next_at, state, ended_at)
			VALUES ((SELECT id FROM tickets WHERE number = $1), $2, $3, $4, $5, $6, $7, $8)`,
			l.number, k.rule, k.round, l.received, due, next, k.state, ended)
	}
	if l.noAnswer {
		d.keys++
		batch.Queue(`INSERT INTO asks (key, visit, channel, question, locale, verdict, confidence, outcome, ticket_id, at)
			VALUES ($1, '', 'search', 'x', 'ru', 'no_answer', 0, 'ticket', (SELECT id FROM tickets WHERE number = $2), $3)`,
			fmt.Sprintf("%032x", d.keys), l.number, l.received)
	}
}

// Every figure equals what counting one by one gives, for a month, a quarter, and a span
// that is not over.
func TestReportsEqualARecount(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		d := newDesk(t)
		all := lives(rand.New(rand.NewPCG(seed, 5)), 250)
		d.write(all)
		now := time.Date(2026, 5, 10, 12, 0, 0, 0, time.UTC)
		zone := time.FixedZone("", 3*60*60)
		for name, span := range map[string]tickets.Span{
			"month": tickets.MonthOf(now.AddDate(0, -1, 0), zone), "quarter": tickets.QuarterOf(now, zone),
			"week": tickets.WeekOf(now, zone), "nothing": tickets.QuarterOf(now.AddDate(-1, 0, 0), zone),
		} {
			got, err := d.Report(t.Context(), span, now)
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(recount(all, span, now), got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("seed %d, %s: -recount +report\n%s", seed, name, diff)
			}
		}
	}
}
