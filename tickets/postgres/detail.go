package postgres

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
)

// detailOf tells what became different: from and to of what the change is about, the
// other differences by their names (status, stage, kind, priority, assignee), and codes
// that the change brings. It never tells what people wrote.
func detailOf(ctx context.Context, tx pgx.Tx, before, after tickets.Ticket, c tickets.Change) (map[string]string, error) {
	detail := codes(after, c)
	about := subject(before, after, c)
	for _, d := range differences(before, after) {
		switch {
		case d.name == about:
			detail["from"], detail["to"] = d.from, d.to
		case d.from != d.to:
			detail[d.name] = d.to
		}
	}
	if about == "assignee" || before.Assignee != after.Assignee {
		return detail, nameAssignees(ctx, tx, before, after, about, detail)
	}
	return detail, nil
}

// subject names the difference that a change is about.
func subject(before, after tickets.Ticket, c tickets.Change) string {
	switch c.(type) {
	case tickets.Assigned:
		return "assignee"
	case tickets.CategorySet:
		return "category"
	case tickets.DepartmentSet, tickets.Escalated:
		return "department"
	case tickets.KindSet, tickets.Objected:
		return "kind"
	}
	switch {
	case before.Case.Stage != after.Case.Stage:
		return "stage"
	case before.Status != after.Status:
		return "status"
	}
	return ""
}

type difference struct{ name, from, to string }

func differences(before, after tickets.Ticket) []difference {
	return []difference{
		{"category", before.Category, after.Category},
		{"department", before.Department, after.Department},
		{"kind", string(before.Kind), string(after.Kind)},
		{"stage", string(before.Case.Stage), string(after.Case.Stage)},
		{"status", string(before.Status), string(after.Status)},
		{"priority", string(before.Priority), string(after.Priority)},
	}
}

// nameAssignees tells who had the ticket and who has it, who must be somebody at work.
func nameAssignees(ctx context.Context, tx pgx.Tx, before, after tickets.Ticket, about string, detail map[string]string) error {
	from, err := agentName(ctx, tx, before.Assignee)
	if err != nil {
		return err
	}
	to, err := workingAgentName(ctx, tx, after.Assignee)
	if err != nil {
		return err
	}
	if about == "assignee" {
		detail["from"], detail["to"] = from, to
	} else {
		detail["assignee"] = to
	}
	return nil
}

// codes are what a change says in words of the program.
func codes(after tickets.Ticket, c tickets.Change) map[string]string {
	switch c := c.(type) {
	case tickets.DeadlinePassed:
		return map[string]string{"rule": string(c.Rule), "round": strconv.Itoa(c.Round)}
	case tickets.DeadlineNear:
		return map[string]string{"rule": string(c.Rule), "round": strconv.Itoa(c.Round), "percent": strconv.Itoa(c.Percent)}
	case tickets.Assessed:
		return map[string]string{"severity": string(c.Severity), "complexity": string(c.Complexity), "impact": string(c.Impact)}
	case tickets.Found:
		return map[string]string{"cause": string(c.Cause)}
	case tickets.Decided:
		return map[string]string{"outcome": string(c.Outcome)}
	case tickets.DecisionReviewed:
		return map[string]string{"approved": strconv.FormatBool(c.Approve)}
	case tickets.LateJudged:
		return map[string]string{"pursued": strconv.FormatBool(c.Pursued)}
	case tickets.TaskOpened:
		return map[string]string{"task": strconv.Itoa(len(after.Case.Tasks))}
	case tickets.TaskDone:
		return map[string]string{"task": strconv.Itoa(c.ID)}
	case tickets.EnquiryAnswered:
		return map[string]string{"enquiry": strconv.Itoa(c.ID)}
	case tickets.Merged:
		return map[string]string{"into": string(c.Into)}
	case tickets.Absorbed:
		return map[string]string{"ticket": string(c.From)}
	case tickets.Released:
		return map[string]string{"ticket": string(c.From)}
	}
	return map[string]string{}
}
