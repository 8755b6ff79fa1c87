package tickets

import (
	"crypto/rand"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Limits of what may be attached.
const (
	MaxFiles       = 10       // to one message
	MaxMessageSize = 25 << 20 // bytes of all files of one message
	MaxFileName    = 120      // characters
)

// What is wrong with a file.
const (
	FileTooLarge Code = "file_too_large" // larger than one file may be
	TooManyFiles Code = "too_many_files" // more or larger than one message may carry
	QuotaReached Code = "quota_reached"  // of the ticket, the visitor's day, or the disk
	TypeRefused  Code = "type_refused"   // not of a kind that we take, whatever its name says
	Damaged      Code = "damaged"        // of a kind that we take, and unreadable or cut off
	Bomb         Code = "bomb"           // small to send and huge to open
	FilesAway    Code = "files_away"     // nothing can be stored now; the fault is ours
)

// FileID names an attachment in addresses. It is random, so that it counts nothing, and
// opens nothing by itself: whoever asks must be allowed to read the ticket.
type FileID string

// NewFileID draws an ID of 128 random bits or more.
func NewFileID() FileID { return FileID(strings.ToLower(rand.Text())) }

// Attachment is a file that came with a message. What is kept is never run, and only
// pictures that were drawn anew are ever shown by a browser.
type Attachment struct {
	ID      FileID // empty until it is part of a message
	Hash    string // SHA-256 of the bytes that are kept, 64 digits in lower case
	Name    string // as people see it: see CleanFileName
	MIME    string // what the bytes are
	Size    int64  // in bytes
	Width   int    // in pixels, of pictures
	Height  int
	At      time.Time
	Removed bool // taken away again: there is nothing behind it any more
}

// Picture reports whether the file is a picture, which means that we drew it anew.
func (a Attachment) Picture() bool { return a.Width > 0 }

// Text reports whether the file is a text, of which a preview is kept.
func (a Attachment) Text() bool {
	return strings.HasPrefix(a.MIME, "text/") || a.MIME == "application/json"
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// whole reports whether an attachment is one that a store of files can have returned.
func (a Attachment) whole() bool {
	return hashForm.MatchString(a.Hash) && a.Size > 0 && a.MIME != "" && a.Name != "" && a.Name == CleanFileName(a.Name)
}

// checkFiles checks what comes with one message. Codes: TooManyFiles, Unknown.
func checkFiles(files []Attachment) Code {
	var size int64
	for _, f := range files {
		size += f.Size
	}
	switch {
	case len(files) > MaxFiles, size > MaxMessageSize:
		return TooManyFiles
	case slices.ContainsFunc(files, func(f Attachment) bool { return !f.whole() }):
		return Unknown
	}
	return ""
}

// FilesOf returns the files that a change brings.
func FilesOf(c Change) []Attachment {
	switch c := c.(type) {
	case PlayerReplied:
		return c.Files
	case AgentReplied:
		return c.Files
	case Noted:
		return c.Files
	}
	return nil
}
