package desk

import (
	"strconv"
	"strings"

	"otvet/tickets"
)

// The obligations that have a number behind their name.
const (
	owedTask    tickets.Obligation = "task"
	owedEnquiry tickets.Obligation = "enquiry"
)

// obligationOf parts an obligation into its kind and its number.
func obligationOf(o tickets.Obligation) (kind tickets.Obligation, number int) {
	name, digits, _ := strings.Cut(string(o), " ")
	number, err := strconv.Atoi(digits)
	if err != nil {
		return o, 0
	}
	return tickets.Obligation(name), number
}

// obligation says what is owed.
func (w words) obligation(o tickets.Obligation) string {
	switch kind, number := obligationOf(o); kind {
	case owedTask:
		return w.T("desk.owed.task", w.Number(number))
	case owedEnquiry:
		return w.T("desk.owed.enquiry", w.Number(number))
	case tickets.OweBody:
		return w.T("desk.owed.body")
	default:
		return w.T("desk.owed." + string(kind))
	}
}

// owedList names what is owed in one phrase.
func (w words) owedList(owed []tickets.Obligation) string {
	var names []string
	for _, o := range owed {
		names = append(names, w.obligation(o))
	}
	return w.list(names)
}

// list joins names with commas.
func (w words) list(names []string) string { return strings.Join(names, ", ") }
