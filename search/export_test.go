package search

// Forget takes the memory for questions asked before away, so that each is answered anew.
func Forget(e *Engine) { e.current.Load().caches = caches{} }

// Remembered returns how many answers are remembered, and their size in bytes.
func Remembered(e *Engine) (entries, bytes int) {
	answers := e.current.Load().caches.answers
	for s := range answers.sets {
		set := &answers.sets[s]
		for i := range set {
			if kept := set[i].Load(); kept != nil {
				entries++
				bytes += kept.value.size() + len(kept.query.Text)
			}
		}
	}
	return entries, bytes
}
