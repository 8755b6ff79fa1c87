package search

import (
	"context"
	"io/fs"
	"log/slog"
	"runtime/debug"
	"slices"
	"time"

	"otvet/kb"
)

// Watch looks at fsys every interval until ctx ends and swaps in changed content
// that has no problems; content with problems is logged, kept in Status and not
// served. A Terms version that takes effect is a change too.
//
// A change is loaded when two looks in succession see the same files, and dropped
// when they have changed once more meanwhile: half a checkout is never served.
func (e *Engine) Watch(ctx context.Context, fsys fs.FS, every time.Duration, log *slog.Logger) {
	w := watcher{engine: e, fsys: fsys, log: log}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		w.look(time.Now())
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// watcher remembers what it saw of a content folder.
type watcher struct {
	engine *Engine
	fsys   fs.FS
	log    *slog.Logger
	seen   string    // fingerprint of the last look
	tried  string    // fingerprint of the content that was loaded last
	next   time.Time // when the loaded content changes by itself; zero for never
}

// look compares the folder with the last look and loads it when it has settled.
func (w *watcher) look(now time.Time) {
	seen, err := kb.Fingerprint(w.fsys)
	if err != nil {
		w.refuse([]kb.Problem{{File: ".", Message: "folder cannot be read; the log says why"}}, "cause", err)
		w.seen, w.tried = "", ""
		return
	}
	settled := seen == w.seen
	w.seen = seen
	due := !w.next.IsZero() && !now.Before(w.next)
	if settled && (seen != w.tried || due) {
		w.load(now)
	}
}

// load tries the content and swaps it in when it is good and still the same.
func (w *watcher) load(now time.Time) {
	if !w.due(now) && w.serves() {
		w.tried, w.next = w.seen, w.engine.Library().NextChange()
		w.engine.problems.Store(nil)
		return
	}
	lib, problems := kb.Load(w.fsys, now)
	after, err := kb.Fingerprint(w.fsys)
	if err != nil || after != w.seen {
		return
	}
	w.tried, w.next = w.seen, lib.NextChange()
	if len(problems) > 0 {
		w.refuse(problems)
		return
	}
	if lib.Revision() == w.engine.Library().Revision() && !w.due(now) {
		w.engine.problems.Store(nil)
		return
	}
	if err := w.engine.Swap(lib); err != nil {
		w.tried = "" // try again
		w.refuse([]kb.Problem{{File: ".", Message: "content cannot be indexed; the log says why"}}, "cause", err)
		return
	}
	debug.FreeOSMemory() // loading and indexing have left much behind
	w.log.Info("content served", "revision", lib.Revision(), "passages", w.engine.Status().Passages)
}

// due reports whether what serves has reached the day on which it changes.
func (w *watcher) due(now time.Time) bool { return w.engine.Library().Due(now) }

// serves reports whether the engine serves just what is in the folder: to know that takes a
// moment, to load it takes seconds.
func (w *watcher) serves() bool {
	digest, err := kb.Digest(w.fsys)
	return err == nil && digest == w.engine.Library().Digest()
}

// refuse keeps what is wrong with the content for Status, and logs what is new of it.
func (w *watcher) refuse(problems []kb.Problem, cause ...any) {
	before := w.engine.problems.Swap(&problems)
	if before != nil && slices.Equal(*before, problems) {
		return
	}
	w.log.Warn("content refused, the old content serves on",
		append([]any{"problems", len(problems), "first", problems[0].String()}, cause...)...)
}
