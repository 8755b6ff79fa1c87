package tickets_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"otvet/tickets"
	"otvet/tickets/policy"
)

// Whatever a ticket is, retention never touches it while it is open, held or disputed, nor
// before its time (requirement 42).
func TestRetentionTouchesNothingThatIsNeeded(t *testing.T) {
	t.Parallel()
	packs, err := policy.Load(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		pack := rapid.SampledFrom(packs.All()).Draw(r, "pack")
		ended := time.Date(2020, 1, 31, 12, 0, 0, 0, time.UTC)
		x := tickets.Ticket{
			Kind: rapid.SampledFrom(tickets.Kinds()).Draw(r, "kind"), Status: rapid.SampledFrom(tickets.Statuses()).Draw(r, "status"),
			Rules: pack, Case: tickets.Case{ClosedAt: ended, Hold: rapid.SampledFrom([]string{"", "court"}).Draw(r, "hold")},
		}
		if rapid.Bool().Draw(r, "disputed") {
			x.Case.Dispute = &tickets.Dispute{Body: "IBAS"}
			if rapid.Bool().Draw(r, "ended") {
				x.Case.Dispute.EndedAt = ended
			}
		}
		at := ended.AddDate(0, rapid.IntRange(-1, 100).Draw(r, "months"), 0)
		asked := rapid.Bool().Draw(r, "asked")
		why, until := x.Keeps(at, asked)
		if why != "" {
			return
		}
		months := pack.Retention(string(x.Kind)).Months
		switch {
		case x.Status != tickets.StatusClosed, x.Case.Hold != "", x.Case.Dispute != nil && x.Case.Dispute.EndedAt.IsZero():
			r.Fatalf("may go: %+v", x)
		case !asked && at.Before(until), !asked && at.Before(ended.AddDate(0, months, -4)):
			r.Fatalf("may go at %v, and is kept until %v", at, until)
		case asked && (x.Kind.Procedure() || x.Kind == tickets.KindSafety) && at.Before(until):
			r.Fatalf("may go before the time for claims is over: %+v", x)
		}
	})
}

// Nothing that a person wrote is left of an erased ticket, whatever field it stood in. A
// new field of text is found here.
func TestNothingWrittenIsLeftOfAnErasedTicket(t *testing.T) {
	t.Parallel()
	var x tickets.Ticket
	fill(reflect.ValueOf(&x).Elem())
	x.Rules = nil
	before, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	after, err := json.Marshal(x.Erased(time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	var left map[string]any
	if err := json.Unmarshal(after, &left); err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(before), "canary") < 30 {
		t.Fatalf("only %d fields were filled", strings.Count(string(before), "canary"))
	}
	for _, path := range holding("", left) {
		switch path {
		case ".Number", ".Status", ".Priority", ".Category", ".Locale", ".Kind", ".Channel", ".Department",
			".Case.stage", ".Case.nature", ".Case.record.platform", ".Case.rejection.kind", ".Case.assessment.severity",
			".Case.assessment.complexity", ".Case.assessment.impact", ".Case.tasks.department", ".Case.findings.cause",
			".Case.decisions.outcome", ".Case.dispute.body", ".Case.ending", ".Case.merged_into", ".Case.before.status",
			".Case.before.stage", ".Case.hold", ".Case.passed.rule", ".Case.warned.rule": // words of the program, or of us
		default:
			t.Errorf("%s is left", path)
		}
	}
	if x.Case.Decisions[0].Reasons != "canary" {
		t.Error("the ticket that was erased has changed itself")
	}
}

// fill puts a canary into every text.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("canary")
	case reflect.Pointer:
		if v.Type() == reflect.TypeFor[*policy.Pack]() {
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(1e9, 0)))
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i))
			}
		}
	}
}

// holding returns the paths at which a canary stands.
func holding(path string, v any) (paths []string) {
	switch v := v.(type) {
	case string:
		if strings.Contains(v, "canary") {
			return []string{path}
		}
	case map[string]any:
		for key, inner := range v {
			paths = append(paths, holding(path+"."+key, inner)...)
		}
	case []any:
		for _, inner := range v {
			paths = append(paths, holding(path, inner)...)
		}
	}
	return paths
}
