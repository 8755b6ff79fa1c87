package site

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"otvet/cmd/otvet/internal/web"
	"otvet/tickets"
	"otvet/tickets/policy"
)

// standardsPage is GET /{lang}/standards: what we undertake, made from the rules that are
// in force, so that it cannot say anything else than the clocks do (requirement 107).
type standardsPage struct {
	frame
	Pack      string // the title of the rules
	Ref       string // their name and version
	Complaint promise
	Data      promise
	Answers   []answerRow
	Claim     string // within what time a person takes up what must not wait
	Enquiry   string // within what time a dispute service hears from us
	Service   string // policy.ServiceInternal and its like
	Dispute   string // the service by name; may be empty
	Zone      string
	Contact   string
}

// promise is what the rules say about requests that end with a decision; each span in
// words, empty where the rules set none.
type promise struct {
	File     string // within what time a complaint may be filed
	Ack      string
	Aim      string // the first answer: what we aim at
	First    string // the first answer at the latest
	Final    string // the decision
	Extend   string // by how much more at most
	Update   string // the next word while it lasts
	Respond  string // how long the player may answer the outcome
	Reviewed bool   // a second person looks over the decision
}

// answerRow is by when a question that comes by a channel is answered.
type answerRow struct {
	Channel    tickets.Channel
	Aim, Limit string
}

// standards answers GET /{lang}/standards.
func (s *Site) standards(w http.ResponseWriter, r *http.Request) error {
	lang := langOf(r)
	words := s.words(lang)
	p := &standardsPage{
		frame: s.frame(lang, words.T("standards.title"), "standards"),
		Pack:  s.Store.Rules().Title(lang), Ref: s.Store.Rules().Ref().String(),
		Complaint: s.promise(lang, tickets.KindComplaint), Data: s.promise(lang, tickets.KindData),
		Claim:   s.limit(lang, policy.RuleClaim, policy.Matter{Kind: string(tickets.KindSafety), Class: "safety"}),
		Enquiry: s.limit(lang, policy.RuleEnquiry, policy.Matter{Kind: string(tickets.KindDispute)}),
		Service: s.Store.Rules().DisputeService(), Zone: s.zone().String(), Contact: contactAs(lang, tickets.KindComplaint),
	}
	p.Description = words.T("standards.description", s.Operator)
	if s.Dispute != nil {
		p.Dispute = s.Dispute(lang)
	}
	for _, c := range []tickets.Channel{tickets.ChannelForm, tickets.ChannelEmail, tickets.ChannelChat} {
		m := policy.Matter{Kind: string(tickets.KindQuestion), Channel: string(c)}
		if t, ok := s.Store.Rules().Term(m, policy.RuleFirst); ok {
			p.Answers = append(p.Answers, answerRow{c, span(words, t.Goal(), "span"), span(words, t.Limit, "span")})
		}
	}
	return s.pages.standards.Write(w, http.StatusOK, p)
}

// promise returns what the rules promise about requests of a kind that come by the form.
func (s *Site) promise(lang string, k tickets.Kind) promise {
	words, m := s.words(lang), policy.Matter{Kind: string(k), Channel: string(tickets.ChannelForm)}
	p := promise{
		File: span(words, s.Store.Rules().FileWithin(), "span.gen"), Ack: s.limit(lang, policy.RuleAck, m),
		First: s.limit(lang, policy.RuleFirst, m), Final: s.limit(lang, policy.RuleFinal, m),
		Respond:  s.limit(lang, policy.RuleRespond, m),
		Reviewed: s.Store.Rules().SecondReview(string(k)),
	}
	if t, ok := s.Store.Rules().Term(m, policy.RuleFirst); ok {
		p.Aim = span(words, t.Goal(), "span.gen")
	}
	if t, ok := s.Store.Rules().Term(m, policy.RuleUpdate); ok {
		p.Update = span(words, t.Limit, "span")
	}
	if t, ok := s.Store.Rules().Term(m, policy.RuleFinal); ok && t.Extensions > 0 {
		p.Extend = span(words, t.Extend, "span")
	}
	return p
}

// limit returns a deadline of the rules in words, as they follow "within" or "at most";
// empty when the rules set none.
func (s *Site) limit(lang string, r policy.Rule, m policy.Matter) string {
	t, ok := s.Store.Rules().Term(m, r)
	if !ok {
		return ""
	}
	return span(s.words(lang), t.Limit, "span.gen")
}

// span puts a length of time into words by the messages below key: "span" on its own,
// "span.gen" after "within".
func span(words *web.Printer, s policy.Span, key string) string {
	unit, n := "", 0
	switch {
	case s.Months > 0:
		unit, n = "months", s.Months
	case s.Days > 0:
		unit, n = "days", s.Days
	case s.BusinessDays > 0:
		unit, n = "business", s.BusinessDays
	case s.Clock > 0 && s.Clock%time.Hour == 0:
		unit, n = "hours", int(s.Clock/time.Hour)
	case s.Clock > 0:
		unit, n = "minutes", int(s.Clock/time.Minute)
	default:
		return ""
	}
	text := words.N(key+"."+unit, n)
	return strings.Replace(text, strconv.Itoa(n)+" ", strconv.Itoa(n)+"\u00a0", 1)
}

// contactAs returns the path of the contact form for a kind of request.
func contactAs(lang string, k tickets.Kind) string {
	return address(lang, "contact?kind="+string(k))
}
