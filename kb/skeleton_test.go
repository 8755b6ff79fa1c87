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

// TestQuestionJoinsAnFAQWhateverItsOrder: keys may stand in any order, and the text of an answer may
// look like a key.
func TestQuestionJoinsAnFAQWhateverItsOrder(t *testing.T) {
	t.Parallel()
	faq := "---\ntitle: Account\nquestions:\n  old:\n    - a way\n\nupdated: 2026-10-12\nsummary: S.\ncategory: account\n---\n\n" +
		"## Old? {#old}\n\nupdated: this line stays.\n\neffective: so does this.\n"
	fsys := cleanTree(t, put("ru/faq/account.md", faq), put("en/faq/account.md", strings.ReplaceAll(faq, "\n", "\r\n")))
	files, err := kb.Skeleton{Kind: kb.FAQ, Slug: "account", Anchor: "new", Today: today()}.Files(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for file, text := range files {
		if !strings.Contains(text, "updated: this line stays.") || !strings.Contains(text, "updated: 2026-11-20") {
			t.Errorf("%s: the wrong line became today: %s", file, text)
		}
		put(file, text)(t, fsys)
	}
	if text := files["en/faq/account.md"]; strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Errorf("the line ends are mixed: %q", text)
	}
	_, problems := kb.Load(fsys, today())
	for _, p := range problems {
		if !strings.HasPrefix(p.Message, "still to be written: ") {
			t.Errorf("unexpected problem: %s", p)
		}
	}
	if want := 2 * (5 + 2); len(problems) != want {
		t.Errorf("%d places to write, want %d", len(problems), want)
	}
}

// TestSkeletonsDoNotSpoilWhatIsThere: what cannot be continued safely is left as it is.
func TestSkeletonsDoNotSpoilWhatIsThere(t *testing.T) {
	t.Parallel()
	question := kb.Skeleton{Kind: kb.FAQ, Slug: "withdrawals", Anchor: "new"}
	version := kb.Skeleton{Kind: kb.Terms, Slug: "payments", Effective: date("2028-01-01")}
	tests := []struct {
		name     string
		skeleton kb.Skeleton
		edits    []edit
		want     string
	}{
		{"questions as a list", question, []edit{put(enFAQ, "---\ntitle: T\nquestions:\n  - a\nupdated: 2026-10-12\n---\n\n## T {#a}\n\nA.\n")}, enFAQ + ` lists its "questions:" in a way of its own`},
		{"questions further in", question, []edit{put(enFAQ, "---\ntitle: T\nquestions:\n      a:\n        - a\nupdated: 2026-10-12\n---\n\n## T {#a}\n\nA.\n")}, enFAQ + ` lists its "questions:" in a way of its own`},
		{"questions on one line", question, []edit{put(enFAQ, "---\ntitle: T\nquestions: {a: [b]}\nupdated: 2026-10-12\n---\n\n## T {#a}\n\nA.\n")}, enFAQ + ` has no "questions:" by anchor`},
		{"no front matter", question, []edit{put(enFAQ, "# T\n")}, enFAQ + ` has no "questions:" by anchor`},
		{"folder in the way", question, []edit{remove(enFAQ), put(enFAQ+"/x", "")}, enFAQ + " is not a regular file"},
		{"unknown fact in what is in force", version, []edit{replace(enTerms, "up to 12 hours", "up to {{time}}")}, `mend what is in force before it is kept: en/terms/payments.md:`},
		{"still to be written", version, []edit{replace(enTerms, "up to 12 hours", "up to {{write:time}}")}, `still to be written: time`},
		{"no UTF-8", version, []edit{put(enTerms, "---\ntitle: T\neffective: 2027-01-01\n---\n\xff\n")}, "invalid UTF-8"},
		{"version kept already", version, []edit{put("en/terms/payments@2027-01-01.md", "x")}, "en/terms/payments@2027-01-01.md is there already"},
		{"no category", kb.Skeleton{Kind: kb.Help, Slug: "x"}, nil, "a new article needs a category, one of withdrawals, account"},
		{"no content", kb.Skeleton{Kind: kb.Help, Slug: "x", Category: "account"}, []edit{remove("ru"), remove("en")}, "there are no categories: is this the folder with the languages?"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.skeleton.Today = today()
			files, err := tt.skeleton.Files(cleanTree(t, tt.edits...))
			var unfit *kb.SkeletonError
			if !errors.As(err, &unfit) || !strings.Contains(unfit.Reason, tt.want) || files != nil {
				t.Errorf("%v, %v; want %q", files, err, tt.want)
			}
		})
	}
}
