package policy_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"otvet/tickets/policy"
)

// zones have changes of every kind: none, of an hour, of half an hour, at midnight.
var zones = []string{"UTC", "Europe/London", "Europe/Moscow", "America/Curacao", "Australia/Lord_Howe", "America/Havana", "Asia/Kathmandu"}

// countries are the packs whose calendars the slow one knows.
var countries = map[string]string{"default@1": "", "ukgc@1": "england", "cga@1": "curacao", "mga@1": "malta"}

// engines draws a calendar and the slow one for the same zone and country.
func engines(t testing.TB, r *rapid.T) (policy.Calendar, slow) {
	pack := rapid.SampledFrom([]string{"default@1", "ukgc@1", "cga@1", "mga@1"}).Draw(r, "pack")
	calendar := calendarIn(t, pack, rapid.SampledFrom(zones).Draw(r, "zone"))
	return calendar, slow{calendar.Zone(), countries[pack], map[civil]bool{}}
}

// moments draws an instant, to the minute, in the years whose holidays are listed: often
// near a change of summer time or the end of a month.
func moments() *rapid.Generator[time.Time] {
	return rapid.Custom(func(r *rapid.T) time.Time {
		begin := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
		if rapid.Bool().Draw(r, "anywhere") {
			return begin.Add(time.Duration(rapid.IntRange(0, 3*365*24*60).Draw(r, "minutes")) * time.Minute)
		}
		near := rapid.SampledFrom([]string{
			"2025-03-30", "2025-10-26", "2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04",
			"2025-01-31", "2025-12-31", "2027-02-28", "2026-04-03", "2026-12-24",
		}).Draw(r, "near")
		return reading(near + " 00:00").Add(time.Duration(rapid.IntRange(-3*24*60, 2*24*60).Draw(r, "minutes")) * time.Minute)
	})
}

// spans draws a length of time of any unit.
func spans(most int) *rapid.Generator[policy.Span] {
	return rapid.Custom(func(r *rapid.T) policy.Span {
		n := rapid.IntRange(1, most).Draw(r, "n")
		switch rapid.IntRange(0, 4).Draw(r, "unit") {
		case 0:
			return policy.Span{Months: 1 + n/10}
		case 1:
			return policy.Span{Days: n}
		case 2:
			return policy.Span{Days: n, DayOne: true}
		case 3:
			return policy.Span{BusinessDays: n}
		}
		return policy.Span{Clock: time.Duration(n*97) * time.Minute}
	})
}

// TestAddIsTheSlowCount compares the engine with one that counts one by one.
func TestAddIsTheSlowCount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		fast, slow := engines(t, r)
		from, length := moments().Draw(r, "from"), spans(21).Draw(r, "span")
		if got, want := fast.Add(from, length), slow.add(from, length); !got.Equal(want) {
			r.Fatalf("%s, %s: %s + %s = %s, want %s", fast.Name(), fast.Zone(), from, length, got, want)
		}
	})
}

// TestDueIsTheSlowCount compares the engine with one that goes minute by minute, with
// pauses of every kind.
func TestDueIsTheSlowCount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		fast, slow := engines(t, r)
		from, length := moments().Draw(r, "from"), spans(9).Draw(r, "span")
		pauses := rapid.SliceOfN(pausesAround(from), 0, 5).Draw(r, "pauses")
		if got, want := fast.Due(from, length, pauses), slow.due(from, length, pauses); !got.Equal(want) {
			r.Fatalf("%s, %s: %s + %s with %v = %s, want %s", fast.Name(), fast.Zone(), from, length, pauses, got, want)
		}
	})
}

// pausesAround draws a pause that begins shortly before or some days after a moment; one
// of twenty lasts still, some end before they begin.
func pausesAround(from time.Time) *rapid.Generator[policy.Pause] {
	return rapid.Custom(func(r *rapid.T) policy.Pause {
		p := policy.Pause{From: from.Add(time.Duration(rapid.IntRange(-2*24*60, 14*24*60).Draw(r, "begins")) * time.Minute)}
		if rapid.IntRange(0, 19).Draw(r, "open") > 0 {
			p.To = p.From.Add(time.Duration(rapid.IntRange(-60, 4*24*60).Draw(r, "lasts")) * time.Minute)
		}
		return p
	})
}

// TestPausesOnlyDefer holds what players rely on: a pause never brings a deadline forward,
// and the order in which pauses are stored says nothing.
func TestPausesOnlyDefer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		fast, _ := engines(t, r)
		from, length := moments().Draw(r, "from"), spans(60).Draw(r, "span")
		pauses := rapid.SliceOfN(pausesAround(from), 0, 5).Draw(r, "pauses")
		due := fast.Due(from, length, pauses)
		if !due.IsZero() && due.Before(fast.Add(from, length)) {
			r.Fatalf("%s with pauses is before %s without", due, fast.Add(from, length))
		}
		if shuffled := fast.Due(from, length, rapid.Permutation(pauses).Draw(r, "shuffled")); !shuffled.Equal(due) {
			r.Fatalf("%s in another order, %s in this", shuffled, due)
		}
	})
}

// TestLateIsTheSlowCount compares the window for complaints with one that counts days.
func TestLateIsTheSlowCount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.SampledFrom([]string{"default@1", "ukgc@1"}).Draw(r, "pack")
		pack := packIn(t, name, rapid.SampledFrom(zones).Draw(r, "zone"))
		zone := slow{zone: pack.Calendar().Zone()}
		received := moments().Draw(r, "received")
		dates := make([]civil, 2)
		for i := range dates {
			if rapid.IntRange(0, 4).Draw(r, "known") > 0 {
				months := pack.FileWithin().Months
				around := received.AddDate(0, -rapid.SampledFrom([]int{0, months, months, months + 1}).Draw(r, "months"), rapid.IntRange(-4, 4).Draw(r, "days"))
				dates[i] = civilOf(around, pack.Calendar().Zone())
			}
		}
		got := pack.Late(received, dayOf(dates[0]), dayOf(dates[1]))
		if want := zone.late(received, pack.FileWithin().Months, dates...); got != want {
			r.Fatalf("%s, received %s in %s, event %s, decision %s: late %v", name, received, pack.Calendar().Zone(), dates[0], dates[1], got)
		}
	})
}

func dayOf(c civil) policy.Day { return policy.Day{Year: c.y, Month: time.Month(c.m), Day: c.d} }

// TestHolidays holds that the listed holidays are those that the rules of each country
// make, day by day.
func TestHolidays(t *testing.T) {
	t.Parallel()
	for pack, country := range countries {
		calendar := calendarIn(t, pack, "UTC")
		for c := (civil{2025, 1, 1}); c.y < 2029; c = c.tomorrow() {
			if !calendar.Covers(c.y) {
				t.Fatalf("%s: no holidays of %d", calendar.Name(), c.y)
			}
			want := c.weekday() < 5 && (country == "" || !holidaysIn(country, c.y)[c])
			if got := calendar.Business(dayOf(c)); got != want {
				t.Errorf("%s, %s: business day %v", calendar.Name(), c, got)
			}
		}
	}
}

// TestEveryInstantHasADay holds that an instant lies between the beginning and the end of
// its day, and that days follow each other without a gap.
func TestEveryInstantHasADay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		fast, _ := engines(t, r)
		at := moments().Draw(r, "at")
		today := fast.Day(at)
		if at.Before(fast.StartOfDay(today)) || !at.Before(fast.EndOfDay(today)) {
			r.Fatalf("%s in %s is on %s, from %s to %s", at, fast.Zone(), today, fast.StartOfDay(today), fast.EndOfDay(today))
		}
	})
}
