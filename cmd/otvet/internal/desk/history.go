package desk

import (
	"slices"
	"strconv"

	"otvet/tickets"
	"otvet/tickets/policy"
	"otvet/tickets/postgres"
)

// entry tells an event of a ticket's history, with the status or stage that followed.
func (w words) entry(e tickets.Entry) string {
	from, to := e.Detail["from"], e.Detail["to"]
	switch e.Change {
	case tickets.StatusSet{}.Name():
		return w.T("desk.history.status_set", w.status(tickets.Status(to)))
	case tickets.CategorySet{}.Name():
		return w.T("desk.history.category_set", w.category(from), w.category(to))
	case tickets.DepartmentSet{}.Name(), tickets.Escalated{}.Name():
		return w.T("desk.history."+e.Change, w.department(to))
	case tickets.KindSet{}.Name(), tickets.Objected{}.Name():
		return w.T("desk.history."+e.Change, w.kindName(from), w.kindName(to))
	case tickets.Assigned{}.Name():
		return w.assigned(to) + w.then(e.Detail["status"])
	case tickets.PlayerClosed{}.Name():
		return w.T("desk.history.player_closed") // says the status itself
	case tickets.EntryLetterSuppressed:
		if e.Detail["reason"] == postgres.NoMailServer {
			return w.T("desk.history.letter_no_server")
		}
	}
	return w.T("desk.history."+e.Change) + w.files(e.Detail["files"]) + w.detail(e.Detail) + w.then(to)
}

// kindName names a kind; an entry of before there were kinds has none.
func (w words) kindName(k string) string {
	if !tickets.Kind(k).Valid() {
		return "?"
	}
	return w.kindOf(tickets.Kind(k))
}

func (w words) assigned(to string) string {
	if to == "" {
		return w.T("desk.history.assigned_nobody")
	}
	return w.T("desk.history.assigned", to)
}

func (w words) then(to string) string {
	switch {
	case tickets.Status(to).Valid():
		return w.T("desk.history.then", w.status(tickets.Status(to)))
	case slices.Contains(tickets.Stages(), tickets.Stage(to)):
		return w.T("desk.history.then_stage", w.stage(tickets.Stage(to)))
	}
	return ""
}

// detail puts the codes of an entry into words.
func (w words) detail(d map[string]string) string {
	var said []string
	for _, c := range []struct {
		code  string
		words func(string) string
	}{
		{"rule", func(v string) string { return w.rule(policy.Rule(v), number(d["round"])) }},
		{"percent", func(v string) string { return w.T("desk.history.percent", v) }},
		{"severity", func(v string) string { return w.T("desk.severity." + v) }},
		{"complexity", func(v string) string { return w.T("desk.complexity." + v) }},
		{"outcome", func(v string) string { return w.T("desk.outcomes." + v) }},
		{"cause", func(v string) string { return w.T("desk.cause." + v) }},
		{"approved", func(v string) string { return w.T("desk.history.approved_" + v) }},
		{"pursued", func(v string) string { return w.T("desk.history.pursued_" + v) }},
		{"task", func(v string) string { return w.T("desk.history.number", v) }},
		{"enquiry", func(v string) string { return w.T("desk.history.number", v) }},
		{"into", func(v string) string { return v }},
		{"ticket", func(v string) string { return v }},
	} {
		if v := d[c.code]; v != "" {
			said = append(said, c.words(v))
		}
	}
	if len(said) == 0 {
		return ""
	}
	return ": " + w.list(said)
}

// files tells how many files came with a message.
func (w words) files(count string) string {
	n, err := strconv.Atoi(count)
	if err != nil {
		return ""
	}
	return w.N("desk.history.files", n)
}

// number reads digits that a store wrote; what is none is 0.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
