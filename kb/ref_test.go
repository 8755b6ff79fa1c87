package kb_test

import (
	"encoding/json"
	"testing"

	"otvet/kb"
)

func TestRef(t *testing.T) {
	t.Parallel()
	tests := []struct {
		ref        kb.Ref
		text, path string
	}{
		{kb.Ref{Locale: kb.RU, Article: "faq/withdrawals", Anchor: "how-long", Revision: "0123456789ab"}, "ru/faq/withdrawals#how-long@0123456789ab", "/ru/faq/withdrawals#how-long"},
		{kb.Ref{Locale: kb.EN, Article: "help/first-withdrawal", Revision: "0123456789ab"}, "en/help/first-withdrawal#@0123456789ab", "/en/help/first-withdrawal"},
	}
	for _, tt := range tests {
		if tt.ref.String() != tt.text || tt.ref.Path() != tt.path {
			t.Errorf("got %s, %s; want %s, %s", tt.ref, tt.ref.Path(), tt.text, tt.path)
		}
		encoded, err := json.Marshal(tt.ref)
		if err != nil {
			t.Fatal(err)
		}
		var decoded kb.Ref
		if err := json.Unmarshal(encoded, &decoded); err != nil || decoded != tt.ref {
			t.Errorf("%s came back as %v, %v", encoded, decoded, err)
		}
	}
}

func TestParseRefRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "ru", "ru/faq/a", "ru/faq/a#b", "ru/faq/a@0123", "de/faq/a#b@0123", "ru/#b@0123", "ru/faq/a#b@", "/ru/faq/a#b@0123",
	} {
		if r, err := kb.ParseRef(text); err == nil {
			t.Errorf("ParseRef(%q) = %v, want an error", text, r)
		}
	}
}
