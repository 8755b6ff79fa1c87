package tickets

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"time"
)

// Link is an event as the chain of its ticket binds it: the hash of each is over the hash
// of the one before and over everything the event says. Whoever changes, removes, inserts
// or moves one must change all that follow, and the head, which is kept on the ticket and
// noted elsewhere by "otvet audit verify". Anyone can compute it from the rows:
//
//	hash = SHA-256(F("otvet event 1") F(hash before) F(number) F(event id) F(version) F(key)
//	       F(at) F(actor kind) F(actor id) F(change) F(pairs) F(key 1) F(value 1) … M)
//	M    = F("") for an event without a message, else
//	       F("message") F(message id) F(author kind) F(author id) F(public) F(at)
//	       F(reviewer id) F(reviewed at) F(commitment)
//	commitment = SHA-256(F("otvet message 1") F(salt) F(subject) F(body) F(file 1) …)
//
// F(x) is the length of x in bytes as eight bytes, the most significant first, and x.
// Numbers are decimal, an id that is none is "0"; times are microseconds since 1970 in
// UTC, a time that is none is empty; public is "true" or "false"; the pairs of detail are
// in the order of their keys' bytes, after how many there are; the hash before the first
// event is empty. Subject is that of the ticket for the message that opened it, and empty for
// all others; files are the SHA-256 of the message's attachments in their order.
//
// Of what people wrote the chain holds only the commitment. When a message is erased its
// body and its salt go and the commitment stays: the chain still verifies, and nothing can
// be guessed from a hash whose salt nobody knows.
type Link struct {
	Ticket  Number
	ID      int64 // of the event
	Version int
	Key     string
	At      time.Time
	Actor   Actor
	Change  string
	Detail  map[string]string
	Message *Sealed // that the event added; nil: none
}

// Sealed is a message as the chain binds it.
type Sealed struct {
	ID         int64
	Author     Actor
	Public     bool
	At         time.Time
	Review     Review
	Commitment []byte // see [Contents.Commit]
}

// Contents is what of a message can be erased, with the salt that hides it.
type Contents struct {
	Salt    []byte // 16 random bytes, drawn once for each message
	Subject string // of the ticket, when the message opened it; else empty
	Body    string
	Files   [][]byte // SHA-256 of each attachment
}

// NewSalt draws a salt.
func NewSalt() []byte {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return b
}

// Commit returns the commitment to the contents.
func (c Contents) Commit() []byte {
	var e encoding
	e.text("otvet message 1")
	e.field(c.Salt)
	e.text(c.Subject)
	e.text(c.Body)
	for _, f := range c.Files {
		e.field(f)
	}
	return e.hash()
}

// Hash returns the hash of the event that follows the one whose hash is before.
func (l Link) Hash(before []byte) []byte {
	var e encoding
	e.text("otvet event 1")
	e.field(before)
	e.text(string(l.Ticket))
	e.number(l.ID)
	e.number(int64(l.Version))
	e.text(l.Key)
	e.moment(l.At)
	e.actor(l.Actor)
	e.text(l.Change)
	e.number(int64(len(l.Detail)))
	for _, key := range slices.Sorted(maps.Keys(l.Detail)) {
		e.text(key)
		e.text(l.Detail[key])
	}
	e.message(l.Message)
	return e.hash()
}

// encoding is the canonical form of what is hashed.
type encoding struct{ bytes.Buffer }

func (e *encoding) field(b []byte) {
	var size [8]byte
	binary.BigEndian.PutUint64(size[:], uint64(len(b)))
	e.Write(size[:])
	e.Write(b)
}

func (e *encoding) text(s string)  { e.field([]byte(s)) }
func (e *encoding) number(n int64) { e.text(strconv.FormatInt(n, 10)) }

func (e *encoding) moment(t time.Time) {
	if t.IsZero() {
		e.field(nil)
		return
	}
	e.number(t.UnixMicro())
}

func (e *encoding) actor(a Actor) {
	e.text(string(a.Kind))
	e.number(int64(a.Agent))
}

func (e *encoding) message(m *Sealed) {
	if m == nil {
		e.field(nil)
		return
	}
	e.text("message")
	e.number(m.ID)
	e.actor(m.Author)
	e.text(strconv.FormatBool(m.Public))
	e.moment(m.At)
	e.number(int64(m.Review.By))
	e.moment(m.Review.At)
	e.field(m.Commitment)
}

func (e *encoding) hash() []byte {
	sum := sha256.Sum256(e.Bytes())
	return sum[:]
}
