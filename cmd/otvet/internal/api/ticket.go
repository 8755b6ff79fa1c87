package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"otvet/assistant"
	"otvet/cmd/otvet/internal/web"
	"otvet/kb"
	"otvet/tickets"
	"otvet/tickets/postgres"
)

// Ticket is the body of POST /tickets.
type Ticket struct {
	Locale   string `json:"locale" enum:"ru,en" doc:"The player's language: that of the private page and of letters."`
	Category string `json:"category" doc:"ID of a category of the knowledge base, or unsure." example:"withdrawals"`
	Subject  string `json:"subject" doc:"1 to 200 characters." example:"My withdrawal has not arrived"`
	Body     string `json:"body" doc:"Plain text, 1 to 8000 characters." example:"I asked for 50 EUR to my card on Monday."`
	Login    string `json:"login,omitempty" doc:"The player's login. Either it or email is needed, and not both." example:"player77"`
	Email    string `json:"email,omitempty" doc:"The player's e-mail address." example:"player@example.org"`
}

// Receipt says that a ticket is kept.
type Receipt struct {
	Number string `json:"number" doc:"For talking about the ticket; it opens nothing." example:"K7M2-Q9XT"`
	URL    string `json:"url" format:"uri" doc:"The private page of the ticket. Whoever has it reads and writes as the player: give it to nobody else." example:"https://help.demo.example/en/requests/…"`
	Status string `json:"status" enum:"new,open,pending,on-hold,solved,closed" doc:"Where the ticket stands now."`
}

type ticketInput struct {
	Key  string `header:"Idempotency-Key" required:"true" minLength:"16" maxLength:"255" pattern:"^[!-~]+$" patternDescription:"printable ASCII without spaces" doc:"Drawn at random for each ticket and repeated when a request is repeated: the same key opens one ticket." example:"0b9d6f0e-6a55-4a0e-9b5b-3f2f6c8f1f7e"`
	Body Ticket
}

type ticketOutput struct {
	Status   int
	Location string `header:"Location" doc:"The private page, as url in the body."`
	Replayed string `header:"Idempotent-Replayed" doc:"true when the key had opened this ticket before."`
	Body     Receipt
}

func ticketOperation() huma.Operation {
	return huma.Operation{
		OperationID: "open-ticket", Method: http.MethodPost, Path: "/tickets", Tags: []string{"Tickets"},
		DefaultStatus: http.StatusCreated,
		Summary:       "Send a request to the operator's agents",
		Description: "A ticket that was answered with 201 or 200 is durable. Anything else, a broken connection included, " +
			"means that it may or may not have been kept: repeat the request with the same key and content. " +
			"A repeated request gets 200, the same number, and a new address of the private page.\n\n" +
			"At most 20 requests a minute are taken from one client by default.",
		Responses: ticketResponses(),
	}
}

func ticketResponses() map[string]*huma.Response {
	all := failures(http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusServiceUnavailable)
	all["200"] = &huma.Response{
		Description: "The key had opened this ticket before.",
		Content:     map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Ref: "#/components/schemas/Receipt"}}},
	}
	all["201"] = &huma.Response{Description: "The ticket is kept."}
	return all
}

// openTicket is POST /tickets.
func (s *service) openTicket(ctx context.Context, in *ticketInput) (*ticketOutput, error) {
	ticket, err := s.newTicket(in)
	if err != nil {
		return nil, err
	}
	opening, err := s.Store.OpenTicket(ctx, ticket)
	if errors.Is(err, tickets.ErrKeyReused) {
		return nil, &web.Error{Kind: web.Invalid, Err: err, Details: []web.Detail{{Location: "header.Idempotency-Key", Code: "key_reused"}}}
	}
	if err != nil {
		return nil, err
	}
	return s.receipt(opening), nil
}

func (s *service) receipt(o postgres.Opening) *ticketOutput {
	url := s.BaseURL + "/" + string(o.Ticket.Locale) + "/requests/" + string(o.Token)
	out := &ticketOutput{Status: http.StatusCreated, Location: url}
	out.Body = Receipt{string(o.Ticket.Number), url, string(o.Ticket.Status)}
	if o.Repeated {
		out.Status, out.Replayed = http.StatusOK, "true"
	}
	return out
}

// newTicket checks the request and puts those who may be in distress first.
func (s *service) newTicket(in *ticketInput) (tickets.NewTicket, error) {
	locale := kb.Locale(in.Body.Locale)
	requester, wrong := requester(in.Body)
	n := tickets.NewTicket{
		Key: in.Key, Locale: locale, Category: in.Body.Category, Subject: in.Body.Subject, Body: in.Body.Body,
		Requester: requester, Priority: priority(in.Body), At: s.now(),
	}
	library := s.Engine.Library()
	n, err := n.Validate(func(category string) bool {
		_, ok := library.Category(locale, category)
		return ok
	})
	return n, invalidTicket(err, wrong)
}

// requester reads login or email. What is wrong is a detail; what is missing,
// tickets.NewTicket.Validate reports.
func requester(t Ticket) (tickets.Requester, []web.Detail) {
	at, given := "body.login", t.Login
	switch {
	case t.Login != "" && t.Email != "":
		return tickets.Requester{}, []web.Detail{{Location: "body.login", Code: "unexpected"}}
	case t.Email != "":
		at, given = "body.email", t.Email
	case t.Login == "":
		return tickets.Requester{}, []web.Detail{{Location: at, Code: string(tickets.Required)}}
	}
	r, code := tickets.ParseRequester(given)
	if code == "" && t.Email != "" && r.Email == "" {
		code = tickets.BadEmail
	}
	if code != "" {
		return tickets.Requester{}, []web.Detail{{Location: at, Code: string(code)}}
	}
	return r, nil
}

func priority(t Ticket) tickets.Priority {
	if assistant.Assess(t.Subject+"\n"+t.Body).Class == assistant.Safety {
		return tickets.PrioritySafety
	}
	return tickets.PriorityNormal
}

// invalidTicket joins what Validate found with what is wrong with the requester.
func invalidTicket(err error, details []web.Detail) error {
	var invalid *tickets.InvalidError
	if !errors.As(err, &invalid) {
		return err
	}
	for _, f := range invalid.Fields {
		if f.Field != "contact" { // requester has a better place for it
			details = append(details, web.Detail{Location: "body." + f.Field, Code: string(f.Code)})
		}
	}
	return &web.Error{Kind: web.Invalid, Err: err, Details: details}
}
