package kb_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"otvet/kb"
)

// begun returns the tree of testdata/clean.txtar with what a skeleton writes.
func begun(t *testing.T, s kb.Skeleton) (fsys fstest.MapFS, written []string) {
	t.Helper()
	fsys = cleanTree(t, put("facts.yaml", "f: 24 hours\n"), replace(enFAQ, "up to 24 hours", "up to {{f}}"))
	s.Today = today()
	files, err := s.Files(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for file, text := range files {
		put(file, text)(t, fsys)
		written = append(written, file)
	}
	return fsys, written
}

// TestSkeletonsAskForNothingButWhatOnlyAnEditorCanWrite: whatever else is wrong with a skeleton would be our mistake.
func TestSkeletonsAskForNothingButWhatOnlyAnEditorCanWrite(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		skeleton kb.Skeleton
		files    int
		marks    int
	}{
		{"FAQ", kb.Skeleton{Kind: kb.FAQ, Slug: "account", Category: "account"}, 2, 2 * (2 + 5 + 2)},
		{"question of an FAQ", kb.Skeleton{Kind: kb.FAQ, Slug: "withdrawals", Anchor: "fees"}, 2, 2 * (5 + 2)},
		{"guide", kb.Skeleton{Kind: kb.Help, Slug: "close-account", Category: "account"}, 2, 2 * (2 + 5 + 7)},
		{"Terms", kb.Skeleton{Kind: kb.Terms, Slug: "privacy", Category: "account", Effective: date("2027-02-01")}, 2, 2 * (2 + 3)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fsys, written := begun(t, tt.skeleton)
			if len(written) != tt.files {
				t.Errorf("wrote %v", written)
			}
			_, problems := kb.Load(fsys, date("2027-03-01"))
			marks := 0
			for _, p := range problems {
				if strings.HasPrefix(p.Message, "still to be written: ") {
					marks++
				} else {
					t.Errorf("unexpected problem: %s", p)
				}
			}
			if marks != tt.marks {
				t.Errorf("%d places to write, want %d", marks, tt.marks)
			}
		})
	}
}

// TestNewVersionOfTermsKeepsTheOldText: a dispute is judged by the clause that was in force.
func TestNewVersionOfTermsKeepsTheOldText(t *testing.T) {
	t.Parallel()
	fsys := cleanTree(t, put("facts.yaml", "f: 12 hours\n"), replace("en/terms/payments.md", "up to 12 hours", "up to {{f}}"))
	s := kb.Skeleton{Kind: kb.Terms, Slug: "payments", Effective: date("2027-06-01"), Today: today()}
	files, err := s.Files(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for file, text := range files {
		put(file, text)(t, fsys)
	}
	put("facts.yaml", "f: 99 hours\n")(t, fsys)
	lib := load(t, fsys, today())
	for effective, want := range map[string]string{"2027-01-01": "up to 12\u00a0hours", "2027-06-01": "up to 99\u00a0hours"} {
		a, ok := lib.Version(kb.EN, "terms/payments", date(effective))
		if !ok {
			t.Fatalf("no version of %s", effective)
		}
		if text := a.Sections[1].Text; !strings.Contains(text, want) {
			t.Errorf("version of %s says %q, want %q", effective, text, want)
		}
	}
}

func TestUnfitSkeletonsSayWhatToDo(t *testing.T) {
	t.Parallel()
	tests := []struct {
		skeleton kb.Skeleton
		want     string
	}{
		{kb.Skeleton{Kind: kb.Help, Slug: "../x", Category: "account"}, "in names use a-z"},
		{kb.Skeleton{Kind: kb.FAQ, Slug: "a", Anchor: "B", Category: "account"}, "in names use a-z"},
		{kb.Skeleton{Kind: kb.Help, Slug: "x", Category: "nowhere"}, `unknown category "nowhere": choose one of withdrawals, account`},
		{kb.Skeleton{Kind: kb.Help, Slug: "first-withdrawal", Category: "account"}, "first-withdrawal.md exists already: choose another name"},
		{kb.Skeleton{Kind: kb.FAQ, Slug: "withdrawals", Anchor: "limits"}, "has a question {#limits} already: choose another anchor"},
		{kb.Skeleton{Kind: kb.Terms, Slug: "payments", Effective: date("2026-12-01")}, "is in force since 2027-01-01: a new version takes effect later"},
	}
	for _, tt := range tests {
		tt.skeleton.Today = today()
		files, err := tt.skeleton.Files(cleanTree(t))
		var unfit *kb.SkeletonError
		if !errors.As(err, &unfit) || !strings.Contains(unfit.Reason, tt.want) || files != nil {
			t.Errorf("%+v: %v, %v; want %q", tt.skeleton, files, err, tt.want)
		}
	}
}
