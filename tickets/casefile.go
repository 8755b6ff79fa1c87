package tickets

import (
	"fmt"
	"time"
)

// CaseSchema names the form of a [CaseFile] in JSON. A field may be added under the same
// name; what is there keeps its meaning, or the version grows.
const CaseSchema = "otvet/case@1"

// CaseFile is what a player may keep of a request, and what an outside body gets: the
// public correspondence word for word, the way of the case with its dates, the decisions
// as they were told, and when letters went out. It has no notes, tasks or findings, and no
// internal number. Times are in UTC; a time that is none is left out.
type CaseFile struct {
	Schema   string    `json:"schema"` // CaseSchema
	Operator string    `json:"operator"`
	MadeAt   time.Time `json:"made_at"`

	Number     Number    `json:"number"`
	Kind       Kind      `json:"kind"`
	Status     Status    `json:"status"`
	Category   string    `json:"category"` // its title
	Locale     string    `json:"locale"`   // of the player
	Contact    string    `json:"contact"`
	Subject    string    `json:"subject"`
	ReceivedAt time.Time `json:"received_at"`
	ClosedAt   time.Time `json:"closed_at,omitzero"`
	ErasedAt   time.Time `json:"erased_at,omitzero"` // when what people wrote was erased

	Facts     Record         `json:"facts,omitzero"` // that were collected about the matter
	Steps     []FileStep     `json:"steps,omitempty"`
	Messages  []FileMessage  `json:"messages"`
	Decisions []FileDecision `json:"decisions,omitempty"`
	Dispute   *FileDispute   `json:"dispute,omitempty"`
	Letters   []FileLetter   `json:"letters,omitempty"`
	Rating    *Rating        `json:"rating,omitempty"`
}

// FileStep is a step of the case: see [Step].
type FileStep struct {
	Name StepName  `json:"name"`
	At   time.Time `json:"at,omitzero"`
	Due  time.Time `json:"due,omitzero"`
	Here bool      `json:"here,omitempty"`
}

// FileMessage is a public message.
type FileMessage struct {
	From   ActorKind `json:"from"`
	Name   string    `json:"name,omitempty"` // of the agent, as the player sees it
	At     time.Time `json:"at"`
	Body   string    `json:"body"`
	Erased time.Time `json:"erased_at,omitzero"`
	Files  []FileRef `json:"files,omitempty"`
}

// FileRef is an attachment. Path is where an archive of the case holds it; empty when it
// was removed.
type FileRef struct {
	Name string `json:"name"`
	MIME string `json:"mime"`
	Size int64  `json:"size"`
	Hash string `json:"sha256,omitempty"`
	Path string `json:"path,omitempty"`
}

// FileDecision is a decision that was told.
type FileDecision struct {
	Outcome  Outcome   `json:"outcome"`
	Reasons  string    `json:"reasons"`
	Remedy   string    `json:"remedy,omitempty"`
	Measures string    `json:"measures,omitempty"`
	Final    bool      `json:"final,omitempty"`
	At       time.Time `json:"at"` // when it was told
}

// FileDispute is the way to a dispute body.
type FileDispute struct {
	Body    string    `json:"body"`
	At      time.Time `json:"at"`
	EndedAt time.Time `json:"ended_at,omitzero"`
	Result  string    `json:"result,omitempty"`
}

// FileLetter is a letter that went out.
type FileLetter struct {
	Kind LetterKind `json:"kind"`
	At   time.Time  `json:"at"`
}

// CaseFile returns the file of a case from its dossier, and the letters that went out. A
// message that is not public has no way into it, whoever asked for the dossier.
func (d Dossier) CaseFile(letters []FileLetter) CaseFile {
	t := d.Ticket
	f := CaseFile{
		Schema: CaseSchema, Number: t.Number, Kind: t.Kind, Status: t.Status, Category: t.Category,
		Locale: string(t.Locale), Contact: t.Requester.Contact(), Subject: t.Subject,
		ReceivedAt: t.CreatedAt, ClosedAt: t.Case.ClosedAt,
		Facts: t.Case.Record.told(), Messages: []FileMessage{}, Letters: letters, Rating: t.Case.Rating,
	}
	if !t.Case.ReceivedAt.IsZero() {
		f.ReceivedAt = t.Case.ReceivedAt
	}
	for _, s := range t.Steps() {
		f.Steps = append(f.Steps, FileStep(s))
	}
	for _, m := range d.Messages {
		if !m.Public {
			continue
		}
		f.Messages = append(f.Messages, FileMessage{m.Author.Kind, m.AuthorName, m.At, m.Body, m.ErasedAt, f.refs(m.Files)})
		f.ErasedAt = later(f.ErasedAt, m.ErasedAt)
	}
	for _, x := range t.Case.Decisions {
		if x.Approved {
			f.Decisions = append(f.Decisions, FileDecision{x.Outcome, x.Reasons, x.Remedy, x.Measures, x.Final, x.ReviewedAt})
		}
	}
	if x := t.Case.Dispute; x != nil {
		f.Dispute = &FileDispute{x.Body, x.At, x.EndedAt, x.Result}
	}
	return f
}

// refs returns the files of the next message with their places in an archive: numbered, so
// that no two are the same whatever they are called.
func (f CaseFile) refs(files []Attachment) (refs []FileRef) {
	n := 0
	for _, m := range f.Messages {
		n += len(m.Files)
	}
	for _, a := range files {
		n++
		r := FileRef{Name: a.Name, MIME: a.MIME, Size: a.Size}
		if !a.Removed {
			r.Hash, r.Path = a.Hash, fmt.Sprintf("attachments/%02d-%s", n, CleanFileName(a.Name))
		}
		refs = append(refs, r)
	}
	return refs
}

// told returns the facts without what is said of them inside.
func (r Record) told() Record {
	r.Incident = ""
	return r
}
