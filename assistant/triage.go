package assistant

import (
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"strings"
	"sync"

	"otvet/search"
)

// Class is what a message is about, as far as it decides who may answer.
type Class string

// The classes.
const (
	Ordinary Class = "ordinary"
	Safety   Class = "safety" // a person answers, nothing else
)

// Triage is the judgement of one message.
type Triage struct {
	Class    Class
	Reason   string // of Safety: one of Reasons
	Evidence string // the words that decided, for the agent; never logged
}

//go:embed lexicon/*.txt
var lexicons embed.FS

// matchers reads the embedded lexicons once; they do not change afterwards.
var matchers = sync.OnceValue(func() []*matcher {
	ways := spellings()
	all, errs := make([]*matcher, len(ways)), make([]error, len(ways))
	var reading sync.WaitGroup
	for i, spelling := range ways { // at once: a start waits for this
		reading.Go(func() { all[i], errs[i] = readLexicon(spelling) })
	}
	reading.Wait()
	if err := errors.Join(errs...); err != nil {
		panic(fmt.Sprintf("assistant: %v", err))
	}
	for i, spelling := range ways {
		if spelling.borrowed {
			all[i].other = all[0]
		}
	}
	return all
})

// Prepare reads what the triage knows, so that the first [New] need not. It may run beside
// anything else.
func Prepare() { matchers() }

func readLexicon(s spelling) (*matcher, error) {
	text, err := lexicons.ReadFile("lexicon/" + s.lexicon)
	if err != nil {
		return nil, err
	}
	m, err := newMatcher(string(text), s)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.lexicon, err)
	}
	return m, nil
}

// Reasons returns the reasons of class Safety, the gravest first: the one that a
// message with several gets. A threat is violence, blackmail or coercion, by the player,
// against the player or at home.
func Reasons() []string {
	return []string{"self-harm", "threat", "bereavement", "minor", "concern", "loss-of-control", "self-exclusion", "distress"}
}

// Assess judges a message in Russian or English, through typos, translit, look-alike
// letters, invisible characters and upper case. It takes time linear in the text, of which
// it reads the first 8,500 characters: no message that is accepted has more.
func Assess(text string) Triage {
	if len(text) > search.MaxBytes {
		return assessAnew(text)
	}
	sum := sha256.Sum256([]byte(text))
	return assessed().Get(string(sum[:]), func(string) Triage { return assessAnew(text) })
}

// assessed keeps the judgements of the messages of late: a question that many ask, or one
// that is searched for, answered and put into the form, is judged once. It knows them by their
// hash, so that nobody's words stay in memory but the few that were evidence.
var assessed = sync.OnceValue(func() *search.Recent[Triage] { return search.NewRecent[Triage](512, sha256.Size) })

func assessAnew(text string) Triage {
	text = beginningOf(text)
	gravest, evidence := len(Reasons()), ""
	for _, v := range readings(text) {
		if reason, e := assess(v, gravest); reason < gravest {
			gravest, evidence = reason, e
		}
	}
	if gravest == len(Reasons()) {
		return Triage{Class: Ordinary}
	}
	return Triage{Class: Safety, Reason: Reasons()[gravest], Evidence: strings.Clone(evidence)} // not the whole message in memory
}

const longest = 8500 // characters: a subject and a body of their full length

func beginningOf(text string) string {
	if len(text) <= longest {
		return text
	}
	n := 0
	for i := range text {
		if n == longest {
			return text[:i]
		}
		n++
	}
	return text
}

// assess looks for a reason below limit in one reading of a message. What one
// spelling knows to be harmless is harmless in all of them.
func assess(v version, limit int) (reason int, evidence string) {
	texts := make([]reading, len(matchers()))
	h := harmless{fixed: make([]bool, len(v.words)), loose: make([]bool, len(v.words))}
	for i, m := range matchers() {
		texts[i] = m.read(v)
		m.addHarmless(texts[i], h)
	}
	for i, m := range matchers() {
		if reason, e := m.match(texts[i], h, limit); reason < limit {
			limit, evidence = reason, e
		}
	}
	return limit, evidence
}
