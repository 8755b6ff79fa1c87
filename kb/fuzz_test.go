package kb_test

import (
	"cmp"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"otvet/kb"
)

// FuzzLoad loads an arbitrary file at one of the places that a file can have. Whatever
// it holds, Load returns in time, problems are in order, and the HTML is harmless, well
// nested and marked without a change to its text.
//
//	go test -fuzz FuzzLoad -fuzzminimizetime 10x ./kb
func FuzzLoad(f *testing.F) {
	places := []string{ruHelp, ruFAQ, ruTerms, ruAck, "ru/categories.yaml", "ru/synonyms.yaml"}
	for i, file := range places {
		f.Add(uint8(i), cleanTree(f)[file].Data)
	}
	f.Add(uint8(0), []byte("---\na: &a [*a]\n---\n[![a [b](c)](d)](e) <b> &#27; \\` **a *b** c*\n\n|a|b|\n|-|:-:|\n|`|`|*c*|\n"))
	f.Add(uint8(0), []byte("- > 1. x\n\n      y\n\n```a\"b\n<i>\n```\n***\nx\\\ny  \nz <https://a.b/?c=d&e> <f@g.h>\n[i]: /contact 'j'\n[i] [k][i]\n"))
	f.Fuzz(func(t *testing.T, place uint8, file []byte) {
		start := time.Now()
		fsys := fstest.MapFS{places[int(place)%len(places)]: &fstest.MapFile{Data: file}}
		lib, problems := kb.Load(fsys, today())
		if !slices.IsSortedFunc(problems, compareProblems) {
			t.Errorf("problems are not in order: %v", problems)
		}
		for _, p := range lib.Passages(kb.RU) {
			checkPassage(t, p)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("took %s", took)
		}
	})
}

// compareProblems is the order that Load promises.
func compareProblems(a, b kb.Problem) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}

// checkPassage checks a passage's HTML and the marks of its first sentences.
func checkPassage(t *testing.T, p kb.Passage) {
	t.Helper()
	if err := checkHTML(string(p.HTML)); err != nil {
		t.Errorf("%s: %v in %q", p.Ref, err, p.HTML)
	}
	sentences := kb.Sentences(p.Text)
	for _, sentence := range sentences[:min(len(sentences), 5)] {
		checkMark(t, p, sentence)
	}
}
