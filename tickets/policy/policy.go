// Package policy says what the rules are: within what time a request must be
// acknowledged, answered and decided, until when a complaint may be filed, how long its
// record is kept. It knows no ticket and no clock: times come in, times go out.
//
// # Packs
//
// The rules are in versioned YAML files, packs/NAME@VERSION.yaml, one for each practice
// or regulator. A [Pack] is immutable and a shipped version never changes: a case keeps
// the version that it was opened under, so that a new rule binds new cases only. To
// change a rule, add the next version. An operator's own packs come from a folder of the
// same layout ([Packs.With]).
//
// A pack lists rows, each a clock ([Rule]) with the matters that it is for; the first row
// that fits decides. What a pack leaves out it takes from the version that it extends.
//
// Every pack, ours or an operator's, is held against floor.yaml when it is loaded: what no
// rule may undercut.
//
// # The calendar
//
// A [Calendar] counts in the operator's time zone. A month is a calendar month and is cut
// to the last day of a shorter one (31 January and a month is 28 or 29 February). Days
// and months keep the time on the clock over a change to or from summer time; hours and
// minutes are exact. Results are in UTC.
package policy
