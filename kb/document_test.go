package kb_test

import (
	"testing"

	"otvet/kb"
)

func TestAssembledLibraryResolvesItsPassages(t *testing.T) {
	t.Parallel()
	lib := kb.Assemble(kb.EN, []kb.Document{
		{ID: "a", Title: "How long?", Text: "A day.\n<b>Or two.</b>", Questions: []string{"when"}},
		{ID: "b", Title: "Only a title"},
	})
	passages := lib.Passages(kb.EN)
	if len(passages) != 2 || passages[0].Heading != "How long?" || passages[0].HTML != "A day.\n&lt;b&gt;Or two.&lt;/b&gt;" ||
		len(passages[0].Questions) != 1 || passages[1].Text != "Only a title" {
		t.Errorf("passages are %+v", passages)
	}
	if p, ok := lib.Passage(passages[1].Ref); !ok || p.Ref.Article != "b" {
		t.Errorf("the ref %s resolves to %+v", passages[1].Ref, p)
	}
	if len(lib.Passages(kb.RU)) != 0 || lib.Revision() == kb.Assemble(kb.EN, nil).Revision() {
		t.Error("the library holds something else than its documents")
	}
}
