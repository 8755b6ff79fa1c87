package eval_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
	"otvet/search/eval"
)

// reading makes a reader of a format look like all others.
func reading[T any](read func(io.Reader, string) (T, error)) func(string) error {
	return func(text string) error {
		_, err := read(strings.NewReader(text), "f")
		return err
	}
}

// TestReadersAreStrict: what is wrong is named with its line.
func TestReadersAreStrict(t *testing.T) {
	t.Parallel()
	readers := map[string]func(string) error{
		"corpus": reading(eval.ReadDocuments), "queries": reading(eval.ReadQueries), "qrels": reading(eval.ReadQrels),
		"ids": reading(eval.ReadIDs), "run": reading(eval.ReadRun), "judged": reading(eval.ReadJudgments), "labelled": reading(eval.ReadLabelled),
	}
	const head = "query-id\tcorpus-id\tscore\n"
	for _, c := range []struct{ reader, text, want string }{
		{"corpus", "", "f: no documents"},
		{"corpus", "{}", `f:1: "_id" is not a string`},
		{"corpus", `{"_id": "a", "text": "x"}` + "\n\n", "f:2: not a JSON object"},
		{"corpus", `["a"]`, "f:1: not a JSON object"},
		{"corpus", `{"_id": "a", "text": "x"} {}`, "f:1: more than one JSON object on a line"},
		{"corpus", `{"_id": "a", "text": "x"`, "f:1: read a"},
		{"corpus", `{"_ID": "a", "text": "x"}`, `f:1: unknown key "_ID": there are _id, title, text, metadata`},
		{"corpus", `{"_id": "a", "_id": "b", "text": "x"}`, `f:1: key "_id" twice`},
		{"corpus", `{"_id": "a", "text": null}`, `f:1: "text" is not a string`},
		{"corpus", `{"_id": "a b", "text": "x"}`, `f:1: ID "a b" is empty or has a space in it`},
		{"corpus", `{"_id": "a", "text": "x", "metadata": 1}`, `f:1: "metadata" is not an object`},
		{"corpus", "{\"_id\": \"a\", \"text\": \"\xff\"}", "f:1: not UTF-8"},
		{"corpus", `{"_id": "a", "text": "x"}` + "\n" + `{"_id": "a", "text": "y"}`, `f:2: ID "a" twice`},
		{"corpus", `{"_id": "a", "text": "` + strings.Repeat("x", 1<<20) + `"}`, "f:1: line has more than 1048576 bytes"},
		{"queries", `{"_id": "a"}`, `f:1: "text" is not a string`},
		{"queries", `{"_id": "a", "text": "x", "title": "y"}`, `f:1: unknown key "title"`},
		{"qrels", "q\td\t1\n", `f:1: header is`},
		{"qrels", head, "f: no judgments"},
		{"qrels", head + "q\td\n", "f:2: 2 columns, not 3"},
		{"qrels", head + "q\td\t1.5\n", `f:2: score "1.5" is not a whole number`},
		{"qrels", head + "q\td\t1\nq\td\t0\n", "f:3: q and d are judged twice"},
		{"qrels", head + "q\t\t1\n", `f:2: ID "" is empty`},
		{"ids", "a\na\n", `f:2: ID "a" twice`},
		{"ids", "a\n\n", `f:2: ID "" is empty`},
		{"run", "q Q0 d 1 0.5\n", `f:1: not of the form "query Q0 document rank score tag"`},
		{"run", "q 0 d 1 0.5 x\n", `f:1: not of the form`},
		{"run", "q Q0 d one 0.5 x\n", `f:1: rank "one" is not a whole number`},
		{"run", "q Q0 d 1 NaN x\n", `f:1: score "NaN" is not a number`},
		{"run", "q Q0 d 1 2 x\nq Q0 d 2 1 x\n", "f:2: d twice for q"},
		{"judged", "# nothing\n\n", "f: no questions"},
		{"judged", "a question\n", "f:1: not a question, one tab, and its judgment"},
		{"judged", "a\tb#c\td#e\n", "f:1: not a question, one tab, and its judgment"},
		{"judged", "\tb#c\n", "f:1: no question before the tab"},
		{"judged", "a\t \n", "f:1: no judgment after the tab"},
		{"judged", "a\tanswerable\n", `f:1: "answerable" is neither article#anchor nor`},
		{"labelled", "", "f: no labelled texts"},
		{"labelled", `{"text": "a"}`, `f:1: "label" is not a string`},
		{"labelled", `{"text": "a", "label": "b"}` + "\n" + `{"text": 1, "label": "b"}`, `f:2: "text" is not a string`},
		{"labelled", `{"text": "a", "label": " "}`, `f:1: "label" is empty`},
		{"labelled", `{"text": "a", "label": "b", "intent": "c"}`, `f:1: unknown key "intent": there are text, label`},
		{"judged", "# head\nWhy\tforeign\nwhy\tperson\n", `f:3: "why" is judged twice`},
	} {
		err := readers[c.reader](c.text)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s of %.60q: error %v, want %s", c.reader, c.text, err, c.want)
		}
	}
}

func TestReadDocuments(t *testing.T) {
	t.Parallel()
	got, err := eval.ReadDocuments(strings.NewReader("\ufeff"+
		`{"_id": "a", "title": "T", "text": "x", "metadata": {"category": "c", "lang": "en", "n": [1]}}`+"\r\n"+
		`{"text": "y", "_id": "b"}`+"\n"), "f")
	if err != nil {
		t.Fatal(err)
	}
	want := []kb.Document{{ID: "a", Title: "T", Text: "x", Category: "c"}, {ID: "b", Text: "y"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
}

func TestGuessLocale(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]kb.Locale{"Как войти в Telegram?": kb.RU, "How to sign in": kb.EN, "42": kb.EN} {
		if got := eval.GuessLocale([]kb.Document{{Title: text}}); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

// TestRunFile: scorers order by a score of 32 bits, so that is what must fall.
func TestRunFile(t *testing.T) {
	t.Parallel()
	run := eval.Run{
		"q2": {{ID: "a", Score: .5}, {ID: "c", Score: .5}, {ID: "b", Score: .5 - 1e-12}, {ID: "d", Score: .1}},
		"q1": {{ID: "z", Score: 0}},
		"q3": nil,
	}
	var file bytes.Buffer
	if err := run.Write(&file); err != nil {
		t.Fatal(err)
	}
	want := "q1 Q0 z 1 0 otvet\n" +
		"q2 Q0 a 1 0.5 otvet\nq2 Q0 c 2 0.49999997 otvet\nq2 Q0 b 3 0.49999994 otvet\nq2 Q0 d 4 0.1 otvet\n"
	if file.String() != want {
		t.Errorf("wrote\n%swant\n%s", file.String(), want)
	}
	got, err := eval.ReadRun(&file, "f")
	if err != nil {
		t.Fatal(err)
	}
	for query, found := range got {
		for i := range found {
			if found[i].ID != run[query][i].ID {
				t.Errorf("%s: %s at %d, want %s", query, found[i].ID, i+1, run[query][i].ID)
			}
		}
	}
}

// TestRunsOfOthers: equal scores are ordered as trec_eval orders them.
func TestRunsOfOthers(t *testing.T) {
	t.Parallel()
	run, err := eval.ReadRun(strings.NewReader("q Q0 a 1 1 x\nq\tQ0\tb\t2\t1\tx\nq Q0 c 0 2e0 x\n"), "f")
	if err != nil {
		t.Fatal(err)
	}
	want := eval.Run{"q": {{ID: "c", Score: 2}, {ID: "b", Score: 1}, {ID: "a", Score: 1}}}
	if diff := cmp.Diff(want, run); diff != "" {
		t.Errorf("run (-want +got):\n%s", diff)
	}
}
