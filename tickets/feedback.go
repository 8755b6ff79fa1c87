package tickets

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"otvet/kb"
)

// Feedback is a reader's word on an article.
type Feedback struct {
	Ref     kb.Ref
	Helped  bool
	Reason  string // free text; may be empty
	At      time.Time
	Visitor string // hash that tells one visitor's second click from another visitor; may be empty
}

// Validate cleans the reason. The error is an *InvalidError with the fields ref,
// visitor, reason.
func (f Feedback) Validate() (Feedback, error) {
	var invalid InvalidError
	if _, err := kb.ParseRef(f.Ref.String()); err != nil {
		invalid.add("ref", Unknown)
	}
	invalid.add("visitor", checkKey(f.Visitor, 0))
	reason, code := field(f.Reason, MaxBody)
	if code != Required { // it may be empty
		invalid.add("reason", code)
	}
	f.Reason = reason
	return f, invalid.orNil()
}

// Said selects readers' words by what they say.
type Said string

// The words to select.
const (
	SaidAny    Said = ""
	SaidYes    Said = "yes"    // it helped
	SaidNo     Said = "no"     // it did not
	SaidReason Said = "reason" // whichever, with a reason
)

// FeedbackFilter selects readers' words. Zero values but that of the period select
// everything.
type FeedbackFilter struct {
	Period  Period
	Locale  kb.Locale
	Article string // its ID
	Said    Said
	Before  FeedbackMark // only what is older
}

// FeedbackPage is one page of readers' words, the newest first. The reasons are as they
// were typed, unmasked; a visitor is not told.
type FeedbackPage struct {
	List  []Feedback
	Total int          // how many the filter selects, whatever Before is
	Older FeedbackMark // where the next page begins; zero: there is none
}

// FeedbackMark is a place in the list of all words: that of one of them. A word keeps its
// place when newer ones come, so that a page which is turned shows none twice.
type FeedbackMark struct {
	At time.Time
	ID int64
}

// String returns the form that [ParseFeedbackMark] reads: microseconds since 1970, a dot,
// and the ID. The zero mark is empty.
func (m FeedbackMark) String() string {
	if m == (FeedbackMark{}) {
		return ""
	}
	return fmt.Sprintf("%d.%d", m.At.UnixMicro(), m.ID)
}

// ParseFeedbackMark reads a mark of the years 1970 to 9999, or reports false.
func ParseFeedbackMark(s string) (FeedbackMark, bool) {
	at, id, _ := strings.Cut(s, ".")
	micros, err := strconv.ParseInt(at, 10, 64)
	m := FeedbackMark{At: time.UnixMicro(micros).UTC()}
	if err != nil || micros < 0 || m.At.Year() > 9999 {
		return FeedbackMark{}, false
	}
	if m.ID, err = strconv.ParseInt(id, 10, 64); err != nil {
		return FeedbackMark{}, false
	}
	return m, true
}

// VisitorOf names the visitor of a visit in what they say of articles: a value that cannot
// be led back to the visit's cookie. Of no visit it is empty.
func VisitorOf(visit string) string {
	if visit == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("feedback " + visit))
	return hex.EncodeToString(sum[:16])
}
