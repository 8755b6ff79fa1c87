package site_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"otvet/tickets"
	"otvet/tickets/postgres/postgrestest"
)

// dossier opens a ticket as the visitor and returns it as agents see it.
func dossier(t *testing.T, v *visitor, store interface {
	Queue(context.Context, tickets.AgentID, tickets.Filter) (tickets.QueuePage, error)
	Dossier(context.Context, tickets.AgentID, tickets.Number) (tickets.Dossier, error)
},
) tickets.Dossier {
	t.Helper()
	v.open(message("0123456789abcdef0123456789abcdef"))
	page, err := store.Queue(t.Context(), 0, tickets.Filter{})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("queue holds %d tickets, %v", len(page.Items), err)
	}
	d, err := store.Dossier(t.Context(), 0, page.Items[0].Ticket.Number)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestATicketKnowsWhatItsPlayerHadAsked(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	v := newVisitor(t, newHandler(t, engine(t), store))
	v.get("/en/search?q=personal+use")
	v.get("/en/search?q=weather+in+paris")
	asks := dossier(t, v, store).Asks
	if len(asks) != 2 {
		t.Fatalf("the ticket has %d asks, want 2", len(asks))
	}
	first, second := asks[0], asks[1]
	if first.Question != "personal use" || first.Verdict != "answered" || len(first.Shown) != 1 {
		t.Errorf("the first ask is %+v", first)
	}
	if shown := first.Shown[0]; shown.Clause != "2.5" || shown.Quote == "" || shown.Text == "" {
		t.Errorf("the citation kept is %+v", shown)
	}
	if second.Verdict != "no_answer" || len(second.Shown) != 0 || second.Outcome != tickets.AskOutcomeTicket {
		t.Errorf("the second ask is %+v", second)
	}
}

func TestAllAnswersToSeveralQuestionsAreKept(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	v := newVisitor(t, newHandler(t, engine(t), store))
	v.get("/en/search?q=forgotten+password+and+how+long+does+a+withdrawal+take")
	asks := dossier(t, v, store).Asks
	if len(asks) != 1 || asks[0].Verdict != "answered" || len(asks[0].Shown) != 2 || asks[0].Shown[0].Ref == asks[0].Shown[1].Ref {
		t.Errorf("the ticket has the asks %+v", asks)
	}
}

// The words of someone who may be in distress are not kept with the ask.
func TestASafetyAskIsRecordedWithoutItsWords(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	v := newVisitor(t, newHandler(t, engine(t), store))
	v.get("/en/search?q=i+want+to+kill+myself")
	asks := dossier(t, v, store).Asks
	if len(asks) != 1 || asks[0].Verdict != "handoff" || asks[0].Question != "" {
		t.Errorf("the ticket has the asks %+v", asks)
	}
}

func TestAnAnswerDoesNotWaitForItsRecord(t *testing.T) {
	t.Parallel()
	address := postgrestest.URL(t)
	v := newVisitor(t, newHandler(t, engine(t), postgrestest.Open(t, address)))
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `LOCK TABLE asks IN ACCESS EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	w := v.get("/en/search?q=personal+use")
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "for your use alone") {
		t.Errorf("answered %d", w.Code)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("the answer took %s", took)
	}
}

func TestAgentsAreNamedAndNotesStayInside(t *testing.T) {
	t.Parallel()
	store := postgrestest.Store(t)
	v := newVisitor(t, newHandler(t, engine(t), store))
	link := v.open(message("0123456789abcdef0123456789abcdef"))
	agent, err := store.AddAgent(t.Context(), tickets.Agent{Email: "olga@example.com", Name: "Olga <b>K.</b>", Locale: "en", PasswordHash: "x"})
	if err != nil {
		t.Fatal(err)
	}
	page, err := store.Queue(t.Context(), 0, tickets.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	number, version, by := page.Items[0].Ticket.Number, page.Items[0].Ticket.Version, tickets.Actor{Kind: tickets.ByAgent, Agent: agent.ID}
	for _, change := range []tickets.Change{
		tickets.Noted{Body: "the SAR was filed"},
		tickets.AgentReplied{Body: "It is on its way.", Then: tickets.StatusPending, Review: tickets.Review{By: agent.ID, At: time.Now()}},
	} {
		tk, err := store.Apply(t.Context(), number, version, tickets.Event{At: time.Now(), Actor: by, Change: change})
		if err != nil {
			t.Fatal(err)
		}
		version = tk.Version
	}
	body := v.get(link).Body.String()
	for _, want := range []string{"Olga &lt;b&gt;K.&lt;/b&gt;", "It is on its way.", "We have written to you", "Please read our last message"} {
		if !strings.Contains(body, want) {
			t.Errorf("the private page lacks %q", want)
		}
	}
	if strings.Contains(body, "SAR") {
		t.Error("the private page shows a note")
	}
}
