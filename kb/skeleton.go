package kb

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"time"
)

// Skeleton is a new article to begin, in every language: what is certain is written, and
// what an editor must write is marked, so that it is a [Problem] until it is.
type Skeleton struct {
	Kind      Kind
	Slug      string
	Anchor    string    // FAQ: of the question; empty for "question"
	Category  string    // ID of a Category; for a new file only
	Effective time.Time // Terms: the day the text takes effect
	Today     time.Time
}

// SkeletonError says why a skeleton cannot be made and what to do instead.
type SkeletonError struct{ Reason string }

// Error returns the reason.
func (e *SkeletonError) Error() string { return e.Reason }

// Files returns the files to write, by their paths in the content. A question joins an FAQ
// that exists; Terms that exist get a new version, and the version that was in force is kept with the
// numbers of today, under its date. Nothing else that exists is touched. An unfit skeleton is
// a *SkeletonError.
func (s Skeleton) Files(fsys fs.FS) (map[string]string, error) {
	if !isSlug(s.Slug) || s.Anchor != "" && !isSlug(s.Anchor) {
		return nil, &SkeletonError{"in names use a-z, 0-9 and inner hyphens"}
	}
	lib, _ := Load(fsys, s.Today)
	files := map[string]string{}
	for _, l := range Locales() {
		file := fmt.Sprintf("%s/%s/%s.md", l, s.Kind, s.Slug)
		text, err := fs.ReadFile(fsys, file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			err = s.begin(lib, l, file, files)
		case err == nil:
			err = s.join(fsys, file, normalize(string(text)), files)
		}
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// begin makes a new file.
func (s Skeleton) begin(lib *Library, l Locale, file string, files map[string]string) error {
	if _, ok := lib.Category(l, s.Category); !ok {
		var ids []string
		for _, c := range lib.Categories(l) {
			ids = append(ids, c.ID)
		}
		return &SkeletonError{fmt.Sprintf("unknown category %q: choose one of %s", s.Category, strings.Join(ids, ", "))}
	}
	h := hintsIn(l)
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\ncategory: %s\nsummary: %s\n", write(h.title), s.Category, write(h.summary))
	if s.Kind != Terms {
		b.WriteString("questions:\n")
		b.WriteString(s.questions(h))
	}
	fmt.Fprintf(&b, "updated: %s\n", s.Today.Format(day))
	if s.Kind == Terms {
		fmt.Fprintf(&b, "effective: %s\n", s.Effective.Format(day))
	}
	files[file] = b.String() + fence + "\n\n" + s.body(h)
	return nil
}

// questions returns the lines below "questions:".
func (s Skeleton) questions(h hints) string {
	var b strings.Builder
	indent := "  "
	if s.Kind == FAQ {
		fmt.Fprintf(&b, "  %s:\n", s.anchor())
		indent = "    "
	}
	for i := range enoughQuestions {
		fmt.Fprintf(&b, "%s- %s\n", indent, write(fmt.Sprintf("%s, %d", h.question, i+1)))
	}
	return b.String()
}

// anchor returns the question's anchor.
func (s Skeleton) anchor() string {
	if s.Anchor == "" {
		return "question"
	}
	return s.Anchor
}

// body returns the text below the front matter.
func (s Skeleton) body(h hints) string {
	switch s.Kind {
	case FAQ:
		return s.entry(h)
	case Terms:
		return fmt.Sprintf("## 1. %s {#s1}\n\n### 1.1 %s {#c1-1}\n\n%s\n", write(h.chapter), write(h.clause), write(h.rule))
	}
	var b strings.Builder
	b.WriteString(write(h.introduction) + "\n")
	for _, part := range h.guide {
		fmt.Fprintf(&b, "\n## %s {#%s}\n\n%s\n", part.heading, part.anchor, part.text)
	}
	return b.String()
}

// entry returns one question of an FAQ.
func (s Skeleton) entry(h hints) string {
	return fmt.Sprintf("## %s {#%s}\n\n%s\n", write(h.heading), s.anchor(), write(h.answer))
}

// join adds to a file that exists.
func (s Skeleton) join(fsys fs.FS, file, text string, files map[string]string) error {
	switch s.Kind {
	case FAQ:
		return s.addQuestion(file, text, files)
	case Terms:
		return s.addVersion(fsys, file, text, files)
	}
	return &SkeletonError{file + " exists already: choose another name"}
}

// The line of the front matter before which a question's phrasings go, and keys of dates.
var (
	questionsEnd  = regexp.MustCompile(`(?m)^(?:updated|review|effective):`)
	updatedLine   = regexp.MustCompile(`(?m)^updated: .*$`)
	effectiveLine = regexp.MustCompile(`(?m)^effective: *"?(\d{4}-\d\d-\d\d)"? *$`)
)

// addQuestion appends a question to an FAQ.
func (s Skeleton) addQuestion(file, text string, files map[string]string) error {
	if strings.Contains(text, "{#"+s.anchor()+"}") {
		return &SkeletonError{fmt.Sprintf("%s has a question {#%s} already: choose another anchor", file, s.anchor())}
	}
	h := hintsIn(Locale(localeOf(file)))
	at := questionsEnd.FindStringIndex(text)
	if at == nil || !strings.Contains(text[:at[0]], "\nquestions:\n") {
		return &SkeletonError{file + ` has no "questions:" before "updated:": put the keys in the usual order first`}
	}
	text = text[:at[0]] + s.questions(h) + text[at[0]:]
	text = updatedLine.ReplaceAllString(text, "updated: "+s.Today.Format(day))
	files[file] = strings.TrimRight(text, "\n") + "\n\n" + s.entry(h)
	return nil
}

// addVersion keeps the text in force under its date and begins the next.
func (s Skeleton) addVersion(fsys fs.FS, file, text string, files map[string]string) error {
	m := effectiveLine.FindStringSubmatch(text)
	if m == nil {
		return &SkeletonError{file + " does not say when it takes effect: write its \"effective\" first"}
	}
	if s.Effective.Format(day) <= m[1] {
		return &SkeletonError{fmt.Sprintf("%s is in force since %s: a new version takes effect later, say with --effective", file, m[1])}
	}
	old := strings.TrimSuffix(file, ".md") + "@" + m[1] + ".md"
	files[old] = frozen(fsys, file)
	text = updatedLine.ReplaceAllString(text, "updated: "+s.Today.Format(day))
	files[file] = effectiveLine.ReplaceAllString(text, "effective: "+s.Effective.Format(day))
	return nil
}

// frozen returns a file with its numbers written out.
func frozen(fsys fs.FS, file string) string {
	l := &loader{fsys: fsys, report: &report{}, unread: map[string]bool{}}
	l.readFacts()
	src, ok := readSource(fsys, file, l.report)
	if !ok {
		return ""
	}
	src.expandArticle(l.facts)
	return src.text
}

// write marks what an editor must write.
func write(what string) string { return "{{" + writeMark + ":" + what + "}}" }

// hints are the words of a skeleton in one language.
type hints struct {
	title, summary, question            string
	heading, answer                     string
	chapter, clause, rule, introduction string
	guide                               []guidePart
}

// guidePart is a section that every guide has.
type guidePart struct{ heading, anchor, text string }

// hintsIn returns the words in a language.
func hintsIn(l Locale) hints {
	if l == RU {
		return hints{
			title: "о чём это, словами читателя", summary: "одно предложение о том, что здесь можно узнать",
			question: "как спросит игрок с телефона", heading: "вопрос игрока",
			answer:  "ответ в первом предложении, потом исключения и следующий шаг со ссылкой на пункт Условий, 40–120 слов",
			chapter: "глава", clause: "о чём пункт", rule: "правило в одном-четырёх предложениях",
			introduction: "для чего эта инструкция, в двух предложениях",
			guide: []guidePart{
				{"Что понадобится", "what-you-need", "- " + write("что подготовить")},
				{"Что сделать", "steps", "1. " + write("первый шаг") + "\n2. " + write("второй шаг")},
				{"Что вы увидите", "what-you-will-see", write("как понять, что всё получилось")},
				{"Что может пойти не так", "what-can-go-wrong", "- " + write("частая причина и что с ней делать")},
				{"Когда написать нам", "when-to-write", write("когда и с какими сведениями") + " [Напишите нам](/contact)."},
			},
		}
	}
	return hints{
		title: "what it is about, in the reader's words", summary: "one sentence on what the reader finds here",
		question: "as a player types it on a phone", heading: "a player's question",
		answer:  "the answer in the first sentence, then exceptions and the next step, with a link to the clause, 40 to 120 words",
		chapter: "chapter", clause: "what the clause is about", rule: "the rule in one to four sentences",
		introduction: "what this guide is for, in two sentences",
		guide: []guidePart{
			{"What you need", "what-you-need", "- " + write("what to have ready")},
			{"What to do", "steps", "1. " + write("the first step") + "\n2. " + write("the second step")},
			{"What you will see", "what-you-will-see", write("how the reader knows that it worked")},
			{"What can go wrong", "what-can-go-wrong", "- " + write("a common cause and what to do about it")},
			{"When to write to us", "when-to-write", write("when, and with which details") + " [Write to us](/contact)."},
		},
	}
}
