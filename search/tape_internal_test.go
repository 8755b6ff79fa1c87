package search

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"otvet/kb"
)

// analysed returns the small content analysed.
func analysed(t *testing.T) *snapshot {
	t.Helper()
	f := readFolder(t)
	lib, problems := kb.Load(f, day())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	s, err := analyse(lib, true)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tapes returns what is stored of a snapshot, by part.
func tapes(s *snapshot) map[string]*tape {
	parts := map[string]*tape{libraryPart: {}}
	s.library.Transfer(parts[libraryPart])
	for loc, x := range s.indexes {
		parts[string(loc)] = &tape{}
		x.transfer(parts[string(loc)])
	}
	return parts
}

// TestIndexReadsAsItWasWritten compares all fields, also those that no answer shows yet.
func TestIndexReadsAsItWasWritten(t *testing.T) {
	t.Parallel()
	s := analysed(t)
	for loc, x := range s.indexes {
		var written tape
		x.transfer(&written)
		again, err := readIndex(loc, s.library.Passages(loc), s.transliterator, written.rewound())
		if err != nil {
			t.Fatal(err)
		}
		for i := range x.entries {
			if want, got := fmt.Sprintf("%+v", x.entries[i]), fmt.Sprintf("%+v", again.entries[i]); want != got {
				t.Fatalf("entry %d: written %s\nread %s", i, want, got)
			}
		}
		x.synonyms.single, x.grams.scratch.New, again.grams.scratch.New = nil, nil, nil
		for what, pair := range map[string][2]any{
			"synonyms": {x.synonyms, again.synonyms}, "skeletons": {x.skeletons, again.skeletons}, "speller": {x.vocabulary.speller, again.vocabulary.speller},
			"grams": {x.grams, again.grams}, "stems": {x.vocabulary.stems, again.vocabulary.stems}, "df": {x.vocabulary.df, again.vocabulary.df},
			"byStem": {x.vocabulary.byStem, again.vocabulary.byStem}, "of": {x.vocabulary.of, again.vocabulary.of}, "typed": {x.vocabulary.typed, again.vocabulary.typed},
		} {
			if !reflect.DeepEqual(pair[0], pair[1]) {
				t.Errorf("%s %s: written %+v\nread %+v", loc, what, pair[0], pair[1])
			}
		}
	}
}

// TestAnalysisIsTheSameEachTime: what is stored may not hang on the order of a map.
func TestAnalysisIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	first, second := tapes(analysed(t)), tapes(analysed(t))
	for part := range first {
		if first[part].written.String() != second[part].written.String() || string(first[part].figures) != string(second[part].figures) {
			t.Errorf("%s differs from one time to the next", part)
		}
	}
}

// TestNoDataMakeATapePanic reads damaged data without the checksums that guard them.
func TestNoDataMakeATapePanic(t *testing.T) {
	t.Parallel()
	s := analysed(t)
	rng := rand.New(rand.NewPCG(5, 6))
	for part, written := range tapes(s) {
		for range 300 {
			damaged := written.rewound()
			damaged.figures = append([]byte(nil), damaged.figures...)
			switch at := rng.IntN(len(damaged.figures)); rng.IntN(3) {
			case 0:
				damaged.figures = damaged.figures[:at]
			case 1:
				damaged.figures[at] ^= byte(1 + rng.IntN(255))
			case 2:
				damaged.text = damaged.text[:rng.IntN(len(damaged.text))]
			}
			if part == libraryPart {
				new(kb.Library).Transfer(damaged)
				continue
			}
			if x, err := readIndex(kb.Locale(part), s.library.Passages(kb.Locale(part)), s.transliterator, damaged); err == nil {
				x.vocabulary.near("вывод")
			}
		}
	}
}

// TestStoredFormIsKnown fails when the same content is stored otherwise than before: indexes that
// older programs have stored must not be taken for new ones then.
func TestStoredFormIsKnown(t *testing.T) {
	t.Parallel()
	const file = "testdata/stored.golden"
	version := fmt.Sprintf("format %d, analysis %d\n", storeFormat, analysisVersion)
	now := version
	parts := tapes(analysed(t))
	for _, part := range []string{libraryPart, "ru", "en"} {
		now += fmt.Sprintf("%s %x\n", part, sha256.Sum256([]byte(parts[part].written.String()+string(parts[part].figures))))
	}
	golden, _ := os.ReadFile(file)
	raised := !strings.HasPrefix(string(golden), version)
	switch {
	case string(golden) == now:
	case raised && flag.Lookup("update").Value.String() == "true":
		if err := os.WriteFile(file, []byte(now), 0o666); err != nil {
			t.Fatal(err)
		}
	case raised:
		t.Errorf("the versions in generation.go have changed: -update to accept")
	default:
		t.Errorf("the same content is stored in another form: raise storeFormat or analysisVersion in generation.go, then -update")
	}
}
